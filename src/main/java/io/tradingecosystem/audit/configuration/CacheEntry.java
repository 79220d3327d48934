package io.tradingecosystem.audit.configuration;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** One key: what is known of it, and the one load that may be under way. Thread-safe. */
final class CacheEntry {
    private final String key;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile CachedValue cached;
    private Optional<InFlightLoad> running = Optional.empty();

    CacheEntry(String key, CachedValue cached) {
        this.key = key;
        this.cached = cached;
    }

    String key() {
        return key;
    }

    CachedValue cached() {
        return cached;
    }

    /**
     * Starts a load if none is under way and what is known makes it wanted.
     *
     * @param wanted asked under the lock, so that who comes after the end of a load sees its result
     *     and does not start another
     * @param learned runs once the outcome is known, before anybody who waits for the load goes on
     * @return the load that is under way
     */
    InFlightLoad load(
            Predicate<CachedValue> wanted,
            UnaryOperator<CachedValue> work,
            Runnable learned,
            Executor executor) {
        lock.lock();
        try {
            if (running.isPresent()) {
                return running.get();
            }
            if (!wanted.test(cached)) {
                return InFlightLoad.NONE;
            }
            InFlightLoad load = new InFlightLoad();
            try {
                executor.execute(() -> run(work, learned, load));
            } catch (RejectedExecutionException e) {
                // Closed: what is known is all there will be.
                return InFlightLoad.NONE;
            }
            running = Optional.of(load);
            return load;
        } finally {
            lock.unlock();
        }
    }

    private void run(UnaryOperator<CachedValue> work, Runnable learned, InFlightLoad load) {
        CachedValue next = cached;
        try {
            next = work.apply(next);
        } finally {
            lock.lock();
            try {
                cached = next;
                running = Optional.empty();
            } finally {
                lock.unlock();
            }
            learned.run();
            load.end();
        }
    }
}
