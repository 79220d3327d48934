package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.event.AuditEvent;

import java.time.Duration;
import java.util.List;

/** The log in RocksDB. Thread-safe. */
final class DurableLog implements EventLog {
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
        List<AppendOutcome> outcomes = appendReadable(batch);
        for (AppendOutcome outcome : outcomes) {
            if (outcome instanceof AppendOutcome.Undecided undecided) {
                throw new LogDamagedException(undecided.damage(), null);
            }
        }
        return outcomes;
    }

    @Override
    public void displaced() {
        counts.displace();
    }

    @Override
    public List<AppendOutcome> appendReadable(List<AuditEvent> batch) {
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
        return fresh.isEmpty()
                ? database.use(tables -> events(new EventScan(tables, last).read(from, max)))
                : fresh;
    }

    private static List<AuditEvent> events(List<StoredEvent> stored) {
        return stored.stream().map(StoredEvent::decoded).toList();
    }

    @Override
    public boolean await(long after, Duration timeout) throws InterruptedException {
        return tail.await(after, timeout);
    }
}
