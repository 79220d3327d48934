package io.tradingecosystem.audit.scenario;

/** Is told of each verdict that is made, on the thread that judges; must not block. */
@FunctionalInterface
public interface ScenarioObserver {
    /** Tells nobody. */
    ScenarioObserver NONE = verdict -> {};

    /** A verdict was made, or amended. */
    void made(Verdict verdict);
}
