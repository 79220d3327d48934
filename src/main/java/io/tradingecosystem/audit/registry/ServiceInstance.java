package io.tradingecosystem.audit.registry;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One running copy of a service, as it announced itself. Immutable.
 *
 * <p>The same copy may be written in several layouts; it is one instance with several {@code
 * layouts}, the freshest of which counts.
 *
 * @param service the kind of service, such as {@code risk-monitor}
 * @param id this copy's name, unique within the service
 * @param version what it says it is; empty if it does not say
 * @param host a name or address, never empty and never {@code 0.0.0.0}
 * @param httpPort where it speaks HTTP
 * @param grpcPort where it speaks gRPC
 * @param status as written by the instance; see {@link #healthy()}
 * @param environment such as {@code production}; empty if it does not say
 * @param metadata whatever else it tells
 * @param registeredAt when it started to announce itself, by its own clock
 * @param lastSeen its last heartbeat, by its own clock
 * @param layouts the layouts it was read in
 * @param flags what is special about this record
 */
public record ServiceInstance(
        String service,
        String id,
        String version,
        String host,
        OptionalInt httpPort,
        OptionalInt grpcPort,
        String status,
        String environment,
        Map<String, String> metadata,
        Optional<Instant> registeredAt,
        Optional<Instant> lastSeen,
        Set<Layout> layouts,
        Set<Flag> flags) {

    private static final Set<String> HEALTHY = Set.of("healthy", "active", "up", "serving");

    public ServiceInstance {
        requireNonNull(service, "service is null");
        requireNonNull(id, "id is null");
        requireNonNull(version, "version is null");
        requireNonNull(host, "host is null");
        requireNonNull(httpPort, "httpPort is null");
        requireNonNull(grpcPort, "grpcPort is null");
        requireNonNull(status, "status is null");
        requireNonNull(environment, "environment is null");
        requireNonNull(registeredAt, "registeredAt is null");
        requireNonNull(lastSeen, "lastSeen is null");
        metadata = Map.copyOf(metadata);
        layouts = Set.copyOf(layouts);
        flags = Set.copyOf(flags);
    }

    /** Starts an instance that is healthy, was read in no layout and has no ports yet. */
    public static Builder builder(String service, String id, String host) {
        return new Builder(service, id, host);
    }

    /** True if the status is one of healthy, active, up, serving; in any case. */
    public boolean healthy() {
        return HEALTHY.contains(status) || HEALTHY.contains(status.toLowerCase(Locale.ROOT));
    }

    /** True if this process registered it. */
    public boolean own() {
        return flags.contains(Flag.OURS);
    }

    /** The port for a protocol, if the instance speaks it. */
    public OptionalInt port(Protocol protocol) {
        return switch (protocol) {
            case HTTP -> httpPort;
            case GRPC -> grpcPort;
        };
    }

    /**
     * Time since the last heartbeat; zero if the writer's clock is ahead, empty if it gave no time.
     */
    public Optional<Duration> age(Instant now) {
        return lastSeen.map(
                seen -> seen.isAfter(now) ? Duration.ZERO : Duration.between(seen, now));
    }

    /** A builder with everything of this instance. */
    public Builder toBuilder() {
        Builder builder = new Builder(service, id, host);
        builder.version = version;
        builder.httpPort = httpPort;
        builder.grpcPort = grpcPort;
        builder.status = status;
        builder.environment = environment;
        builder.metadata = metadata;
        builder.registeredAt = registeredAt;
        builder.lastSeen = lastSeen;
        builder.layouts.addAll(layouts);
        builder.flags.addAll(flags);
        return builder;
    }

    /** Whether both are at the same host and ports. */
    boolean hasAddressOf(ServiceInstance other) {
        return host.equals(other.host)
                && httpPort.equals(other.httpPort)
                && grpcPort.equals(other.grpcPort);
    }

    /** What the instance says of itself, without what changes at each heartbeat or reading. */
    ServiceInstance announcement() {
        return new ServiceInstance(
                service,
                id,
                version,
                host,
                httpPort,
                grpcPort,
                status,
                environment,
                metadata,
                registeredAt,
                Optional.empty(),
                Set.of(),
                flags);
    }

    /** What is special about a record. */
    public enum Flag {
        /** The record said {@code 0.0.0.0}; the host is a substitute. */
        ADDRESS_SUBSTITUTED,
        /** This process registered it. */
        OURS
    }

    /** Collects what is known of an instance. Not thread-safe. */
    public static final class Builder {
        private String service;
        private String id;
        private String host;
        private String version = "";
        private OptionalInt httpPort = OptionalInt.empty();
        private OptionalInt grpcPort = OptionalInt.empty();
        private String status = "healthy";
        private String environment = "";
        private Map<String, String> metadata = Map.of();
        private Optional<Instant> registeredAt = Optional.empty();
        private Optional<Instant> lastSeen = Optional.empty();
        private final EnumSet<Layout> layouts = EnumSet.noneOf(Layout.class);
        private final EnumSet<Flag> flags = EnumSet.noneOf(Flag.class);

        private Builder(String service, String id, String host) {
            this.service = service;
            this.id = id;
            this.host = host;
        }

        public Builder service(String service) {
            this.service = service;
            return this;
        }

        public Builder id(String id) {
            this.id = id;
            return this;
        }

        public Builder host(String host) {
            this.host = host;
            return this;
        }

        public Builder version(String version) {
            this.version = version;
            return this;
        }

        public Builder httpPort(int port) {
            this.httpPort = OptionalInt.of(port);
            return this;
        }

        public Builder httpPort(OptionalInt port) {
            this.httpPort = port;
            return this;
        }

        public Builder grpcPort(int port) {
            this.grpcPort = OptionalInt.of(port);
            return this;
        }

        public Builder grpcPort(OptionalInt port) {
            this.grpcPort = port;
            return this;
        }

        public Builder status(String status) {
            this.status = status;
            return this;
        }

        public Builder environment(String environment) {
            this.environment = environment;
            return this;
        }

        public Builder metadata(Map<String, String> metadata) {
            this.metadata = metadata;
            return this;
        }

        public Builder registeredAt(Optional<Instant> registeredAt) {
            this.registeredAt = registeredAt;
            return this;
        }

        public Builder lastSeen(Optional<Instant> lastSeen) {
            this.lastSeen = lastSeen;
            return this;
        }

        public Builder layout(Layout layout) {
            layouts.add(layout);
            return this;
        }

        public Builder flag(Flag flag) {
            flags.add(flag);
            return this;
        }

        public ServiceInstance build() {
            return new ServiceInstance(
                    service,
                    id,
                    version,
                    host,
                    httpPort,
                    grpcPort,
                    status,
                    environment,
                    metadata,
                    registeredAt,
                    lastSeen,
                    layouts,
                    flags);
        }
    }
}
