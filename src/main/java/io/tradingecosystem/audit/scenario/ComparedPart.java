package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.matching.JoinedEvent;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Those events of a part that are as a trigger, or what met an effect, says. A join knows neither
 * attributes nor which trigger asks, so each is read from the log, at most so many. For one
 * judgement.
 */
final class ComparedPart implements PartEvents {
    /** So many events are compared in one judgement of a part. */
    static final int MAX_COMPARED = 1_000;

    private final PartEvents events;
    private final EventPattern pattern;
    private final Map<String, Boolean> known = new HashMap<>();
    private Optional<String> leftOut = Optional.empty();

    /**
     * None is compared yet.
     *
     * @param events which the log can be asked for
     * @param pattern with the values of this trigger
     */
    ComparedPart(PartEvents events, EventPattern pattern) {
        this.events = events;
        this.pattern = pattern;
    }

    @Override
    public void ascending(long from, long to, Predicate<JoinedEvent> visitor) {
        events.ascending(from, to, event -> !fits(event) || visitor.test(event));
    }

    @Override
    public void descending(long from, long to, Predicate<JoinedEvent> visitor) {
        events.descending(from, to, event -> !fits(event) || visitor.test(event));
    }

    private boolean fits(JoinedEvent event) {
        Boolean before = known.get(event.id());
        return before != null ? before : known.size() < MAX_COMPARED ? compare(event) : isCut();
    }

    private boolean compare(JoinedEvent event) {
        Optional<AuditEvent> read = events.read(event);
        if (read.isEmpty()) {
            leftOut = Optional.of(Quoted.of(event.id()) + " is not in the log any more");
        }
        boolean fits = read.filter(pattern::matches).isPresent();
        known.put(event.id(), fits);
        return fits;
    }

    private boolean isCut() {
        leftOut = Optional.of("MAX_COMPARED: more than " + MAX_COMPARED + " events came");
        return false;
    }

    @Override
    public Optional<AuditEvent> read(JoinedEvent event) {
        return events.read(event);
    }

    @Override
    public boolean isOfAnother(JoinedEvent event, long before) {
        return events.isOfAnother(event, before);
    }

    @Override
    public long keptFrom(long due) {
        return events.keptFrom(due);
    }

    /** What was missing when events were visited last. */
    @Override
    public Optional<String> leftOut() {
        return events.leftOut().or(() -> leftOut);
    }

    @Override
    public Optional<String> lacked() {
        return events.lacked();
    }
}
