package io.tradingecosystem.audit.peer;

import io.tradingecosystem.audit.settings.PeerPolicy;

/**
 * How many further attempts a peer can be asked to bear: each call saves a part of one, each
 * further attempt spends one, and no more than a burst can be saved. So a peer that fails every
 * call gets a tenth more of them and not three times as many. Thread-safe.
 *
 * <p>A token bucket after Finagle's {@code RetryBudget}.
 */
final class RetryBudget {
    private final double perCall;
    private final double burst;
    private double saved;

    RetryBudget(PeerPolicy.Retry policy) {
        this.perCall = policy.budget();
        this.burst = policy.burst();
        this.saved = burst;
    }

    /** A call begins. */
    synchronized void save() {
        saved = Math.min(burst, saved + perCall);
    }

    /** Takes a further attempt, if there is one. */
    synchronized boolean spend() {
        // A sum of tenths falls short of one by less than this.
        if (saved < 1 - 1e-9) {
            return false;
        }
        saved = Math.max(0, saved - 1);
        return true;
    }
}
