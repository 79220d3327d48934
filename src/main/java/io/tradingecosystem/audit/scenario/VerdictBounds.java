package io.tradingecosystem.audit.scenario;

/**
 * How much is kept. What a bound leaves out stands in the verdicts that it is left out of.
 *
 * @param maxVerdicts how many final verdicts are kept; the oldest go first
 * @param maxOpen how many windows may be open; of more, those that are due first are closed
 * @param maxHeld how many events the sides of joins keep; older ones are looked for in the store
 * @param maxCached how many of these may be in the heap
 * @param searchBudget how many events of the store are looked at for one part of one window
 */
public record VerdictBounds(
        long maxVerdicts, long maxOpen, long maxHeld, int maxCached, int searchBudget) {
    public static final VerdictBounds DEFAULT =
            new VerdictBounds(100_000, 1_000_000, 10_000_000, 300_000, 20_000);

    private static final long ALL = Long.MAX_VALUE / 4;

    /** The same, but all verdicts are kept. */
    public VerdictBounds keepingAllVerdicts() {
        return withMaxVerdicts(ALL);
    }

    /** Whether all verdicts are kept, whatever the log says of how many a service keeps. */
    public boolean keepsAllVerdicts() {
        return maxVerdicts == ALL;
    }

    /** The same with another number of verdicts. */
    public VerdictBounds withMaxVerdicts(long max) {
        return new VerdictBounds(max, maxOpen, maxHeld, maxCached, searchBudget);
    }
}
