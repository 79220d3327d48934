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
        List<Item<AuditEvent>> items = new ArrayList<>();
        for (AuditEvent event : events) {
            if (filter.matches(event)) {
                items.add(new Item<>(event.position(), event));
            }
        }
        return Live.gapless(
                place,
                items,
                events.isEmpty() ? place : events.getLast().position(),
                events.isEmpty() ? 0 : kept(events.getFirst().position()));
    }

    /** Retention may have gone on since the events were read. */
    private long kept(long first) {
        return Math.min(first, log.firstPosition());
    }

    @Override
    public void await(long place, Duration timeout) throws InterruptedException {
        log.await(place, timeout);
    }

    @Override
    public long last() {
        return log.lastPosition();
    }
}
