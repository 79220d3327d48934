package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.matching.Joins;
import io.tradingecosystem.audit.scenario.verdicts.Eviction;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;

import java.util.Optional;

/**
 * What is left out to stay within bounds, and what of it the log has word of: closes windows before
 * their time, and counts the events that joins drop. For the one thread that judges.
 */
final class Evictions {
    private final VerdictStoreWriter writer;
    private final Joins joins;

    Evictions(VerdictStoreWriter writer, Joins joins) {
        this.writer = writer;
        this.joins = joins;
    }

    /** Closes as many windows as are open beyond a bound, those that are due first. */
    void closeEarly(long maxOpen) {
        while (writer.counters().unfinished > maxOpen) {
            Optional<Window> first =
                    writer.timers().near().map(Timer::verdictId).flatMap(writer::window);
            if (first.isEmpty()) {
                return;
            }
            close(first.get(), maxOpen);
        }
    }

    private void close(Window window, long maxOpen) {
        writer.counters().closedEarly++;
        var verdict = Amendment.closed(window.current(), maxOpen);
        writer.replace(window, window.judged(verdict, false, Optional.empty()));
    }

    /** All so far. */
    Eviction total() {
        return new Eviction(joins.evicted(), writer.counters().closedEarly);
    }

    /** What the log has word of. */
    Eviction told() {
        return new Eviction(writer.counters().toldDropped, writer.counters().toldClosed);
    }

    /** Takes in such word; what tells of more than there was is not ours. */
    void hear(AuditEvent event) {
        VerdictEvents.evicted(event).filter(total()::covers).ifPresent(this::hear);
    }

    private void hear(Eviction told) {
        VerdictCounters counters = writer.counters();
        counters.toldDropped = Math.max(counters.toldDropped, told.droppedEvents());
        counters.toldClosed = Math.max(counters.toldClosed, told.closedWindows());
    }
}
