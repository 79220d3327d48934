package io.tradingecosystem.audit.peer;

import io.tradingecosystem.audit.common.Backoff;
import io.tradingecosystem.audit.settings.PeerPolicy;

import java.util.function.LongSupplier;

/**
 * Whether an instance is to be chosen last because it failed several times in a row, sooner than a
 * breaker would open: for a while that doubles each time. One success ends it. Thread-safe.
 */
final class OutlierEjection {
    private final PeerPolicy.OutlierEjection policy;
    private final LongSupplier ticker;
    private final Backoff backoff;
    private int inRow;
    private boolean out;
    private long until;

    OutlierEjection(PeerPolicy.OutlierEjection policy, LongSupplier ticker) {
        this.policy = policy;
        this.ticker = ticker;
        this.backoff = new Backoff(policy.first(), policy.max());
    }

    synchronized boolean out() {
        if (out && ticker.getAsLong() - until >= 0) {
            out = false;
        }
        return out;
    }

    synchronized void succeeded() {
        inRow = 0;
        backoff.reset();
        out = false;
    }

    /** Failures of calls that began before it stepped out do not make the while longer. */
    synchronized void failed() {
        inRow = Math.min(inRow + 1, policy.after());
        if (inRow >= policy.after() && !out()) {
            until = ticker.getAsLong() + backoff.afterFailure().toNanos();
            out = true;
        }
    }
}
