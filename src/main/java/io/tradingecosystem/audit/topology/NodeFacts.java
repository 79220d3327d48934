package io.tradingecosystem.audit.topology;

import io.tradingecosystem.audit.registry.ServiceInstance;
import io.tradingecosystem.audit.topology.ExpectedTopology.ExpectedNode;
import io.tradingecosystem.audit.topology.Measured.Facts;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What instances say of themselves, or the topology file of them. */
record NodeFacts(List<ServiceInstance> instances, Optional<ExpectedNode> expected) {
    private static final Pattern SECRET =
            Pattern.compile("secret|token|passw|credential|auth|key", Pattern.CASE_INSENSITIVE);
    private static final Pattern METRICS = Pattern.compile("metrics", Pattern.CASE_INSENSITIVE);

    Facts facts(String version, String environment) {
        return new Facts(
                version,
                environment,
                instances.stream()
                        .flatMap(each -> each.registeredAt().stream())
                        .min(Instant::compareTo),
                endpoints("grpc", "", each -> each.grpcPort().stream().boxed()),
                endpoints("http", "http://", each -> each.httpPort().stream().boxed()),
                metrics(),
                configuration());
    }

    private List<String> endpoints(String name, String scheme, Ports ports) {
        List<String> registered =
                instances.stream()
                        .flatMap(
                                each ->
                                        ports.of(each)
                                                .map(port -> scheme + host(each) + ":" + port))
                        .sorted()
                        .distinct()
                        .toList();
        return registered.isEmpty() ? ofFile(name, scheme) : registered;
    }

    private static String host(ServiceInstance instance) {
        return instance.host().contains(":") ? "[" + instance.host() + "]" : instance.host();
    }

    private List<String> ofFile(String name, String scheme) {
        return expected.stream()
                .flatMap(each -> Stream.ofNullable(each.endpoints().get(name)))
                .filter(each -> !each.isEmpty())
                .map(each -> each.contains("://") ? each : scheme + each)
                .toList();
    }

    private List<String> metrics() {
        return Stream.concat(
                        metadata()
                                .filter(each -> METRICS.matcher(each.getKey()).find())
                                .map(Map.Entry::getValue),
                        ofFile("metrics", "").stream())
                .filter(each -> !each.isEmpty())
                .sorted()
                .distinct()
                .toList();
    }

    private Map<String, String> configuration() {
        Map<String, String> all = new TreeMap<>();
        metadata()
                .filter(each -> !SECRET.matcher(each.getKey().toLowerCase(Locale.ROOT)).find())
                .forEach(each -> all.putIfAbsent(each.getKey(), each.getValue()));
        return all;
    }

    private Stream<Map.Entry<String, String>> metadata() {
        return instances.stream().flatMap(each -> each.metadata().entrySet().stream());
    }

    private interface Ports {
        Stream<Integer> of(ServiceInstance instance);
    }
}
