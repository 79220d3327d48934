package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.verdicts.Gap;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When a part is over, and what may have been lost of it.
 *
 * @param tolerances how exact the world is
 * @param gaps when events may have been lost
 * @param now the log's clock
 */
record ModelTime(ModelTolerances tolerances, List<Gap> gaps, Instant now) {

    ModelTime {
        gaps = List.copyOf(gaps);
    }

    boolean isOver(Part part, AuditEvent trigger) {
        return !now.isBefore(due(part, trigger));
    }

    /** Whether a gap may have taken what the part waits for. */
    boolean mayHaveLost(Part part, AuditEvent trigger) {
        Instant start = trigger.occurredAt();
        Instant end = undisturbed(part, trigger);
        return gaps.stream().anyMatch(gap -> overlap(gap, start, end));
    }

    /** Whether all that came before an event is recorded, and nothing of it was lost. */
    boolean isSettled(AuditEvent event, AuditEvent trigger, Duration lasting) {
        Instant recorded = later(event.occurredAt(), trigger.recordedAt());
        Instant end = recorded.plus(tolerances.lateness()).plus(lasting);
        Instant start = trigger.occurredAt();
        return !now.isBefore(end) && gaps.stream().noneMatch(gap -> overlap(gap, start, end));
    }

    private Instant due(Part part, AuditEvent trigger) {
        Instant start = trigger.occurredAt();
        Instant due = undisturbed(part, trigger);
        Instant before = Instant.MIN;
        while (!due.equals(before)) {
            before = due;
            for (Gap gap : gaps) {
                due = overlap(gap, start, due) ? later(due, caughtUp(gap)) : due;
            }
        }
        return due;
    }

    /** When the part is over if nothing is lost. */
    private Instant undisturbed(Part part, AuditEvent trigger) {
        Instant end = later(trigger.occurredAt().plus(part.within()), trigger.recordedAt());
        return end.plus(tolerances.lateness()).plus(part.lasting());
    }

    private Instant caughtUp(Gap gap) {
        return plus(gap.to(), tolerances.catchUp());
    }

    private static boolean overlap(Gap gap, Instant start, Instant end) {
        return gap.from().isBefore(end) && gap.to().isAfter(start);
    }

    private static Instant plus(Instant moment, Duration duration) {
        try {
            return moment.plus(duration);
        } catch (DateTimeException e) {
            return Instant.MAX;
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
