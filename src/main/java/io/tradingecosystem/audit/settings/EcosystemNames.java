package io.tradingecosystem.audit.settings;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Environment names that every service of the ecosystem understands, by the key they set here. */
final class EcosystemNames {
    static final Map<String, String> BY_KEY =
            Map.ofEntries(
                    Map.entry("service.name", "SERVICE_NAME"),
                    Map.entry("service.instance", "SERVICE_INSTANCE_NAME"),
                    Map.entry("service.version", "SERVICE_VERSION"),
                    Map.entry("service.environment", "ENVIRONMENT"),
                    Map.entry("server.http.port", "HTTP_PORT"),
                    Map.entry("server.grpc.port", "GRPC_PORT"),
                    Map.entry("registry.redis-url", "REDIS_URL"),
                    Map.entry("registry.heartbeat-interval", "HEALTH_CHECK_INTERVAL"),
                    Map.entry("configuration.url", "CONFIGURATION_SERVICE_URL"),
                    Map.entry("configuration.cache-ttl", "CACHE_TTL"),
                    Map.entry("configuration.timeout", "REQUEST_TIMEOUT"),
                    Map.entry("peers.defaults.timeout", "REQUEST_TIMEOUT"),
                    Map.entry("logging.level", "LOG_LEVEL"));

    private EcosystemNames() {}

    /** The names in the environment that set a key. */
    static Stream<String> of(String key) {
        return Stream.concat(
                Stream.of(variable(key)), Optional.ofNullable(BY_KEY.get(key)).stream());
    }

    /** How this service's own environment names a key. */
    static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
