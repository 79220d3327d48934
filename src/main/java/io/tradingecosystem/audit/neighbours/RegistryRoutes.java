package io.tradingecosystem.audit.neighbours;

import io.helidon.common.parameters.Parameters;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.registry.InstanceFilter;
import io.tradingecosystem.audit.registry.Layout;
import io.tradingecosystem.audit.registry.Lookup;
import io.tradingecosystem.audit.registry.Protocol;
import io.tradingecosystem.audit.registry.ServiceInstance;
import io.tradingecosystem.audit.registry.ServiceRegistry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who is where, as JSON: {@code GET /?service=&healthy=&version=&environment=&protocol=&limit=} and
 * {@code metadata.NAME=}; all conditions must hold.
 */
public final class RegistryRoutes implements HttpService {
    private static final String METADATA = "metadata.";
    private static final Set<String> KNOWN =
            Set.of("service", "healthy", "version", "environment", "protocol", "limit");
    private static final int DEFAULT_LIMIT = 1_000;
    private static final int HIGHEST_LIMIT = 10_000;

    private final ServiceRegistry registry;
    private final InstantSource clock;

    /** Shows what the registry knows. */
    public RegistryRoutes(ServiceRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", this::services);
    }

    /** The answer to a caller that asks for {@code asked} instances. */
    static int limit(int asked) {
        return asked <= 0 ? DEFAULT_LIMIT : Math.min(asked, HIGHEST_LIMIT);
    }

    private void services(ServerRequest request, ServerResponse response) {
        Parameters query = request.query();
        InstanceFilter filter = filter(query);
        Optional<String> service = value(query, "service");
        Lookup lookup =
                service.map(name -> registry.instances(name, filter))
                        .orElseGet(() -> registry.instances(filter));
        int limit = limit(value(query, "limit").map(RegistryRoutes::number).orElse(0));
        response.header(HeaderValues.CONTENT_TYPE_JSON)
                .send(Json.bytes(document(lookup, limit, clock.instant())));
    }

    private static InstanceFilter filter(Parameters query) {
        InstanceFilter filter =
                value(query, "healthy").map(RegistryRoutes::flag).orElse(false)
                        ? InstanceFilter.healthy()
                        : InstanceFilter.any();
        filter = value(query, "version").map(filter::withVersion).orElse(filter);
        filter = value(query, "environment").map(filter::withEnvironment).orElse(filter);
        filter =
                value(query, "protocol")
                        .map(RegistryRoutes::protocol)
                        .map(filter::withProtocol)
                        .orElse(filter);
        for (String name : query.names()) {
            if (name.startsWith(METADATA)) {
                filter = filter.withMetadata(name.substring(METADATA.length()), query.get(name));
            } else if (!KNOWN.contains(name)) {
                throw invalid(
                        name,
                        "here are service, healthy, version, environment, protocol,"
                                + " limit and metadata.NAME");
            }
        }
        return filter;
    }

    private static Optional<String> value(Parameters query, String name) {
        return query.first(name).asOptional().filter(text -> !text.isBlank());
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid("healthy", "it is true or false");
        };
    }

    private static Protocol protocol(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "http" -> Protocol.HTTP;
            case "grpc" -> Protocol.GRPC;
            default -> throw invalid("protocol", "it is http or grpc");
        };
    }

    private static int number(String text) {
        if (!text.matches("[1-9]\\d{0,4}")) {
            throw invalid("limit", "it is a number from 1 to " + HIGHEST_LIMIT);
        }
        return Integer.parseInt(text);
    }

    private static ProblemException invalid(String parameter, String allowed) {
        return new ProblemException(
                Problem.of(
                        Kind.INVALID,
                        "Query parameter " + parameter + " is not accepted: " + allowed));
    }

    private static Document document(Lookup lookup, int limit, Instant now) {
        Map<String, List<Entry>> services = new TreeMap<>();
        lookup.instances().stream()
                .limit(limit)
                .forEach(
                        each ->
                                services.computeIfAbsent(each.service(), s -> new ArrayList<>())
                                        .add(Entry.of(each, now)));
        return new Document(
                services,
                lookup.instances().size(),
                lookup.instances().size() > limit,
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
            List<ServiceInstance.Flag> flags) {
        static Entry of(ServiceInstance instance, Instant now) {
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
                    instance.flags().stream().sorted().toList());
        }
    }
}
