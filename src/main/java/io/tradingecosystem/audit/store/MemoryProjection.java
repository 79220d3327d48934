package io.tradingecosystem.audit.store;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
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
            NavigableMap<byte[], Optional<byte[]>> collected =
                    new TreeMap<>(Arrays::compareUnsigned);
            changes.accept(new Collector(collected));
            collected.forEach(
                    (key, value) ->
                            value.ifPresentOrElse(
                                    v -> records.put(key, v), () -> records.remove(key)));
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

    private record Collector(NavigableMap<byte[], Optional<byte[]>> collected) implements Changes {
        @Override
        public void put(byte[] key, byte[] value) {
            collected.put(key.clone(), Optional.of(value.clone()));
        }

        @Override
        public void delete(byte[] key) {
            collected.put(key.clone(), Optional.empty());
        }
    }
}
