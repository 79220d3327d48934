package io.tradingecosystem.audit.settings;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The HTTP listener.
 *
 * @param host the address it binds
 * @param port the port it binds; 0 lets the system choose
 * @param maxBodySize the largest request body taken, in bytes, where a route sets no bound of its
 *     own
 * @param maxInboundMemory for the bodies of all requests, in bytes as they come and, twice, after
 *     decompression
 * @param maxConnections the maximum of connections; more wait to be accepted
 * @param maxConcurrentRequests the most requests that run at once; more are refused with 503
 * @param idleTimeout how long a connection may be silent between requests
 * @param headTimeout how long the head of a request may take: the first one since the connection
 *     was accepted, TLS handshake included, a later one since its first byte
 * @param bodyTimeout how long a body may bring nothing
 * @param writeTimeout how long a client may take nothing of what is written to it
 * @param corsOrigins the origins whose pages may call, such as {@code https://ui.example}; {@code
 *     *} for all
 * @param tls TLS, off by default
 */
public record HttpSettings(
        String host,
        int port,
        long maxBodySize,
        long maxInboundMemory,
        int maxConnections,
        int maxConcurrentRequests,
        Duration idleTimeout,
        Duration headTimeout,
        Duration bodyTimeout,
        Duration writeTimeout,
        List<String> corsOrigins,
        TlsSettings tls) {

    private static final Pattern ORIGIN = Pattern.compile("\\*|https?://[^/\\s]+");

    /** Copies the list. */
    public HttpSettings {
        corsOrigins = List.copyOf(corsOrigins);
    }

    /** Where it is on a port, seen from this machine, such as {@code http://localhost:8083}. */
    public String address(int boundPort) {
        boolean everywhere = Set.of("0.0.0.0", "::", "127.0.0.1", "::1").contains(host);
        String seen = everywhere ? "localhost" : host.contains(":") ? "[" + host + "]" : host;
        return (tls.enabled() ? "https://" : "http://") + seen + ":" + boundPort;
    }

    static HttpSettings from(Section section) {
        return new HttpSettings(
                section.text("host", "0.0.0.0"),
                section.integer("port", 8083, 0, 65_535),
                section.bytes("max-body-size", 1L << 20, 1L << 10, 1L << 30),
                section.bytes("max-inbound-memory", 48L << 20, 1L << 20, 1L << 40),
                section.integer("max-connections", 4_096, 1, 1_000_000),
                section.integer("max-concurrent-requests", 2_048, 1, 1_000_000),
                section.duration(
                        "idle-timeout",
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(1),
                        Duration.ofDays(1)),
                wait(section, "head-timeout", 10),
                wait(section, "body-timeout", 30),
                wait(section, "write-timeout", 30),
                origins(section),
                TlsSettings.from(section.section("tls")));
    }

    private static List<String> origins(Section section) {
        List<String> origins = section.texts("cors-origins", List.of());
        for (String origin : origins) {
            if (!ORIGIN.matcher(origin).matches()) {
                section.problem("cors-origins", origin, "*, or an origin like https://ui:8443");
            }
        }
        return origins;
    }

    private static Duration wait(Section section, String name, int seconds) {
        return section.duration(
                name, Duration.ofSeconds(seconds), Duration.ofMillis(100), Duration.ofDays(1));
    }
}
