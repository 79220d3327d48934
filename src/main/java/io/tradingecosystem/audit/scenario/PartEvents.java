package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.matching.JoinedEvent;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * The events that fit a part's pattern and share its keys with one trigger, in the order of time.
 * The trigger is none of them.
 */
interface PartEvents {
    /** None, since the trigger lacks a key. */
    static PartEvents lacking(String key) {
        return new Lacking("the trigger has no " + Quoted.of(key));
    }

    /** None, since it cannot be told which, for a reason that is a clause for people. */
    static PartEvents unknown(String reason) {
        return new Lacking(reason);
    }

    /** Visits those of a time, both ends included, oldest first, until the visitor says no. */
    void ascending(long from, long to, Predicate<JoinedEvent> visitor);

    /** The same, latest first. */
    void descending(long from, long to, Predicate<JoinedEvent> visitor);

    /**
     * Whether an event is what another trigger waits for.
     *
     * @param before triggers that were recorded then or later are not looked at, in nanoseconds
     */
    boolean isOfAnother(JoinedEvent event, long before);

    /**
     * From what occurred_at on everything is sure to be here a while after a judgement was due.
     *
     * @param due in nanoseconds
     */
    default long keptFrom(long due) {
        return Long.MIN_VALUE;
    }

    /** What may be missing here, and by which bound, as a clause for people; empty if nothing. */
    Optional<String> leftOut();

    /** An event as the log has it, where events are looked at more closely. */
    default Optional<AuditEvent> read(JoinedEvent event) {
        return Optional.empty();
    }

    /** What the trigger lacks, as a clause for people; empty if it lacks nothing. */
    default Optional<String> lacked() {
        return Optional.empty();
    }

    /** Nothing can be said to belong to a trigger without a key. */
    record Lacking(String reason) implements PartEvents {
        @Override
        public void ascending(long from, long to, Predicate<JoinedEvent> visitor) {}

        @Override
        public void descending(long from, long to, Predicate<JoinedEvent> visitor) {}

        @Override
        public boolean isOfAnother(JoinedEvent event, long before) {
            return false;
        }

        @Override
        public Optional<String> leftOut() {
            return Optional.empty();
        }

        @Override
        public Optional<String> lacked() {
            return Optional.of(reason);
        }
    }
}
