package io.tradingecosystem.audit.access;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A token bucket that lends: whatever is asked for is given while anything is left, and what was
 * given beyond that is owed. So no batch is too large to be taken ever, and the rate holds all the
 * same. Kept as the time at which the bucket is full again (the generic cell rate algorithm, ITU-T
 * I.371). Thread-safe, without a lock.
 */
final class TokenBucket {
    /** Gives everything. */
    static final TokenBucket UNLIMITED =
            new TokenBucket(Long.MAX_VALUE, OptionalLong.empty(), Duration.ZERO, () -> 0);

    private static final double NANOS = Duration.ofSeconds(1).toNanos();

    private final long capacity;
    private final double nanosEach;
    private final long burst;
    private final LongSupplier ticker;
    private final AtomicLong fullAt;

    private TokenBucket(
            long capacity, OptionalLong perSecond, Duration burst, LongSupplier ticker) {
        this.capacity = capacity;
        this.nanosEach = perSecond.isEmpty() ? 0 : NANOS / perSecond.getAsLong();
        this.burst = burst.toNanos();
        this.ticker = ticker;
        this.fullAt = new AtomicLong(ticker.getAsLong());
    }

    /**
     * A full bucket; an unlimited one if there is no rate.
     *
     * @param burst in how much time it fills
     */
    static TokenBucket of(OptionalLong perSecond, Duration burst, LongSupplier ticker) {
        if (perSecond.isEmpty()) {
            return UNLIMITED;
        }
        double capacity = perSecond.getAsLong() * (burst.toNanos() / NANOS);
        return new TokenBucket(Math.max(1, (long) capacity), perSecond, burst, ticker);
    }

    /** How much is in it when it is full. */
    long capacity() {
        return capacity;
    }

    /** How long it takes until something is left; nothing if something is. */
    Duration owed() {
        return nanosEach == 0 ? Duration.ZERO : owed(ahead(fullAt.get(), ticker.getAsLong()));
    }

    /** Gives as much if something is left; else gives nothing, and how long that takes. */
    Duration take(long amount) {
        if (nanosEach == 0) {
            return Duration.ZERO;
        }
        while (true) {
            long now = ticker.getAsLong();
            long before = fullAt.get();
            long ahead = ahead(before, now);
            if (ahead >= burst) {
                return owed(ahead);
            }
            if (fullAt.compareAndSet(before, now + ahead + nanos(amount))) {
                return Duration.ZERO;
            }
        }
    }

    /** Gives as much in any case. */
    void charge(long amount) {
        if (nanosEach > 0) {
            long now = ticker.getAsLong();
            fullAt.updateAndGet(before -> now + ahead(before, now) + nanos(amount));
        }
    }

    private Duration owed(long ahead) {
        return ahead < burst ? Duration.ZERO : Duration.ofNanos(ahead - burst + 1);
    }

    private long nanos(long amount) {
        return (long) Math.ceil(amount * nanosEach);
    }

    private static long ahead(long fullAt, long now) {
        return Math.max(0, fullAt - now);
    }
}
