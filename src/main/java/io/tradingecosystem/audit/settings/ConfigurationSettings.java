package io.tradingecosystem.audit.settings;

import io.tradingecosystem.audit.common.Durations;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where values that can change at run time come from, and how long they are believed.
 *
 * @param address how the configuration service is found
 * @param url its address, without credentials; asked only where {@code address} says so
 * @param path where a key's value is, with {@code {url}}, {@code {key}} and {@code {environment}}
 *     to be filled in
 * @param cacheTtl how long an answer is fresh
 * @param maxStale how long an answer serves on, counted from when it was last confirmed
 * @param unknownTtl how long it is remembered that the service does not know a key
 * @param failureTtl how long a failed load is remembered before the next caller tries again
 * @param timeout for one load, all its attempts together
 * @param connectTimeout for connecting
 * @param attempts how often one load asks before it fails
 * @param maxKeys how many keys are remembered; those least used go first
 * @param maxAnswerSize the largest answer that is read, in bytes
 * @param snapshot the file that keeps answers for the next start; absent means none
 * @param breaker when to stop asking for a while
 * @param defaults values for keys that nobody else knows, by key
 */
public record ConfigurationSettings(
        Address address,
        URI url,
        String path,
        Duration cacheTtl,
        Duration maxStale,
        Duration unknownTtl,
        Duration failureTtl,
        Duration timeout,
        Duration connectTimeout,
        int attempts,
        int maxKeys,
        int maxAnswerSize,
        Optional<Path> snapshot,
        Breaker breaker,
        Map<String, String> defaults) {
    private static final Duration DAY = Duration.ofHours(24);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}?|}");
    private static final Pattern KNOWN = Pattern.compile("\\{(url|key|environment)}");
    private static final Map<String, String> OWN =
            Map.of(
                    "audit.retention_days", "90",
                    "audit.correlation.enabled", "true",
                    "audit.storage.backend", "rocksdb");

    public ConfigurationSettings {
        defaults = Map.copyOf(defaults);
    }

    static ConfigurationSettings from(Section section) {
        Duration ttl =
                section.duration(
                        "cache-ttl",
                        Duration.ofMinutes(5),
                        Duration.ofMillis(100),
                        Duration.ofDays(7));
        return new ConfigurationSettings(
                section.choice("address", Address.URL),
                url(section),
                path(section),
                ttl,
                maxStale(section, ttl),
                upToAnHour(section, "unknown-ttl", Duration.ofSeconds(30)),
                upToAnHour(section, "failure-ttl", Duration.ofSeconds(5)),
                timeout(section, "timeout", Duration.ofSeconds(10)),
                timeout(section, "connect-timeout", Duration.ofSeconds(2)),
                section.integer("attempts", 3, 1, 10),
                section.integer("max-keys", 1_000, 10, 100_000),
                (int) section.bytes("max-answer-size", 64 << 10, 1 << 10, 16 << 20),
                Optional.of(section.text("snapshot", "data/configuration.snapshot"))
                        .filter(name -> !name.isBlank())
                        .map(Path::of),
                Breaker.from(section.section("breaker")),
                section.entries("defaults", OWN));
    }

    private static URI url(Section section) {
        URI url = section.uri("url", URI.create("http://localhost:8090"), "http", "https");
        if (url.getUserInfo() != null || url.getQuery() != null || url.getFragment() != null) {
            section.problem("url", url.toString(), "a URI without credentials, query or fragment");
        }
        return url;
    }

    private static String path(Section section) {
        String path = section.text("path", "{url}/api/v1/configuration/{key}");
        Matcher placeholders = PLACEHOLDER.matcher(path);
        boolean allKnown =
                placeholders.results().allMatch(each -> KNOWN.matcher(each.group()).matches());
        if (!allKnown || !path.startsWith("{url}/") || !path.contains("{key}")) {
            section.problem(
                    "path",
                    path,
                    "a text that begins with {url}/ and has {key}, perhaps {environment}, in it");
        }
        return path;
    }

    private static Duration maxStale(Section section, Duration ttl) {
        Duration max = section.duration("max-stale", DAY, Duration.ZERO, Duration.ofDays(365));
        if (max.compareTo(ttl) < 0) {
            section.problem("max-stale", Durations.format(max), "at least the cache-ttl");
        }
        return max;
    }

    private static Duration upToAnHour(Section section, String name, Duration otherwise) {
        return section.duration(name, otherwise, Duration.ZERO, Duration.ofHours(1));
    }

    private static Duration timeout(Section section, String name, Duration otherwise) {
        return section.duration(name, otherwise, Duration.ofMillis(50), Duration.ofMinutes(5));
    }

    /** How the configuration service is found. */
    public enum Address {
        /** At the address that is set. */
        URL,
        /** In the registry, as {@code configuration-service}. */
        REGISTRY,
        /** Not at all: values come from environment and file only. */
        OFF
    }

    /**
     * When the service is left alone for a while.
     *
     * @param calls how many of the last attempts are looked at
     * @param errorPercent the share of them that must have failed
     * @param delay how long it is left alone before one attempt is allowed
     */
    public record Breaker(int calls, int errorPercent, Duration delay) {
        static Breaker from(Section section) {
            return new Breaker(
                    section.integer("calls", 10, 1, 1_000),
                    section.integer("error-percent", 60, 1, 100),
                    section.duration(
                            "delay",
                            Duration.ofSeconds(5),
                            Duration.ofMillis(10),
                            Duration.ofMinutes(10)));
        }
    }
}
