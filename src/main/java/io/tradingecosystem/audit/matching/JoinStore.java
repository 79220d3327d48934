package io.tradingecosystem.audit.matching;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.projection.KeyReader;
import io.tradingecosystem.audit.projection.StoreTransaction;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The tables of all joins of a follower. One has the events, in the order of join, side, bucket,
 * key, time and id, so that whatever a question is about lies together and a bucket goes as a
 * whole; the other how many events a bucket has, and what evictions left of a side. For one thread.
 */
final class JoinStore {
    private static final int HEAD = Integer.BYTES + 1;
    private static final int MAX_INTERNED = 10_000;

    private final StoreTransaction transaction;
    private final char events;
    private final char counts;
    private final Set<Counted> resized = new HashSet<>();
    private final Map<EventClock, EventClock> clocks = new HashMap<>();
    private final Map<String, String> types = new HashMap<>();
    private int cached;

    /**
     * Tables in a projection.
     *
     * @param events the letter of the table of events
     * @param counts the letter of the table of counts
     */
    JoinStore(StoreTransaction transaction, char events, char counts) {
        this.transaction = transaction;
        this.events = events;
        this.counts = counts;
    }

    /** What a side has events of; in the order in which sides of one number are gone through. */
    enum Kind {
        TRIGGERS("t"),
        EFFECTS("e"),
        WAITING("w");

        private final String letter;

        Kind(String letter) {
            this.letter = letter;
        }
    }

    /**
     * A side of a join.
     *
     * @param join the number of the join that it was opened for
     * @param kind what it has events of
     */
    record SideId(int join, Kind kind) implements Comparable<SideId> {
        private static final Comparator<SideId> ORDER =
                Comparator.comparingInt(SideId::join).thenComparing(SideId::kind);

        @Override
        public int compareTo(SideId other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * What evictions left of a side, by occurred_at in nanoseconds.
     *
     * @param from the earliest that is kept
     * @param to the earliest behind it that is not
     */
    record Kept(long from, long to) {
        static final Kept ALL = new Kept(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** A bucket, as far as its record goes. */
    interface Counted {
        SideId side();

        /** Its place in time, in lengths of a bucket since the epoch. */
        long number();

        long size();
    }

    /** Adds an event. */
    void put(SideId side, long bucket, JoinHash key, JoinedEvent event) {
        ByteWriter value = new ByteWriter(96);
        event.write(value);
        byte[] place = run(events, side, bucket, key).time(event.at()).text(event.id()).bytes();
        transaction.put(place, value.bytes());
    }

    /** The events of a bucket with a key, in order, as they were with the last commit. */
    List<JoinedEvent> run(SideId side, long bucket, JoinHash key) {
        byte[] prefix = run(events, side, bucket, key).bytes();
        List<JoinedEvent> run = new ArrayList<>(1);
        transaction.scan(
                prefix,
                prefix,
                (place, value) -> {
                    KeyReader reader = KeyReader.of(place).skip(prefix.length - 1);
                    long at = reader.nanos();
                    run.add(interned(JoinedEvent.read(reader.text(), at, new ByteReader(value))));
                    return true;
                });
        return run;
    }

    /** The same event, with a type and a clock that it has in common with others. */
    JoinedEvent interned(JoinedEvent event) {
        if (types.size() > MAX_INTERNED || clocks.size() > MAX_INTERNED) {
            types.clear();
            clocks.clear();
        }
        return new JoinedEvent(
                event.id(),
                types.computeIfAbsent(event.type(), type -> type),
                event.at(),
                event.recordedAt(),
                clocks.computeIfAbsent(event.clock(), clock -> clock));
    }

    /** Says with the next {@link #flush} how many events a bucket has. */
    void count(Counted bucket) {
        resized.add(bucket);
    }

    /** Writes what is to be committed. */
    void flush() {
        for (Counted bucket : resized) {
            transaction.put(
                    head(counts, bucket.side()).time(bucket.number()).bytes(),
                    new ByteWriter(9).varint(bucket.size()).bytes());
        }
        resized.clear();
    }

    /** Counts what comes into the heap, or leaves it. */
    void cache(int events) {
        cached += events;
    }

    /** How much is in the heap. */
    int cached() {
        return cached;
    }

    /** How many events each bucket of a side has. */
    Map<Long, Long> counts(SideId side) {
        Map<Long, Long> found = new HashMap<>();
        byte[] prefix = head(counts, side).bytes();
        transaction.scan(
                prefix,
                prefix,
                (place, value) -> {
                    long bucket = KeyReader.of(place).skip(HEAD).nanos();
                    found.put(bucket, new ByteReader(value).varint());
                    return true;
                });
        return found;
    }

    /** Says what is kept of a side. */
    void keep(SideId side, Kept kept) {
        if (kept.equals(Kept.ALL)) {
            transaction.delete(bounds(side));
        } else {
            transaction.put(
                    bounds(side),
                    new ByteWriter(2 * Long.BYTES).number(kept.from()).number(kept.to()).bytes());
        }
    }

    /** What is kept of a side. */
    Kept kept(SideId side) {
        return transaction
                .bytes(bounds(side))
                .map(ByteReader::new)
                .map(in -> new Kept(in.number(), in.number()))
                .orElse(Kept.ALL);
    }

    /** Deletes a bucket. */
    void drop(Counted bucket) {
        resized.remove(bucket);
        SideId side = bucket.side();
        transaction.delete(head(counts, side).time(bucket.number()).bytes());
        transaction.deleteRange(
                head(events, side).time(bucket.number()).bytes(),
                head(events, side).time(bucket.number() + 1).bytes());
    }

    private static KeyBuilder run(char table, SideId side, long bucket, JoinHash key) {
        return head(table, side).time(bucket).number(key.high()).number(key.low());
    }

    private static KeyBuilder head(char table, SideId side) {
        return KeyBuilder.of(table).whole(side.join()).octets(side(side));
    }

    /** Beside the counts of a side, not among them. */
    private byte[] bounds(SideId side) {
        String letter = side.kind().letter.toUpperCase(Locale.ROOT);
        return KeyBuilder.of(counts).whole(side.join()).text(letter).bytes();
    }

    private static byte[] side(SideId side) {
        return side.kind().letter.getBytes(StandardCharsets.US_ASCII);
    }
}
