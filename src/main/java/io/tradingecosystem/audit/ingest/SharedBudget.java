package io.tradingecosystem.audit.ingest;

import io.tradingecosystem.audit.store.LogBusyException;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A budget that nobody takes all of: who has some of it already gets no more in all than {@value
 * #SHARE} times what is left free then (dynamic thresholds, Choudhury and Hahne 1998). So one alone
 * has four fifths, two have four ninths each, and some is there for others whatever they do. What
 * is larger than the budget by itself gets it alone. Thread-safe.
 */
final class SharedBudget {
    private static final int SHARE = 4;
    private static final Duration RETRY_AFTER = Duration.ofMillis(200);

    private final long max;
    private final String unit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Long> shares = new HashMap<>();
    private long now;

    /**
     * @param unit what is counted, as refusals say it
     */
    SharedBudget(long max, String unit) {
        this.max = max;
        this.unit = unit;
    }

    /**
     * Takes some; {@link #leave} gives it back.
     *
     * @param payer whose share it is of; empty for nobody's, who has none
     * @throws LogBusyException if it is not there
     */
    void enter(String payer, long amount) {
        lock.lock();
        try {
            long after = now + amount;
            if (now > 0 && after > max) {
                throw busy("More than %d %s wait for the log already.".formatted(max, unit));
            }
            long before = shares.getOrDefault(payer, 0L);
            if (before > 0 && before + amount > SHARE * (max - after)) {
                throw busy(
                        "%s has its share of the %d %s that may wait for the log."
                                .formatted(payer, max, unit));
            }
            add(payer, amount);
        } finally {
            lock.unlock();
        }
    }

    void leave(String payer, long amount) {
        lock.lock();
        try {
            add(payer, -amount);
        } finally {
            lock.unlock();
        }
    }

    private void add(String payer, long amount) {
        now += amount;
        if (!payer.isEmpty()) {
            shares.merge(payer, amount, Long::sum);
            shares.remove(payer, 0L);
        }
    }

    private static LogBusyException busy(String text) {
        return new LogBusyException(text, RETRY_AFTER);
    }

    long now() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }
}
