package io.tradingecosystem.audit.api.events;

import io.tradingecosystem.audit.api.Live;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.Damage;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.LogDamagedException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Events of the log, by position, that meet a filter. */
final class LiveEvents implements Live<AuditEvent> {
    private final EventLog log;
    private final EventFilter filter;

    LiveEvents(EventLog log, EventFilter filter) {
        this.log = log;
        this.filter = filter;
    }

    @Override
    public Batch<AuditEvent> after(long place, int limit) {
        try {
            return read(place, limit);
        } catch (LogDamagedException e) {
            return lost(place, e);
        }
    }

    /** The log knows how far it cannot be read. */
    private static Batch<AuditEvent> lost(long place, LogDamagedException e) {
        Damage damage = e.damage();
        if (damage.from() <= place) {
            throw e;
        }
        Lost<AuditEvent> gap = new Lost<>(damage.from(), damage.to(), damage.toString());
        return new Batch<>(List.of(gap), damage.to());
    }

    private Batch<AuditEvent> read(long place, int limit) {
        List<AuditEvent> events = log.read(place, limit);
        long kept = log.firstPosition();
        List<Item<AuditEvent>> items = new ArrayList<>();
        for (AuditEvent event : events) {
            if (filter.matches(event)) {
                items.add(new Item<>(event.position(), event));
            }
        }
        return Live.gapless(
                place,
                items,
                // Retention may have left nothing behind the place, though the log goes on there.
                events.isEmpty() ? Math.max(place, kept - 1) : events.getLast().position(),
                // It may have gone on since the events were read.
                events.isEmpty() ? kept : Math.min(kept, events.getFirst().position()));
    }

    @Override
    public void await(long place, Duration timeout) throws InterruptedException {
        log.await(place, timeout);
    }

    @Override
    public String log() {
        return log.id();
    }

    @Override
    public long last() {
        return log.lastPosition();
    }
}
