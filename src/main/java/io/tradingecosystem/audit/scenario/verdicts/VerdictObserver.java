package io.tradingecosystem.audit.scenario.verdicts;

/** Is told of each verdict that is made, on the thread that judges; must not block. */
@FunctionalInterface
public interface VerdictObserver {
    /** Tells nobody. */
    VerdictObserver NONE = verdict -> {};

    /** A verdict was made, or amended. */
    void made(Verdict verdict);
}
