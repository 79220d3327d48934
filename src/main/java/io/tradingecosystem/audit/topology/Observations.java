package io.tradingecosystem.audit.topology;

import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.peer.PeerState;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.registry.InstanceFilter;
import io.tradingecosystem.audit.registry.Lookup;
import io.tradingecosystem.audit.registry.ServiceInstance;
import io.tradingecosystem.audit.registry.ServiceRegistry;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What there is to see, and for a while what there was. What is remembered is bounded. Used by one
 * thread at a time.
 */
final class Observations {
    private static final int MAX_REMEMBERED = 4_000;

    private final ServiceRegistry registry;
    private final Supplier<List<PeerState>> peers;
    private final Participant own;
    private final TopologyFile file;
    private final RecentTraffic traffic;
    private final Duration forgetAfter;
    private final Map<Participant, Instant> registered = new HashMap<>();
    private final Map<Participant, Sighting> nodes = new HashMap<>();
    private final Map<Hop, Sighting> hops = new HashMap<>();
    private volatile Optional<String> problem = Optional.empty();
    private volatile long leftOut;
    private volatile List<Omission> unmeasured = List.of();
    private long forgotten;

    Observations(
            ServiceRegistry registry,
            Supplier<List<PeerState>> peers,
            Participant own,
            TopologyFile file,
            RecentTraffic traffic,
            Duration forgetAfter) {
        this.registry = registry;
        this.peers = peers;
        this.own = own;
        this.file = file;
        this.traffic = traffic;
        this.forgetAfter = forgetAfter;
    }

    /** Looks. */
    Seen seen(Instant now) {
        traffic.read(now);
        Lookup lookup = registry.instances(InstanceFilter.any());
        Map<Participant, Traffic> nodeTraffic = traffic.nodes(now);
        Map<Hop, Traffic> hopTraffic = traffic.hops(now);
        forgotten = 0;
        forget(now.minus(forgetAfter));
        remember(nodes, nodeTraffic);
        remember(hops, hopTraffic);
        ExpectedTopology expected = file.read();
        problem = file.problem();
        leftOut = traffic.leftOut() + forgotten;
        unmeasured = traffic.incomplete(now);
        return new Seen(
                lookup.instances(),
                lookup.stale(),
                left(lookup, now),
                peers.get(),
                Optional.of(own),
                nodes,
                hops,
                nodeTraffic,
                hopTraffic,
                expected,
                now);
    }

    private void forget(Instant before) {
        registered.values().removeIf(before::isAfter);
        nodes.values().removeIf(each -> each.last().isBefore(before));
        hops.values().removeIf(each -> each.last().isBefore(before));
    }

    private <K> void remember(Map<K, Sighting> known, Map<K, Traffic> traffic) {
        traffic.forEach(
                (key, each) -> {
                    Sighting before = known.get(key);
                    if (before != null) {
                        known.put(key, before.and(each.last()));
                    } else if (known.size() < MAX_REMEMBERED) {
                        known.put(key, new Sighting(each.last(), each.last()));
                    } else {
                        forgotten++;
                    }
                });
    }

    /** Those that the registry had, and has not any more though it answers. */
    private Map<Participant, Instant> left(Lookup lookup, Instant now) {
        Set<Participant> present = new HashSet<>();
        for (ServiceInstance instance : lookup.instances()) {
            Participant participant = StructureBuilder.participant(instance);
            present.add(participant);
            if (registered.size() < MAX_REMEMBERED || registered.containsKey(participant)) {
                registered.put(participant, now);
            } else {
                forgotten++;
            }
        }
        Map<Participant, Instant> left = new HashMap<>(registered);
        left.keySet().removeAll(present);
        return left;
    }

    Duration measured(Instant now) {
        return traffic.measured(now);
    }

    /** Why the topology file does not count, if it does not. */
    Optional<String> problem() {
        return problem;
    }

    /** What was not measured, or may have been found no links of, when it was looked last. */
    List<Omission> unmeasured() {
        return unmeasured;
    }

    /** How far links have come. */
    Progress linked() {
        return traffic.linked();
    }

    /** How much did not count, as too many take part. */
    long leftOut() {
        return leftOut;
    }
}
