package io.tradingecosystem.audit.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.tradingecosystem.audit.problem.ProblemException;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * How many attempts failed in the current minute, by address and by token, so that who guesses is
 * refused without work. The table is bounded: who fails least often is forgotten first.
 * Thread-safe.
 */
final class FailedAttempts {
    /** How many addresses and tokens are remembered. */
    static final int MAX_REMEMBERED = 10_000;

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final int max;
    private final Cache<String, AtomicInteger> failures;

    FailedAttempts(int max, LongSupplier ticker) {
        this.max = max;
        this.failures =
                Caffeine.newBuilder()
                        .maximumSize(MAX_REMEMBERED)
                        .expireAfterWrite(WINDOW)
                        .executor(Runnable::run)
                        .ticker(ticker::getAsLong)
                        .build();
    }

    /**
     * Passes while there were not too many.
     *
     * @throws ProblemException 429 past that
     */
    void require(String address, String token) {
        if (count("address " + address) >= max || count("token " + token) >= max) {
            throw new ProblemException(
                    Denial.TOO_MANY_FAILURES
                            .problem(
                                    "too many attempts have failed within a minute; try again"
                                            + " later.")
                            .retryAfter(WINDOW));
        }
    }

    /** Counts one more. */
    void add(String address, String token) {
        increment("address " + address);
        increment("token " + token);
    }

    /** How many addresses and tokens are remembered now. */
    long size() {
        failures.cleanUp();
        return failures.estimatedSize();
    }

    private int count(String key) {
        AtomicInteger count = failures.getIfPresent(key);
        return count == null ? 0 : count.get();
    }

    private void increment(String key) {
        failures.get(key, unused -> new AtomicInteger()).incrementAndGet();
    }
}
