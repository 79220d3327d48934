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
 * Keys of several sources, such as what stands behind some prefixes, in their order and each once,
 * as if all were one table. They are read a few at a time. For one thread.
 */
public final class MergedKeys {
    private final boolean ascending;
    private final int few;
    private final List<Source> sources;

    private MergedKeys(boolean ascending, List<KeySource> sources, byte[] start, int few) {
        this.ascending = ascending;
        this.few = few;
        this.sources = sources.stream().map(source -> new Source(source, start)).toList();
    }

    /** The keys behind a prefix, from one on, the smallest first. */
    static KeySource behind(Projection projection, byte[] prefix) {
        return (start, few) -> {
            Taken taken = new Taken(prefix, few);
            projection.scan(prefix, taken.whole(start), taken);
            return taken.keys;
        };
    }

    /** The keys behind a prefix, before one, the largest first. */
    private static KeySource backwards(Projection projection, byte[] prefix) {
        return (start, few) -> {
            Taken taken = new Taken(prefix, few);
            projection.scanBack(prefix, taken.whole(start), taken);
            return taken.keys;
        };
    }

    /**
     * The smallest first.
     *
     * @param from what stands behind the prefix of the first, inclusive
     * @param few how many are read at a time
     */
    static MergedKeys ascending(
            Projection projection, List<byte[]> prefixes, byte[] from, int few) {
        return ascending(
                prefixes.stream().map(prefix -> behind(projection, prefix)).toList(), from, few);
    }

    /** The same of keys that stand wherever they do. */
    static MergedKeys ascending(List<KeySource> sources, byte[] from, int few) {
        return new MergedKeys(true, sources, from, few);
    }

    /**
     * The largest first.
     *
     * @param before what stands behind the prefix of the first, exclusive
     */
    static MergedKeys descending(
            Projection projection, List<byte[]> prefixes, byte[] before, int few) {
        return new MergedKeys(
                false,
                prefixes.stream().map(prefix -> backwards(projection, prefix)).toList(),
                before,
                few);
    }

    /** The next; absent behind the last. */
    public Optional<byte[]> next() {
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

    /** Up to a few of the keys behind a prefix. */
    private static final class Taken implements BiPredicate<byte[], byte[]> {
        private final byte[] prefix;
        private final int few;
        private final List<byte[]> keys = new ArrayList<>();

        Taken(byte[] prefix, int few) {
            this.prefix = prefix;
            this.few = few;
        }

        byte[] whole(byte[] behindPrefix) {
            return KeyBuilder.behind(prefix).octets(behindPrefix).bytes();
        }

        @Override
        public boolean test(byte[] key, byte[] value) {
            keys.add(Arrays.copyOfRange(key, prefix.length, key.length));
            return keys.size() < few;
        }
    }

    /** What was read of some keys, and where to go on. */
    private final class Source {
        private final KeySource source;
        private final Deque<byte[]> read = new ArrayDeque<>();
        private byte[] start;
        private boolean ended;

        Source(KeySource source, byte[] start) {
            this.source = source;
            this.start = start;
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
            List<byte[]> next = source.next(start, few);
            read.addAll(next);
            ended = next.size() < few;
            if (!next.isEmpty()) {
                byte[] last = next.getLast();
                start = ascending ? KeyBuilder.next(last) : last;
            }
        }
    }
}
