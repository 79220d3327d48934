package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.BigEndian;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.event.Times;

import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The segments of the log, oldest first, as the table {@code meta} has them: under {@code s} and
 * the number (4 bytes) the first position and the time it was begun (8 bytes each); under {@code f}
 * the number of the first that is kept. Those before it are on their way out. Under {@code r}
 * stands when what was removed; see {@link Removals}. Under {@code v} stands the number of the
 * first in which all values have postings by {@link io.tradingecosystem.audit.event.ValueKey}, and
 * not by their spelling; under {@code b} the first position whose id stands under its short key,
 * see {@link Keys#isOfSpan}. Thread-safe.
 */
final class Segments {
    private static final int SEGMENT = 's';
    private static final int SEGMENT_KEY = 1 + Integer.BYTES;
    private static final byte[] KEPT = {'f'};
    private static final byte[] REMOVED = {'r'};
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

    private record State(List<Segment> dropped, List<Segment> kept, Removals removals) {
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
        byte[] removed = tables.rocks().get(tables.of(Tables.META), REMOVED);
        return new State(
                all.stream().filter(segment -> segment.number() < from).toList(),
                all.stream().filter(segment -> segment.number() >= from).toList(),
                Removals.read(removed == null ? new byte[0] : removed));
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

    /** What is gone; empty if nothing is. */
    Optional<Removal> removed() {
        return removed(first() - 1);
    }

    /** With what a position went; empty if it did not. */
    Optional<Removal> removed(long position) {
        State now = state;
        Segment kept = now.kept().getFirst();
        return position < 1 || position >= kept.first()
                ? Optional.empty()
                : now.removals().of(position).or(() -> Optional.of(unnoted(kept)));
    }

    private static Removal unnoted(Segment kept) {
        return new Removal(kept.first() - 1, kept.begun(), Optional.empty());
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
        state = new State(state.dropped(), kept, state.removals());
        return true;
    }

    /**
     * Lets the oldest segment go: its events are no longer there. The current one stays.
     *
     * @param now is noted, for those who ask for what is gone
     */
    synchronized boolean drop(Tables tables, Instant now) throws RocksDBException {
        List<Segment> kept = new ArrayList<>(state.kept());
        List<Segment> dropped = new ArrayList<>(state.dropped());
        dropped.add(kept.removeFirst());
        ByteWriter number = new ByteWriter(Integer.BYTES);
        number.number32(kept.getFirst().number());
        Segment first = kept.getFirst();
        Removals removals =
                state.removals()
                        .with(new Removal(first.first() - 1, first.begun(), Optional.of(now)));
        try (WriteBatch batch = new WriteBatch();
                WriteOptions options = new WriteOptions()) {
            batch.put(tables.of(Tables.META), KEPT, number.bytes());
            batch.put(tables.of(Tables.META), REMOVED, removals.bytes());
            tables.rocks().write(options, batch);
        }
        state = new State(dropped, kept, removals);
        return true;
    }

    /** Dropped segments have left nothing behind. */
    synchronized boolean forget(Tables tables, List<Segment> gone) throws RocksDBException {
        for (Segment segment : gone) {
            tables.rocks().delete(tables.of(Tables.META), key(segment));
        }
        List<Segment> dropped = new ArrayList<>(state.dropped());
        dropped.removeAll(gone);
        state = new State(dropped, state.kept(), state.removals());
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
