package io.tradingecosystem.audit.comparison;

/** No event is of a run. */
public final class UnknownRunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String run;

    UnknownRunException(String run) {
        super("no event is of the run " + run);
        this.run = run;
    }

    /** The scenario_id that was asked for. */
    public String run() {
        return run;
    }
}
