package io.tradingecosystem.audit.ingest;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.event.EventProblem;

import java.util.Optional;

/**
 * What a sender is told of one event.
 *
 * @param id the event's id, given by us where the sender gave none; empty for an event that was
 *     rejected and had none
 * @param outcome what became of it
 * @param position its place in the log, for a duplicate or conflict that of the first; 0 if it was
 *     rejected
 * @param problem why it was rejected
 * @param note what the sender should know about it, or empty
 */
public record Receipt(
        String id, Outcome outcome, long position, Optional<EventProblem> problem, String note) {

    public Receipt {
        requireNonNull(id, "id is null");
        requireNonNull(outcome, "outcome is null");
        requireNonNull(problem, "problem is null");
        requireNonNull(note, "note is null");
    }

    /** What became of an event. */
    public enum Outcome {
        /** It is in the log, on disk. */
        STORED,
        /** The same event is in the log already. */
        DUPLICATE,
        /** Another event with its id is in the log already, and stays. */
        CONFLICT,
        /** It is not taken. */
        REJECTED
    }

    /** Whether the log has the event. */
    public boolean isKept() {
        return outcome == Outcome.STORED || outcome == Outcome.DUPLICATE;
    }

    /** Whether the log cannot tell if it has the event, as a part of it is damaged. */
    public boolean isUndecided() {
        return problem.filter(why -> why.reason() == EventProblem.Reason.LOG_DAMAGED).isPresent();
    }

    static Receipt stored(String id, long position, String note) {
        return new Receipt(id, Outcome.STORED, position, Optional.empty(), note);
    }

    static Receipt duplicate(String id, long position, String note) {
        return new Receipt(id, Outcome.DUPLICATE, position, Optional.empty(), note);
    }

    static Receipt conflict(String id, long position) {
        return new Receipt(
                id,
                Outcome.CONFLICT,
                position,
                Optional.empty(),
                "another event with this id is in the log, at position " + position);
    }

    static Receipt rejected(String id, EventProblem problem) {
        return new Receipt(id, Outcome.REJECTED, 0, Optional.of(problem), "");
    }
}
