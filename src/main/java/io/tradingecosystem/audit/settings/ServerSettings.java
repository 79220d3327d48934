package io.tradingecosystem.audit.settings;

import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The two doors and how they close.
 *
 * @param http the HTTP listener
 * @param grpc the gRPC listener
 * @param drainDelay how long requests are still served as usual after health has turned to not
 *     serving, so that load balancers notice
 * @param shutdownGrace how long requests in flight may go on after that; new ones are refused
 */
public record ServerSettings(
        HttpSettings http, GrpcSettings grpc, Duration drainDelay, Duration shutdownGrace) {

    private static final Set<String> ANY = Set.of("0.0.0.0", "::");

    /** The shortest time that a listener waits for a slow peer. */
    public Duration minWait() {
        return Stream.of(
                        http.headTimeout(),
                        http.bodyTimeout(),
                        http.writeTimeout(),
                        grpc.handshakeTimeout(),
                        grpc.writeTimeout())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static boolean overlap(String one, String other) {
        return one.equals(other) || ANY.contains(one) || ANY.contains(other);
    }

    static ServerSettings from(Section section) {
        HttpSettings http = HttpSettings.from(section.section("http"));
        GrpcSettings grpc = GrpcSettings.from(section.section("grpc"));
        if (http.port() != 0 && http.port() == grpc.port() && overlap(http.host(), grpc.host())) {
            section.problem(
                    "grpc.port",
                    Integer.toString(grpc.port()),
                    "a port of its own; server.http.port is the same");
        }
        return new ServerSettings(
                http,
                grpc,
                section.duration("drain-delay", Duration.ZERO, Duration.ZERO, Duration.ofHours(1)),
                section.duration(
                        "shutdown-grace",
                        Duration.ofSeconds(30),
                        Duration.ZERO,
                        Duration.ofHours(1)));
    }
}
