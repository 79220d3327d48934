package io.tradingecosystem.audit.event;

import io.tradingecosystem.audit.common.Uuids;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Makes event ids: UUIDs of version 7 (RFC 9562, section 5.7), each greater than the one before.
 * The 12 bits behind the milliseconds count within one millisecond (section 6.2, method 1); when
 * they run over, or the clock steps back, the ids run ahead of the clock instead of repeating.
 * Thread-safe.
 */
public final class EventIds {
    private static final int COUNTER_BITS = 12;

    private final InstantSource clock;
    private final LongSupplier random;
    private final AtomicLong last = new AtomicLong();

    /**
     * Makes ids from a clock and a source of random bits.
     *
     * @param clock tells the milliseconds
     * @param random gives 64 random bits at a time; thread-safe
     */
    public EventIds(InstantSource clock, LongSupplier random) {
        this.clock = clock;
        this.random = random;
    }

    /** The next id. */
    public String next() {
        long now = clock.millis() << COUNTER_BITS;
        long tick = last.updateAndGet(before -> Math.max(before + 1, now));
        long high = ((tick >>> COUNTER_BITS) << 16) | (tick & ((1L << COUNTER_BITS) - 1));
        return Uuids.of(7, high, random.getAsLong()).toString();
    }
}
