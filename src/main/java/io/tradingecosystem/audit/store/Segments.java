package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.BigEndian;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.event.Times;

import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The segments of the log, oldest first, as the table {@code meta} has them: under {@code s} and
 * the number (4 bytes) the first position and the time it was begun (8 bytes each); under {@code f}
 * the number of the first that is kept. Those before it are on their way out. Under {@code v}
 * stands the number of the first in which all values have postings by {@link
 * io.tradingecosystem.audit.event.ValueKey}, and not by their spelling; under {@code b} the first
 * position whose id stands under its short key, see {@link Keys#isOfSpan}. Thread-safe.
 */
final class Segments {
    private static final int SEGMENT = 's';
    private static final int SEGMENT_KEY = 1 + Integer.BYTES;
    private static final byte[] KEPT = {'f'};
    private static final byte[] BY_VALUE = {'v'};
    private static final byte[] SHORT_IDS = {'b'};

    private final int byValue;
    private final long shortIds;
    private volatile State state;

    private Segments(State state, int byValue, long shortIds) {
        this.state = state;
        this.byValue = byValue;
        this.shortIds = shortIds;
    }

    private record State(List<Segment> dropped, List<Segment> kept) {
        State {
            dropped = List.copyOf(dropped);
            kept = List.copyOf(kept);
        }
    }

    /** Reads them; a new log has one. */
    static Segments load(Tables tables, Instant now) throws RocksDBException {
        int byValue = byValue(tables);
        long shortIds = shortIds(tables);
        if (read(tables).isEmpty()) {
            Segment first = new Segment(1, 1, now);
            tables.rocks().put(tables.of(Tables.META), key(first), value(first));
        }
        return new Segments(state(tables), byValue, shortIds);
    }

    /** Reads them and changes nothing. */
    static Segments inspect(Tables tables) throws RocksDBException {
        byte[] known = tables.rocks().get(tables.of(Tables.META), BY_VALUE);
        int byValue = known == null ? Integer.MAX_VALUE : BigEndian.intAt(known, 0);
        byte[] shortIds = tables.rocks().get(tables.of(Tables.META), SHORT_IDS);
        return new Segments(
                state(tables),
                byValue,
                shortIds == null ? Long.MAX_VALUE : BigEndian.longAt(shortIds, 0));
    }

    /**
     * Reads those of tables that are made anew, in which all ids are short; where there are none,
     * there is one that begins with a position.
     */
    static Segments beginningAt(Tables tables, long first) throws RocksDBException {
        if (read(tables).isEmpty()) {
            Segment all = new Segment(1, first, Instant.EPOCH);
            tables.rocks().put(tables.of(Tables.META), key(all), value(all));
        }
        tables.rocks().put(tables.of(Tables.META), SHORT_IDS, BigEndian.of(1));
        return inspect(tables);
    }

    /** From here on all are by value; an older log has a last segment that is in part. */
    private static int byValue(Tables tables) throws RocksDBException {
        byte[] known = tables.rocks().get(tables.of(Tables.META), BY_VALUE);
        if (known != null) {
            return BigEndian.intAt(known, 0);
        }
        List<Segment> all = read(tables);
        int next = all.isEmpty() ? 1 : all.getLast().number() + 1;
        byte[] number = new ByteWriter(Integer.BYTES).number32(next).bytes();
        tables.rocks().put(tables.of(Tables.META), BY_VALUE, number);
        return next;
    }

    /** From here on all are short; those of a log of format 1 stay as they are. */
    private static long shortIds(Tables tables) throws RocksDBException {
        byte[] known = tables.rocks().get(tables.of(Tables.META), SHORT_IDS);
        if (known != null) {
            return BigEndian.longAt(known, 0);
        }
        List<Segment> all = read(tables);
        long next =
                all.isEmpty() ? 1 : Math.max(LastPosition.of(tables) + 1, all.getLast().first());
        tables.rocks().put(tables.of(Tables.META), SHORT_IDS, BigEndian.of(next));
        return next;
    }

    /** The key of the id of the event at a position. */
    byte[] idKey(long position, String id) {
        return position < shortIds ? Keys.longId(id) : Keys.id(id);
    }

    /** Whether there are ids under their longer keys. */
    boolean haveLongIds() {
        return first() < shortIds;
    }

    /** Whether all values have postings by their key; else some have them by their spelling. */
    boolean isByValue(Segment segment) {
        return segment.number() >= byValue;
    }

    /** Reads them again, after a write of which nobody knows whether it went well. */
    synchronized boolean reload(Tables tables) throws RocksDBException {
        state = state(tables);
        return true;
    }

    private static State state(Tables tables) throws RocksDBException {
        List<Segment> all = read(tables);
        byte[] kept = tables.rocks().get(tables.of(Tables.META), KEPT);
        int from = kept == null ? 1 : BigEndian.intAt(kept, 0);
        return new State(
                all.stream().filter(segment -> segment.number() < from).toList(),
                all.stream().filter(segment -> segment.number() >= from).toList());
    }

    /** The last position of the log; 0 while it is empty. */
    long last(Tables tables) throws RocksDBException {
        return Math.max(LastPosition.of(tables), current().first() - 1);
    }

    private static List<Segment> read(Tables tables) throws RocksDBException {
        List<Segment> all = new ArrayList<>();
        try (ReadOptions options = new ReadOptions();
                RocksIterator records =
                        tables.rocks().newIterator(tables.of(Tables.META), options)) {
            records.seek(new byte[] {SEGMENT});
            while (records.isValid() && records.key()[0] == SEGMENT) {
                byte[] value = records.value();
                all.add(
                        new Segment(
                                BigEndian.intAt(records.key(), 1),
                                BigEndian.longAt(value, 0),
                                Times.ofEpochNanos(BigEndian.longAt(value, Long.BYTES))));
                records.next();
            }
            records.status();
        }
        return all;
    }

    /** Those that are kept, oldest first; never empty. */
    List<Segment> kept() {
        return state.kept();
    }

    /** Those that are on their way out, oldest first. */
    List<Segment> dropped() {
        return state.dropped();
    }

    /** The one that is appended to. */
    Segment current() {
        return state.kept().getLast();
    }

    /** The first position that is kept. */
    long first() {
        return state.kept().getFirst().first();
    }

    /** The first position behind a segment. */
    long end(Segment segment) {
        State now = state;
        return Stream.concat(now.dropped().stream(), now.kept().stream())
                .filter(other -> other.number() == segment.number() + 1)
                .findFirst()
                .map(Segment::first)
                .orElse(Long.MAX_VALUE);
    }

    /** The segment after the current one, of which nobody knows yet. */
    Segment next(long first, Instant now) {
        return new Segment(current().number() + 1, first, now);
    }

    /** Makes a segment that {@link #next} gave the current one. */
    synchronized boolean begin(Tables tables, Segment segment) throws RocksDBException {
        tables.rocks().put(tables.of(Tables.META), key(segment), value(segment));
        List<Segment> kept = new ArrayList<>(state.kept());
        kept.add(segment);
        state = new State(state.dropped(), kept);
        return true;
    }

    /** Lets the oldest segment go: its events are no longer there. The current one stays. */
    synchronized boolean drop(Tables tables) throws RocksDBException {
        List<Segment> kept = new ArrayList<>(state.kept());
        List<Segment> dropped = new ArrayList<>(state.dropped());
        dropped.add(kept.removeFirst());
        ByteWriter number = new ByteWriter(Integer.BYTES);
        number.number32(kept.getFirst().number());
        tables.rocks().put(tables.of(Tables.META), KEPT, number.bytes());
        state = new State(dropped, kept);
        return true;
    }

    /** A dropped segment has left nothing behind. */
    synchronized boolean forget(Tables tables, Segment segment) throws RocksDBException {
        tables.rocks().delete(tables.of(Tables.META), key(segment));
        List<Segment> dropped = new ArrayList<>(state.dropped());
        dropped.remove(segment);
        state = new State(dropped, state.kept());
        return true;
    }

    private static byte[] key(Segment segment) {
        ByteWriter key = new ByteWriter(SEGMENT_KEY);
        key.octet(SEGMENT);
        key.number32(segment.number());
        return key.bytes();
    }

    private static byte[] value(Segment segment) {
        ByteWriter value = new ByteWriter(2 * Long.BYTES);
        value.number(segment.first());
        value.number(Times.toEpochNanos(segment.begun()));
        return value.bytes();
    }
}
