package io.tradingecosystem.audit.topology;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node or an edge with what is known of it beside what it is. Immutable.
 *
 * @param traffic what was measured; empty if nothing was
 * @param firstSeen when it was seen for the first time since the service started
 * @param lastSeen when it was seen for the last time, in the registry or by an event
 * @param facts what the registry or the file says of a node; empty for edges
 * @param <T> {@link Node} or {@link Edge}
 */
public record Measured<T>(
        T value,
        Optional<Traffic> traffic,
        Optional<Instant> firstSeen,
        Optional<Instant> lastSeen,
        Facts facts) {
    public Measured {
        requireNonNull(value, "value is null");
        requireNonNull(traffic, "traffic is null");
        requireNonNull(firstSeen, "firstSeen is null");
        requireNonNull(lastSeen, "lastSeen is null");
        requireNonNull(facts, "facts is null");
    }

    /**
     * What a node says of itself, or the file of it.
     *
     * @param version empty if it is not told
     * @param environment empty if it is not told
     * @param startedAt when it began to announce itself, by its own clock
     * @param grpc where it speaks gRPC, as {@code HOST:PORT}
     * @param http where it speaks HTTP, as {@code http://HOST:PORT}
     * @param metrics where its metrics are
     * @param configuration what it tells beside, without what may be a secret
     */
    public record Facts(
            String version,
            String environment,
            Optional<Instant> startedAt,
            List<String> grpc,
            List<String> http,
            List<String> metrics,
            Map<String, String> configuration) {
        static final Facts NONE =
                new Facts("", "", Optional.empty(), List.of(), List.of(), List.of(), Map.of());

        public Facts {
            grpc = List.copyOf(grpc);
            http = List.copyOf(http);
            metrics = List.copyOf(metrics);
            configuration = Map.copyOf(configuration);
        }
    }
}
