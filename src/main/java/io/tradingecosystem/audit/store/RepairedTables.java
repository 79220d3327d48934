package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.BigEndian;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventName;
import io.tradingecosystem.audit.event.Times;

import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The tables that a repair makes, without a write-ahead log. For one thread. */
final class RepairedTables implements AutoCloseable {
    private static final byte OPENINGS = 'o';
    private static final int KEYS_PER_EVENT = 10;
    private static final int PORTION = 1 << 20;

    private final Tables tables;
    private final List<EventName> businessKeys;
    private final WriteOptions options = new WriteOptions().setDisableWAL(true);
    private final List<String> dropped = new ArrayList<>();
    private List<Segment> segments = List.of();
    private Instant recorded = Instant.EPOCH;
    private long last;
    private long events;

    RepairedTables(Tables tables, List<EventName> businessKeys) {
        this.tables = tables;
        this.businessKeys = businessKeys;
    }

    /** The last position. */
    long last() {
        return last;
    }

    /** How many events there are. */
    long events() {
        return events;
    }

    /** The projections that could not be read. */
    List<String> dropped() {
        return dropped;
    }

    @Override
    public void close() {
        options.close();
    }

    /**
     * Copies what the log knows about itself, but the hash of the first segment that has lost
     * events, and those behind it, which are made from it, and where the log was opened; if it
     * cannot be read, all events are in one segment.
     */
    void meta(Tables from, StoreReport report) throws RocksDBException {
        last = report.first() - 1;
        if (!copy(from, Tables.META, new byte[0], new byte[0])) {
            tables.rocks()
                    .deleteRange(tables.of(Tables.META), new byte[0], new byte[] {(byte) 0xff});
        }
        remove(new byte[] {OPENINGS});
        segments = Segments.beginningAt(tables, report.first()).kept();
        if (!report.lost().isEmpty()) {
            int first = segment(report.lost().getFirst().from()).number();
            for (Segment segment : segments) {
                if (segment.number() >= first) {
                    remove(SegmentSeal.key(segment.number()));
                }
            }
        }
    }

    private void remove(byte[] key) throws RocksDBException {
        tables.rocks().delete(tables.of(Tables.META), options, key);
    }

    /** Writes events as they are, with their indexes. */
    void events(List<StoredEvent> stored) throws RocksDBException {
        int from = 0;
        while (from < stored.size()) {
            Segment segment = segment(stored.get(from).position());
            int to = from + 1;
            while (to < stored.size() && segment(stored.get(to).position()).equals(segment)) {
                to++;
            }
            write(segment, stored.subList(from, to));
            from = to;
        }
    }

    private Segment segment(long position) {
        return segments.reversed().stream()
                .filter(segment -> segment.first() <= position)
                .findFirst()
                .orElseGet(segments::getFirst);
    }

    private void write(Segment segment, List<StoredEvent> stored) throws RocksDBException {
        long base = stored.getFirst().position();
        PostingTable postings = new PostingTable(stored.size() * KEYS_PER_EVENT);
        try (WriteBatch batch = new WriteBatch()) {
            for (StoredEvent each : stored) {
                AuditEvent event = each.decoded();
                byte[] position = BigEndian.of(each.position());
                batch.put(tables.of(Tables.EVENTS), position, each.bytes());
                batch.put(tables.of(Tables.IDS), Keys.id(event.id()), position);
                long nanos = EventCodec.nanos(event);
                int offset = (int) (each.position() - base);
                Keys.hashes(event, businessKeys, hash -> postings.add(hash, nanos, offset));
                recorded = event.recordedAt();
            }
            for (int list = 0; list < postings.lists(); list++) {
                ByteWriter value = new ByteWriter(stored.size());
                postings.write(list, value);
                batch.put(
                        tables.of(Tables.POSTINGS),
                        Postings.key(
                                segment.number(), postings.hash(list), postings.bucket(list), base),
                        value.bytes());
            }
            tables.rocks().write(options, batch);
        }
        last = stored.getLast().position();
        events += stored.size();
    }

    /** Writes what stands for lost events at the last of their positions. */
    void quarantine(LostEvents lost, AuditEvent gap) throws RocksDBException {
        if (lost.from() < lost.to()) {
            tables.rocks()
                    .put(
                            tables.of(Tables.META),
                            options,
                            QuarantinedEvents.key(lost.from()),
                            QuarantinedEvents.value(lost.to() - 1));
        }
        events(List.of(stored(gap, lost.to(), lost.until())));
    }

    /** Writes an event behind all others. */
    void append(AuditEvent event, Instant now) throws RocksDBException {
        events(List.of(stored(event, last + 1, now.isBefore(recorded) ? recorded : now)));
    }

    private static StoredEvent stored(AuditEvent event, long position, Instant recordedAt) {
        ByteWriter bytes = new ByteWriter(512);
        EventCodec.encode(event, bytes);
        byte[] value = bytes.bytes();
        BigEndian.setLong(value, EventCodec.RECORDED_AT, Times.toEpochNanos(recordedAt));
        return new StoredEvent(position, value);
    }

    /**
     * Copies a projection, unless a part of it cannot be read.
     *
     * @return the position up to which it had read; 0 if it is dropped
     */
    long projection(Tables from, String name) throws RocksDBException {
        byte[] first = (name + "\0").getBytes(StandardCharsets.US_ASCII);
        byte[] end = (name + "\1").getBytes(StandardCharsets.US_ASCII);
        if (!copy(from, Tables.PROJECTIONS, first, end)) {
            tables.rocks().deleteRange(tables.of(Tables.PROJECTIONS), options, first, end);
            dropped.add(name);
            return 0;
        }
        return DurableProjection.position(tables, name);
    }

    /** Leaves projections out. */
    void drop(List<String> names) {
        dropped.addAll(names);
    }

    /** Copies the records from one key on and before another; an empty one is no bound. */
    private boolean copy(Tables from, int table, byte[] first, byte[] end) throws RocksDBException {
        try (Slice bound = new Slice(end.length == 0 ? new byte[] {(byte) 0xff} : end);
                ReadOptions reading =
                        new ReadOptions().setFillCache(false).setIterateUpperBound(bound);
                RocksIterator records = from.rocks().newIterator(from.of(table), reading);
                WriteBatch batch = new WriteBatch()) {
            for (records.seek(first); records.isValid(); records.next()) {
                batch.put(tables.of(table), records.key(), records.value());
                if (batch.getDataSize() > PORTION) {
                    tables.rocks().write(options, batch);
                    batch.clear();
                }
            }
            tables.rocks().write(options, batch);
            records.status();
            return true;
        } catch (RocksDBException e) {
            if (DamageRegister.isDamage(e)) {
                return false;
            }
            throw e;
        }
    }
}
