package io.tradingecosystem.audit.peer;

import io.tradingecosystem.audit.settings.PeerPolicy;

import java.util.function.LongSupplier;

/**
 * Whether an instance is to be chosen last because it failed several times in a row, sooner than a
 * breaker would open: for a while that doubles each time. One success ends it. Thread-safe.
 */
final class OutlierEjection {
    private static final int HIGHEST_LEVEL = 30;

    private final PeerPolicy.OutlierEjection policy;
    private final LongSupplier ticker;
    private int inRow;
    private int level;
    private boolean out;
    private long until;

    OutlierEjection(PeerPolicy.OutlierEjection policy, LongSupplier ticker) {
        this.policy = policy;
        this.ticker = ticker;
    }

    synchronized boolean out() {
        if (out && ticker.getAsLong() - until >= 0) {
            out = false;
        }
        return out;
    }

    synchronized void succeeded() {
        inRow = 0;
        level = 0;
        out = false;
    }

    /** Failures of calls that began before it stepped out do not make the while longer. */
    synchronized void failed() {
        inRow = Math.min(inRow + 1, policy.after());
        if (inRow >= policy.after() && !out()) {
            long max = policy.max().toNanos();
            long first = Math.min(policy.first().toNanos(), max);
            long time = first > max >> level ? max : first << level;
            level = Math.min(level + 1, HIGHEST_LEVEL);
            until = ticker.getAsLong() + time;
            out = true;
        }
    }
}
