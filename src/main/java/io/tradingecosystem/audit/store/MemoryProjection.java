package io.tradingecosystem.audit.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/** Records in a sorted map. A scan beside a commit may see a part of it, never a torn record. */
final class MemoryProjection implements Projection {
    private final ReentrantLock lock = new ReentrantLock();
    private final ConcurrentNavigableMap<byte[], byte[]> records =
            new ConcurrentSkipListMap<>(Arrays::compareUnsigned);
    private volatile long position;

    @Override
    public long position() {
        return position;
    }

    @Override
    public void commit(long newPosition, Consumer<Changes> changes) {
        lock.lock();
        try {
            List<Runnable> collected = new ArrayList<>();
            changes.accept(new Collector(records, collected));
            collected.forEach(Runnable::run);
            position = newPosition;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
        return Optional.ofNullable(records.get(key)).map(byte[]::clone);
    }

    @Override
    public void scan(byte[] prefix, byte[] from, BiPredicate<byte[], byte[]> visitor) {
        byte[] start = Arrays.compareUnsigned(prefix, from) > 0 ? prefix : from;
        for (Map.Entry<byte[], byte[]> each : records.tailMap(start, true).entrySet()) {
            if (!startsWith(each.getKey(), prefix)
                    || !visitor.test(each.getKey().clone(), each.getValue().clone())) {
                return;
            }
        }
    }

    @Override
    public void scanBack(byte[] prefix, byte[] before, BiPredicate<byte[], byte[]> visitor) {
        for (Map.Entry<byte[], byte[]> each :
                records.headMap(before, false).descendingMap().entrySet()) {
            if (!startsWith(each.getKey(), prefix)
                    || !visitor.test(each.getKey().clone(), each.getValue().clone())) {
                return;
            }
        }
    }

    @Override
    public void clear() {
        lock.lock();
        try {
            records.clear();
            position = 0;
        } finally {
            lock.unlock();
        }
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length
                && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    private record Collector(
            ConcurrentNavigableMap<byte[], byte[]> records, List<Runnable> collected)
            implements Changes {
        @Override
        public void put(byte[] key, byte[] value) {
            byte[] ownKey = key.clone();
            byte[] ownValue = value.clone();
            collected.add(() -> records.put(ownKey, ownValue));
        }

        @Override
        public void delete(byte[] key) {
            byte[] own = key.clone();
            collected.add(() -> records.remove(own));
        }

        @Override
        public void deleteRange(byte[] from, byte[] to) {
            byte[] first = from.clone();
            byte[] end = to.clone();
            collected.add(() -> records.subMap(first, true, end, false).clear());
        }
    }
}
