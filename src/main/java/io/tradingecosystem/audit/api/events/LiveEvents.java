package io.tradingecosystem.audit.api.events;

import io.tradingecosystem.audit.api.Live;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.EventLog;

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
