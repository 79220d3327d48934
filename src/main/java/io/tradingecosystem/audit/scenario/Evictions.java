package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.matching.IntervalJoin;
import io.tradingecosystem.audit.matching.JoinEffects;
import io.tradingecosystem.audit.matching.JoinSide;
import io.tradingecosystem.audit.matching.Joins;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.verdicts.Eviction;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is left out to stay within bounds, and what of it the log has word of: closes windows before
 * their time, and counts the events that joins drop. For the one thread that judges.
 */
final class Evictions {
    private final VerdictStoreWriter writer;
    private final Joins joins;
    private final Expectations expectations;

    Evictions(VerdictStoreWriter writer, Joins joins, Expectations expectations) {
        this.writer = writer;
        this.joins = joins;
        this.expectations = expectations;
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

    /**
     * The sides that joins dropped events of, each with its part and the time up to which, or from
     * which on, it has none.
     */
    List<String> sides() {
        List<String> sides = new ArrayList<>();
        for (Watched version : expectations.watched()) {
            for (int part = 0; part < version.joins().size(); part++) {
                IntervalJoin join = version.joins().get(part);
                String name = name(version.expectation(), part);
                JoinSide triggers = join.triggers();
                JoinEffects effects = join.effects();
                add(name + " triggers", triggers.evictedTo(), triggers.evictedFrom(), sides);
                add(name + " effects", effects.evictedTo(), effects.evictedFrom(), sides);
            }
        }
        return sides;
    }

    private static String name(Expectation expectation, int part) {
        return expectation.name() + " " + expectation.parts().get(part).name();
    }

    private static void add(String name, OptionalLong to, OptionalLong from, List<String> sides) {
        to.ifPresent(time -> sides.add(name + " up to " + Times.ofEpochNanos(time)));
        from.ifPresent(time -> sides.add(name + " from " + Times.ofEpochNanos(time)));
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
