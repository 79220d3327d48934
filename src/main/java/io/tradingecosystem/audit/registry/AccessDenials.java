package io.tradingecosystem.audit.registry;

import io.tradingecosystem.audit.logging.EventLogger;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** What Redis does not allow us; each is said once while it lasts. Thread-safe. */
final class AccessDenials {
    private static final EventLogger LOG = EventLogger.of(AccessDenials.class);

    private final Set<String> denied = ConcurrentHashMap.newKeySet();
    private final RedisAddress redis;

    AccessDenials(RedisAddress redis) {
        this.redis = redis;
    }

    /** Notes whether a kind of command is allowed. */
    void note(String what, Reply<?> reply) {
        if (reply instanceof Reply.Denied<?>) {
            if (denied.add(what)) {
                LOG.warn("registry.denied", "redis", redis, "what", what);
            }
        } else if (denied.remove(what)) {
            LOG.info("registry.allowed", "redis", redis, "what", what);
        }
    }

    Set<String> all() {
        return new TreeSet<>(denied);
    }
}
