package io.tradingecosystem.audit.registry;

import io.tradingecosystem.audit.logging.EventLogger;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What Redis does not allow us. Each is said when it begins and when it ends, with what to tell
 * Redis. Thread-safe.
 */
final class AccessDenials {
    private static final EventLogger LOG = EventLogger.of(AccessDenials.class);

    private final Set<String> denied = ConcurrentHashMap.newKeySet();
    private final RedisAddress redis;

    AccessDenials(RedisAddress redis) {
        this.redis = redis;
    }

    /** Notes whether a command is allowed on a key of our own. */
    void note(String verb, String key, Reply<?> reply) {
        Count count = new Count(verb, key);
        count.add(reply);
        say(count);
    }

    /** Begins to read keys of others, of which some may be allowed and others not. */
    Round round() {
        return new Round();
    }

    Set<String> all() {
        return new TreeSet<>(denied);
    }

    private void say(Count count) {
        if (count.denied > 0 && denied.add(count.what())) {
            LOG.warn(
                    "registry.denied",
                    "redis",
                    redis,
                    "what",
                    count.what(),
                    "denied",
                    count.denied,
                    "of",
                    count.asked,
                    "remedy",
                    count.remedy(redis.user().orElse("default")));
        } else if (count.denied == 0 && denied.remove(count.what())) {
            LOG.info("registry.allowed", "redis", redis, "what", count.what());
        }
    }

    /** One reading of many keys: of each pattern it is told whether any key is denied. */
    final class Round {
        private final Map<String, Count> counts = new TreeMap<>();

        private Round() {}

        void note(RegistryKey key, Reply<?> reply) {
            counts.computeIfAbsent(key.family(), family -> new Count("read", family)).add(reply);
        }

        void end() {
            counts.values().forEach(AccessDenials.this::say);
        }
    }

    private static final class Count {
        private final String verb;
        private final String pattern;
        private int asked;
        private int denied;
        private String reason = "";

        Count(String verb, String pattern) {
            this.verb = verb;
            this.pattern = pattern;
        }

        void add(Reply<?> reply) {
            asked++;
            if (reply instanceof Reply.Denied<?> denial) {
                denied++;
                reason = denial.reason();
            }
        }

        String what() {
            return verb + " " + pattern;
        }

        /** Redis names the command, if it is that which is not allowed, and never the key. */
        String remedy(String user) {
            int from = reason.indexOf('\'');
            int to = reason.indexOf('\'', from + 1);
            String rule =
                    from >= 0 && to > from
                            ? "+" + reason.substring(from + 1, to)
                            : (verb.equals("read") ? "%R~" : "~") + pattern;
            return "ACL SETUSER " + user + " " + rule;
        }
    }
}
