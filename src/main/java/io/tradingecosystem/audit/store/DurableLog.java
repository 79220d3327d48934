package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.BigEndian;
import io.tradingecosystem.audit.event.AuditEvent;

import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The log in RocksDB. Thread-safe. */
final class DurableLog implements EventLog {
    private static final int MAX_BYTES = 8 << 20;

    private final String id;
    private final Database database;
    private final Planner planner;
    private final Committer committer;
    private final Segments segments;
    private final HighWaterMark tail;
    private final Counts counts;

    DurableLog(
            String id,
            Database database,
            Planner planner,
            Committer committer,
            Segments segments,
            HighWaterMark tail,
            Counts counts) {
        this.id = id;
        this.database = database;
        this.planner = planner;
        this.committer = committer;
        this.segments = segments;
        this.tail = tail;
        this.counts = counts;
    }

    @Override
    public List<AppendOutcome> append(List<AuditEvent> batch) {
        if (batch.isEmpty()) {
            return List.of();
        }
        try {
            committer.requireWritable();
            committer.queue().requireRoom(batch.size());
            List<AuditEvent> events = List.copyOf(batch);
            return committer.append(Append.of(events, planner.plan(tail.position(), events)));
        } catch (LogBusyException e) {
            counts.busy();
            throw e;
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public boolean isWritable() {
        return committer.trouble().isEmpty();
    }

    @Override
    public long lastPosition() {
        return tail.position();
    }

    @Override
    public long firstPosition() {
        return segments.first();
    }

    @Override
    public List<AuditEvent> read(long after, int limit) {
        long from = Math.max(after + 1, segments.first());
        long last = tail.position();
        if (from > last || limit < 1) {
            return List.of();
        }
        int max = (int) Math.min(limit, last - from + 1);
        List<AuditEvent> fresh = committer.freshEvents().read(from, max);
        return fresh.isEmpty() ? database.use(tables -> read(tables, from, max)) : fresh;
    }

    /** Fewer than {@code limit} if they are large. */
    private static List<AuditEvent> read(Tables tables, long from, int limit)
            throws RocksDBException {
        List<AuditEvent> events = new ArrayList<>(Math.min(limit, 1_024));
        try (ReadOptions options = new ReadOptions();
                RocksIterator records =
                        tables.rocks().newIterator(tables.of(Tables.EVENTS), options)) {
            int size = 0;
            records.seek(BigEndian.of(from));
            while (records.isValid() && events.size() < limit && size < MAX_BYTES) {
                byte[] value = records.value();
                events.add(EventCodec.decode(BigEndian.longAt(records.key(), 0), value));
                size += value.length;
                records.next();
            }
            records.status();
        }
        return events;
    }

    @Override
    public boolean await(long after, Duration timeout) throws InterruptedException {
        return tail.await(after, timeout);
    }
}
