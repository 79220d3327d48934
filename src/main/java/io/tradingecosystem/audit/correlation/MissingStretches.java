package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.correlation.links.LinkKeys;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The times between whose events links may be missing for one reason, which is that of their table,
 * by their start; none overlaps another. There are at most {@link #MAX}: past that the two earliest
 * become one, with the time between them. For the one thread that links.
 */
final class MissingStretches {
    static final int MAX = 1_000;

    private final LinkStoreWriter writer;
    private final char table;
    private final TreeMap<Long, Stretch> stretches = new TreeMap<>();
    private final Set<Long> changed = new HashSet<>();

    /**
     * A stretch of occurred_at, in nanoseconds since the epoch.
     *
     * @param until the latest, inclusive
     * @param position of the last event by which links may be missing here
     */
    record Stretch(long since, long until, long position) {
        Stretch with(Stretch other) {
            return new Stretch(
                    Math.min(since, other.since),
                    Math.max(until, other.until),
                    Math.max(position, other.position));
        }

        byte[] bytes() {
            return new ByteWriter(16).number(until).number(position).bytes();
        }

        static Stretch read(byte[] key, byte[] value) {
            ByteReader in = new ByteReader(value);
            return new Stretch(LinkKeys.since(key), in.number(), in.number());
        }
    }

    /**
     * As they were with the last commit.
     *
     * @param table {@link LinkKeys#STRETCHES} or {@link LinkKeys#CUT_STRETCHES}
     */
    MissingStretches(LinkStoreWriter writer, char table) {
        this.writer = writer;
        this.table = table;
        writer.scan(
                table,
                (key, value) -> {
                    stretches.put(LinkKeys.since(key), Stretch.read(key, value));
                    return true;
                });
    }

    /** All that end with events from a position on. */
    List<Stretch> since(long position) {
        return stretches.values().stream().filter(each -> each.position() >= position).toList();
    }

    /** Whether an occurred_at is in one of them. */
    boolean covers(long at) {
        Map.Entry<Long, Stretch> before = stretches.floorEntry(at);
        return before != null && at <= before.getValue().until();
    }

    /** Adds a time; it and what it overlaps become one. */
    void add(long since, long until, long position) {
        Stretch stretch = new Stretch(since, until, position);
        Map.Entry<Long, Stretch> before = stretches.floorEntry(until);
        while (before != null && before.getValue().until() >= since) {
            stretch = stretch.with(remove(before.getKey()));
            before = stretches.floorEntry(until);
        }
        put(stretch);
        if (stretches.size() > MAX) {
            Stretch earliest = remove(stretches.firstKey());
            put(earliest.with(remove(stretches.firstKey())));
        }
    }

    private void put(Stretch stretch) {
        stretches.put(stretch.since(), stretch);
        changed.add(stretch.since());
    }

    private Stretch remove(long since) {
        changed.add(since);
        return stretches.remove(since);
    }

    /** Removes those of events before a position. */
    void drop(long first) {
        stretches.values().stream()
                .filter(stretch -> stretch.position() < first)
                .map(Stretch::since)
                .toList()
                .forEach(this::remove);
    }

    /** Writes what is to be committed. */
    void write() {
        for (long since : changed) {
            Stretch stretch = stretches.get(since);
            if (stretch == null) {
                writer.delete(LinkKeys.stretch(table, since));
            } else {
                writer.put(LinkKeys.stretch(table, since), stretch.bytes());
            }
        }
        changed.clear();
    }
}
