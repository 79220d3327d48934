package io.tradingecosystem.audit.store;

/**
 * What became of an event of the correlator's own.
 *
 * @param id under which the log has it
 * @param outcome of the append under that id
 */
public record OwnOutcome(String id, AppendOutcome outcome) {
    /** Whether it was not there before. */
    public boolean isNew() {
        return outcome instanceof AppendOutcome.Stored;
    }

    /** Its place in the log. */
    public long position() {
        return switch (outcome) {
            case AppendOutcome.Stored stored -> stored.position();
            case AppendOutcome.Duplicate same -> same.position();
            case AppendOutcome.Conflict same -> same.position();
            case AppendOutcome.Undecided undecided ->
                    throw new IllegalStateException("the log gave no position: " + undecided);
        };
    }
}
