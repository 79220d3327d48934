package io.tradingecosystem.audit.correlation.links;

import java.time.Duration;

/** Is told of each link that is found, on the thread that links; must not block. */
@FunctionalInterface
public interface LinkObserver {
    /** Tells nobody. */
    LinkObserver NONE = (rule, after) -> {};

    /**
     * A link was found, and can be seen.
     *
     * @param rule its rule; {@code explicit}, {@code parent} or {@code manual} for other kinds
     * @param after the time since the event was stored that made it known
     */
    void found(String rule, Duration after);
}
