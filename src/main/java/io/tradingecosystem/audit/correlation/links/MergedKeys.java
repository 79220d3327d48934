package io.tradingecosystem.audit.correlation.links;

import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.store.Projection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * What stands behind some prefixes of keys, in its own order and each once: as if the records of
 * all prefixes were one table. They are read a few at a time. For one thread.
 */
final class MergedKeys {
    private final Projection projection;
    private final boolean ascending;
    private final int few;
    private final List<Source> sources = new ArrayList<>();

    private MergedKeys(Projection projection, boolean ascending, int few) {
        this.projection = projection;
        this.ascending = ascending;
        this.few = few;
    }

    /**
     * The smallest first.
     *
     * @param from what stands behind the prefix of the first, inclusive
     * @param few how many are read at a time
     */
    static MergedKeys ascending(
            Projection projection, List<byte[]> prefixes, byte[] from, int few) {
        return new MergedKeys(projection, true, few).of(prefixes, from);
    }

    /**
     * The largest first.
     *
     * @param before what stands behind the prefix of the first, exclusive
     */
    static MergedKeys descending(
            Projection projection, List<byte[]> prefixes, byte[] before, int few) {
        return new MergedKeys(projection, false, few).of(prefixes, before);
    }

    private MergedKeys of(List<byte[]> prefixes, byte[] start) {
        prefixes.forEach(prefix -> sources.add(new Source(prefix, start)));
        return this;
    }

    /** The next; absent behind the last. */
    Optional<byte[]> next() {
        Optional<byte[]> next =
                sources.stream().map(Source::peek).flatMap(Optional::stream).min(this::compare);
        next.ifPresent(each -> sources.forEach(source -> source.pass(each)));
        return next;
    }

    /** The next few. */
    List<byte[]> next(int count) {
        List<byte[]> next = new ArrayList<>();
        Optional<byte[]> one = count > 0 ? next() : Optional.empty();
        while (one.isPresent()) {
            next.add(one.get());
            one = next.size() < count ? next() : Optional.empty();
        }
        return next;
    }

    private int compare(byte[] one, byte[] other) {
        int order = Arrays.compareUnsigned(one, other);
        return ascending ? order : -order;
    }

    /** The keys of one prefix. */
    private final class Source {
        private final byte[] prefix;
        private final Deque<byte[]> read = new ArrayDeque<>();
        private byte[] start;
        private boolean ended;

        Source(byte[] prefix, byte[] start) {
            this.prefix = prefix;
            this.start = KeyBuilder.behind(prefix).octets(start).bytes();
        }

        Optional<byte[]> peek() {
            if (read.isEmpty() && !ended) {
                fill();
            }
            return Optional.ofNullable(read.peekFirst());
        }

        void pass(byte[] key) {
            if (peek().filter(each -> Arrays.equals(each, key)).isPresent()) {
                read.removeFirst();
            }
        }

        private void fill() {
            BiPredicate<byte[], byte[]> visitor = (key, value) -> take(key);
            if (ascending) {
                projection.scan(prefix, start, visitor);
            } else {
                projection.scanBack(prefix, start, visitor);
            }
            ended = read.size() < few;
        }

        private boolean take(byte[] key) {
            read.addLast(Arrays.copyOfRange(key, prefix.length, key.length));
            start = ascending ? KeyBuilder.next(key) : key;
            return read.size() < few;
        }
    }
}
