package io.tradingecosystem.audit.peer;

import io.tradingecosystem.audit.settings.PeerPolicy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * The circuit breaker of one instance: after too many failures among its latest calls it is left
 * alone for a while, then tried. Thread-safe.
 *
 * <p>Helidon's was not fit here (4.3.1): it counts what it is to skip as a success, so that a
 * caller who gives up while it is half open closes it; it opens half by a sleeping thread and not
 * by a clock that a test can set; and it says nothing of the time that is left, which goes into
 * {@code Retry-After}.
 */
final class Breaker {
    private final LongSupplier ticker;
    private final BiConsumer<BreakerState, BreakerState> onChange;
    private final ReentrantLock lock = new ReentrantLock();
    private BreakerPhase phase;

    /**
     * @param ticker monotonic time in nanoseconds
     * @param onChange hears the former state and the new one; must not block
     */
    Breaker(
            PeerPolicy.Breaker policy,
            LongSupplier ticker,
            BiConsumer<BreakerState, BreakerState> onChange) {
        this.ticker = ticker;
        this.onChange = onChange;
        this.phase = new BreakerPhase.Closed(policy);
    }

    /** Whether a call would be let through now. */
    boolean admits() {
        lock.lock();
        try {
            return now().admits();
        } finally {
            lock.unlock();
        }
    }

    /** Lets a call through, or not. */
    Optional<Permit> tryAcquire() {
        lock.lock();
        try {
            BreakerPhase current = now();
            if (!current.admits()) {
                return Optional.empty();
            }
            current.admit();
            return Optional.of(new Permit(current));
        } finally {
            lock.unlock();
        }
    }

    BreakerState state() {
        lock.lock();
        try {
            return now().state();
        } finally {
            lock.unlock();
        }
    }

    /** The time until calls are tried again; zero unless open. */
    Duration untilTrial() {
        lock.lock();
        try {
            return now() instanceof BreakerPhase.Open open
                    ? Duration.ofNanos(open.left(ticker.getAsLong()))
                    : Duration.ZERO;
        } finally {
            lock.unlock();
        }
    }

    private BreakerPhase now() {
        enter(phase.at(ticker.getAsLong()));
        return phase;
    }

    private void enter(BreakerPhase next) {
        BreakerPhase before = phase;
        phase = next;
        if (before != next) {
            onChange.accept(before.state(), next.state());
        }
    }

    /** A call that was let through. */
    final class Permit {
        private final BreakerPhase admitted;

        private Permit(BreakerPhase admitted) {
            this.admitted = admitted;
        }

        /** Whether this call is one that finds out whether the instance works again. */
        boolean trial() {
            return admitted.state() == BreakerState.HALF_OPEN;
        }

        /** Ends the call, once. What began in an earlier phase says nothing about this one. */
        void end(Outcome outcome) {
            lock.lock();
            try {
                if (phase == admitted) {
                    enter(phase.after(outcome, ticker.getAsLong()));
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
