package io.tradingecosystem.audit.notify;

import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader.Made;

import java.time.Duration;
import java.util.List;

/**
 * Verdicts in the order in which they were made or became final: derived from the log, committed
 * with its position, and the same after a crash. Thread-safe.
 */
public interface VerdictFeed {
    /** The id of the log that the verdicts are of. */
    String log();

    /** The last place in the order; 0 before the first. */
    long last();

    /** What stands behind a place, in order; what is not kept any more is left out. */
    List<Made> after(long place, int limit);

    /**
     * Waits until there is something behind a place.
     *
     * @return whether there is; false when {@code timeout} passed
     * @throws InterruptedException if the waiting thread was interrupted
     */
    boolean await(long place, Duration timeout) throws InterruptedException;
}
