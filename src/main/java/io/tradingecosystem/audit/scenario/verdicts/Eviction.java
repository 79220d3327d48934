package io.tradingecosystem.audit.scenario.verdicts;

/**
 * How much was left out to stay within bounds.
 *
 * @param droppedEvents how many events joins dropped; they are looked for in the store
 * @param closedWindows how many windows were closed before their time
 */
public record Eviction(long droppedEvents, long closedWindows) {

    /** What came to it since. */
    public Eviction since(Eviction earlier) {
        return new Eviction(
                droppedEvents - earlier.droppedEvents, closedWindows - earlier.closedWindows);
    }

    /** Whether it is as much as another, or more. */
    public boolean covers(Eviction other) {
        return droppedEvents >= other.droppedEvents && closedWindows >= other.closedWindows;
    }
}
