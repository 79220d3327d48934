package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.event.AuditEvent;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A log whose first events are gone. */
public record ShortenedLog(MemoryStore whole, long firstPosition) implements EventLog, EventIndex {
    @Override
    public List<AppendOutcome> append(List<AuditEvent> batch) {
        return whole.append(batch);
    }

    @Override
    public String id() {
        return whole.id();
    }

    @Override
    public long lastPosition() {
        return whole.lastPosition();
    }

    @Override
    public List<AuditEvent> read(long after, int limit) {
        return whole.read(Math.max(after, firstPosition - 1), limit);
    }

    @Override
    public boolean await(long after, Duration timeout) throws InterruptedException {
        return whole.await(after, timeout);
    }

    @Override
    public Optional<AuditEvent> byId(String id) {
        return whole.byId(id).filter(this::isLeft);
    }

    @Override
    public Optional<AuditEvent> at(long position) {
        return whole.at(position).filter(this::isLeft);
    }

    @Override
    public Page find(Query query) {
        Page page = whole.find(query);
        return new Page(page.events().stream().filter(this::isLeft).toList(), page.nextPageToken());
    }

    @Override
    public String scan(Query query, Predicate<AuditEvent> taker) {
        return whole.scan(query, event -> !isLeft(event) || taker.test(event));
    }

    @Override
    public Set<String> businessKeys() {
        return whole.businessKeys();
    }

    /** Its events went a second after the last of them was recorded. */
    @Override
    public Optional<Removal> removed() {
        return whole.at(firstPosition - 1)
                .map(AuditEvent::recordedAt)
                .map(last -> last.plusSeconds(1))
                .map(at -> new Removal(firstPosition - 1, at, Optional.of(at)));
    }

    @Override
    public Optional<Removal> removed(String id) {
        return whole.byId(id).isEmpty() || byId(id).isPresent() ? Optional.empty() : removed();
    }

    private boolean isLeft(AuditEvent event) {
        return event.position() >= firstPosition;
    }
}
