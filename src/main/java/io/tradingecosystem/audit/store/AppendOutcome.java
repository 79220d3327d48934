package io.tradingecosystem.audit.store;

/** What became of one appended event. */
public sealed interface AppendOutcome {

    /** It is in the log, and durable. */
    record Stored(long position) implements AppendOutcome {}

    /** The same event is in the log already; the first stays. */
    record Duplicate(long position) implements AppendOutcome {}

    /** Another event with the same id is in the log already; the first stays. */
    record Conflict(long position) implements AppendOutcome {}

    /**
     * It is not stored: as a part of the log is damaged, it cannot be told whether it was before.
     */
    record Undecided(Damage damage) implements AppendOutcome {}
}
