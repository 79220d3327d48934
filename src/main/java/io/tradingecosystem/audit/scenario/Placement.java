package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.matching.JoinedEvent;

import java.util.Optional;

/** How an event lies to the window of a trigger, as far as their clocks can tell. */
enum Placement {
    /** Inside, however much the clocks differ. */
    SURE,
    /** At the opening: as likely before the trigger as behind it, which counts as behind. */
    OPENING,
    /** At the end: as likely in time as too late. */
    END;

    /**
     * The place of an event; empty if it lies outside.
     *
     * @param within how long the window is, in nanoseconds
     */
    static Optional<Placement> of(
            JoinedEvent event, JoinedEvent trigger, long within, ClockSkew clocks) {
        long delay = Nanos.between(trigger.at(), event.at());
        long skew = Nanos.of(clocks.of(trigger.clock(), event.clock()));
        if (skew == 0) {
            return delay >= 0 && delay <= within ? Optional.of(SURE) : Optional.empty();
        }
        if (delay < -skew || delay >= Nanos.plus(within, skew)) {
            return Optional.empty();
        }
        if (delay > within - skew) {
            return Optional.of(END);
        }
        return Optional.of(delay < skew ? OPENING : SURE);
    }

    /** Whether an event came behind another: for sure, perhaps (as at the opening), or not. */
    static Optional<Placement> behind(JoinedEvent event, JoinedEvent first, ClockSkew clocks) {
        if (event.id().equals(first.id())) {
            return Optional.empty();
        }
        long delay = Nanos.between(first.at(), event.at());
        long skew = Nanos.of(clocks.of(first.clock(), event.clock()));
        if (delay < -skew) {
            return Optional.empty();
        }
        return Optional.of(delay >= skew ? SURE : OPENING);
    }

    /** Both hold: what is less sure counts. */
    Placement and(Placement other) {
        return compareTo(other) > 0 ? this : other;
    }

    /** Whether an event so placed counts for a lower limit. */
    boolean countsAsKept(boolean critical) {
        return this == SURE || (this == OPENING && !critical);
    }
}
