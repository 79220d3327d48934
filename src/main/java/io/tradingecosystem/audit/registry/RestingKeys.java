package io.tradingecosystem.audit.registry;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Keys that look like those of records and hold none: they are left alone for a while, so that
 * neither many of them nor large ones cost every refresh anew. Not thread-safe.
 */
final class RestingKeys {
    private static final Duration REST = Duration.ofMinutes(1);

    private final LongSupplier ticker;
    private final Map<String, Rest> resting = new HashMap<>();

    /**
     * @param ticker monotonic time in nanoseconds
     */
    RestingKeys(LongSupplier ticker) {
        this.ticker = ticker;
    }

    void add(String key, String reason) {
        resting.put(key, new Rest(ticker.getAsLong() + REST.toNanos(), reason));
    }

    /** Why a key is left alone, while it is. */
    Optional<String> reason(String key) {
        return Optional.ofNullable(resting.get(key))
                .filter(rest -> rest.until() - ticker.getAsLong() > 0)
                .map(Rest::reason);
    }

    /** Forgets all others. */
    void retain(Collection<String> keys) {
        resting.keySet().retainAll(keys);
        resting.values().removeIf(rest -> rest.until() - ticker.getAsLong() <= 0);
    }

    private record Rest(long until, String reason) {}
}
