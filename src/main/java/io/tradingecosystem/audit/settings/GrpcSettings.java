package io.tradingecosystem.audit.settings;

import java.time.Duration;

/**
 * The gRPC listener.
 *
 * @param host the address it binds
 * @param port the port it binds; 0 lets the system choose
 * @param engine what speaks gRPC behind the listener
 * @param reflection whether clients may ask for the protos
 * @param maxMessageSize the largest message taken, in bytes after decompression
 * @param maxInboundMemory for the messages of all calls, in bytes as they come and after
 *     decompression; the {@code helidon} engine does not count them
 * @param maxMetadataSize the largest request headers taken, in bytes
 * @param maxConcurrentStreams the most calls in flight on one connection
 * @param maxConcurrentCalls the most calls in flight on all connections; more are refused
 * @param maxConnections the most connections; more wait to be accepted
 * @param flowControlWindow how many unread bytes a caller may send ahead per stream
 * @param permitPingAfter the shortest time between a client's pings; faster ones are refused
 * @param pingAfter silence after which the server pings the client
 * @param pingTimeout how long the client may take to answer before it counts as gone
 * @param handshakeTimeout how long a new connection may take to say that it speaks HTTP/2, TLS
 *     handshake included
 * @param writeTimeout how long a client may take nothing of what is written to it
 * @param idleTimeout how long a connection may be without a call
 * @param tls TLS, off by default
 */
public record GrpcSettings(
        String host,
        int port,
        Engine engine,
        boolean reflection,
        int maxMessageSize,
        long maxInboundMemory,
        int maxMetadataSize,
        int maxConcurrentStreams,
        int maxConcurrentCalls,
        int maxConnections,
        int flowControlWindow,
        Duration permitPingAfter,
        Duration pingAfter,
        Duration pingTimeout,
        Duration handshakeTimeout,
        Duration writeTimeout,
        Duration idleTimeout,
        TlsSettings tls) {

    /** What speaks gRPC. */
    public enum Engine {
        /** grpc-java's transport: keeps to the whole of gRPC. */
        GRPC_JAVA,
        /**
         * Helidon's own: for those who want Helidon only; http-and-grpc.md says what it cannot do.
         */
        HELIDON
    }

    static GrpcSettings from(Section section) {
        return new GrpcSettings(
                section.text("host", "0.0.0.0"),
                section.integer("port", 9093, 0, 65_535),
                section.choice("engine", Engine.GRPC_JAVA),
                section.flag("reflection", true),
                size(section, "max-message-size", 16L << 20, 1L << 10, 1L << 30),
                section.bytes("max-inbound-memory", 48L << 20, 1L << 20, 1L << 40),
                size(section, "max-metadata-size", 16L << 10, 1L << 10, 1L << 20),
                section.integer("max-concurrent-streams", 1_000, 1, 1_000_000),
                section.integer("max-concurrent-calls", 10_000, 1, 10_000_000),
                section.integer("max-connections", 4_096, 1, 1_000_000),
                size(section, "flow-control-window", 1L << 20, 65_535, 1L << 28),
                duration(section, "permit-ping-after", 10),
                duration(section, "ping-after", 60),
                duration(section, "ping-timeout", 20),
                duration(section, "handshake-timeout", 10),
                duration(section, "write-timeout", 30),
                duration(section, "idle-timeout", 3_600),
                TlsSettings.from(section.section("tls")));
    }

    private static int size(Section section, String name, long otherwise, long min, long max) {
        return Math.toIntExact(section.bytes(name, otherwise, min, max));
    }

    private static Duration duration(Section section, String name, int seconds) {
        return section.duration(
                name, Duration.ofSeconds(seconds), Duration.ofSeconds(1), Duration.ofDays(1));
    }
}
