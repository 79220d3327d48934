package io.tradingecosystem.audit.neighbours;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.common.Limit;
import io.tradingecosystem.audit.egress.EgressPolicy;
import io.tradingecosystem.audit.egress.Refusal;
import io.tradingecosystem.audit.registry.InstanceFilter;
import io.tradingecosystem.audit.registry.Layout;
import io.tradingecosystem.audit.registry.Lookup;
import io.tradingecosystem.audit.registry.Protocol;
import io.tradingecosystem.audit.registry.ServiceInstance;
import io.tradingecosystem.audit.registry.ServiceRegistry;
import io.tradingecosystem.audit.server.http.QueryParameters;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Who is where, as JSON: {@code GET /?service=&healthy=&version=&environment=&protocol=&limit=} and
 * {@code metadata.NAME=}; all conditions must hold.
 */
public final class RegistryRoutes implements HttpService {
    private static final String METADATA = "metadata.";
    private static final String[] KNOWN = {
        "service", "healthy", "version", "environment", "protocol", "limit", METADATA + "*"
    };

    /** How many instances may be asked for, over gRPC too. */
    static final Limit LIMIT = new Limit(1_000, 10_000);

    private final ServiceRegistry registry;
    private final EgressPolicy egress;
    private final InstantSource clock;

    /** Shows what the registry knows, and what of it is not called. */
    public RegistryRoutes(ServiceRegistry registry, EgressPolicy egress, InstantSource clock) {
        this.registry = registry;
        this.egress = egress;
        this.clock = clock;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", this::services);
    }

    private void services(ServerRequest request, ServerResponse response) {
        QueryParameters query = QueryParameters.of(request, KNOWN);
        InstanceFilter filter = filter(query);
        int limit = query.limit(LIMIT);
        String service = query.text("service");
        Lookup lookup =
                service.isEmpty()
                        ? registry.instances(filter)
                        : registry.instances(service, filter);
        response.header(HeaderValues.CONTENT_TYPE_JSON)
                .send(Json.line(document(lookup, limit, clock.instant())));
    }

    private static InstanceFilter filter(QueryParameters query) {
        InstanceFilter filter =
                query.flag("healthy", false) ? InstanceFilter.healthy() : InstanceFilter.any();
        if (!query.text("version").isEmpty()) {
            filter = filter.withVersion(query.text("version"));
        }
        if (!query.text("environment").isEmpty()) {
            filter = filter.withEnvironment(query.text("environment"));
        }
        for (Map.Entry<String, String> wanted : query.startingWith(METADATA).entrySet()) {
            filter = filter.withMetadata(wanted.getKey(), wanted.getValue());
        }
        return query.choice("protocol", Protocol.class).map(filter::withProtocol).orElse(filter);
    }

    private Document document(Lookup lookup, int limit, Instant now) {
        Map<String, List<Entry>> services = new TreeMap<>();
        lookup.instances().stream()
                .limit(limit)
                .forEach(
                        each ->
                                services.computeIfAbsent(each.service(), s -> new ArrayList<>())
                                        .add(Entry.of(each, egress.refusal(each.host()), now)));
        return new Document(
                services,
                lookup.instances().size(),
                lookup.instances().size() > limit || lookup.unread() > 0,
                lookup.unread(),
                lookup.stale(),
                lookup.asOf(),
                seconds(lookup.age(now)));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /** The whole answer. */
    private record Document(
            Map<String, List<Entry>> services,
            int count,
            boolean truncated,
            int unread,
            boolean stale,
            Instant asOf,
            double ageSeconds) {}

    /** One instance. */
    private record Entry(
            String instance,
            String version,
            String host,
            OptionalInt httpPort,
            OptionalInt grpcPort,
            String status,
            boolean healthy,
            String environment,
            Map<String, String> metadata,
            Optional<Instant> registeredAt,
            Optional<Instant> lastSeen,
            Optional<Double> ageSeconds,
            List<Layout> layouts,
            List<ServiceInstance.Flag> flags,
            Optional<Refusal> refused) {
        static Entry of(ServiceInstance instance, Optional<Refusal> refused, Instant now) {
            return new Entry(
                    instance.id(),
                    instance.version(),
                    instance.host(),
                    instance.httpPort(),
                    instance.grpcPort(),
                    instance.status(),
                    instance.healthy(),
                    instance.environment(),
                    instance.metadata(),
                    instance.registeredAt(),
                    instance.lastSeen(),
                    instance.age(now).map(RegistryRoutes::seconds),
                    instance.layouts().stream().sorted().toList(),
                    instance.flags().stream().sorted().toList(),
                    refused);
        }
    }
}
