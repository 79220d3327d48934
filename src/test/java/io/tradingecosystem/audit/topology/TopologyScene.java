package io.tradingecosystem.audit.topology;

import io.tradingecosystem.audit.registry.ServiceInstance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was seen, as a test says it. */
final class TopologyScene {
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    static final Duration FORGET = Duration.ofMinutes(15);

    final List<ServiceInstance> instances = new ArrayList<>();
    final Map<Participant, Instant> left = new HashMap<>();
    final Map<Participant, Sighting> nodes = new HashMap<>();
    final Map<Hop, Sighting> hops = new HashMap<>();
    final Map<Participant, Traffic> nodeTraffic = new HashMap<>();
    final Map<Hop, Traffic> hopTraffic = new HashMap<>();
    ExpectedTopology expected = ExpectedTopology.NOTHING;
    boolean stale;

    TopologyScene registered(String service, String instance) {
        instances.add(instance(service, instance).build());
        return this;
    }

    static ServiceInstance.Builder instance(String service, String instance) {
        return ServiceInstance.builder(service, instance, "10.0.0.1").grpcPort(9090);
    }

    TopologyScene event(String service, String instance) {
        Participant participant = Participant.of(service, instance);
        nodes.put(participant, new Sighting(NOW.minusSeconds(60), NOW));
        nodeTraffic.put(participant, traffic(1, 0));
        return this;
    }

    TopologyScene went(Hop hop, long count, long errors) {
        hops.put(hop, new Sighting(NOW.minusSeconds(60), NOW));
        hopTraffic.put(hop, traffic(count, errors));
        return this;
    }

    static Traffic traffic(long count, long errors) {
        return new Traffic(
                count,
                errors,
                count,
                errors,
                Duration.ofMinutes(5),
                Optional.of(Duration.ofMillis(1)),
                Optional.of(Duration.ofMillis(2)),
                NOW,
                NOW,
                List.of());
    }

    Structure structure() {
        return StructureBuilder.of(
                new Seen(
                        instances,
                        stale,
                        left,
                        List.of(),
                        Optional.empty(),
                        nodes,
                        hops,
                        nodeTraffic,
                        hopTraffic,
                        expected,
                        NOW),
                FORGET);
    }
}
