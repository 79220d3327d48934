package io.tradingecosystem.audit.topology;

import io.tradingecosystem.audit.peer.PeerHealth;
import io.tradingecosystem.audit.registry.ServiceInstance;
import io.tradingecosystem.audit.topology.ExpectedTopology.ExpectedNode;
import io.tradingecosystem.audit.topology.Measured.Facts;
import io.tradingecosystem.audit.topology.Node.Status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is gathered of a node. Used by one thread. */
final class NodeDraft {
    private final String id;
    private final Participant participant;
    private final Optional<ExpectedNode> expected;
    private final List<ServiceInstance> instances = new ArrayList<>();
    private final List<PeerHealth> healths = new ArrayList<>();
    private Optional<Instant> left = Optional.empty();
    private Optional<Sighting> seen = Optional.empty();
    private Optional<Instant> event = Optional.empty();
    private Optional<Traffic> traffic = Optional.empty();
    private Optional<Instant> named = Optional.empty();
    private boolean own;

    NodeDraft(String id, Participant participant, Optional<ExpectedNode> expected) {
        this.id = id;
        this.participant = participant;
        this.expected = expected;
    }

    String id() {
        return id;
    }

    /** Whoever calls it named it at a time. */
    void hear(Instant time) {
        named = Optional.of(named.filter(time::isBefore).orElse(time));
    }

    /** It is this service. */
    void own() {
        own = true;
    }

    void register(ServiceInstance instance) {
        instances.add(instance);
    }

    void probe(PeerHealth health) {
        healths.add(health);
    }

    void leave(Instant lastRegistered) {
        left = Optional.of(left.filter(lastRegistered::isBefore).orElse(lastRegistered));
    }

    void see(Sighting sighting) {
        seen = Optional.of(seen.map(before -> merged(before, sighting)).orElse(sighting));
    }

    private static Sighting merged(Sighting one, Sighting other) {
        return new Sighting(
                one.first().isBefore(other.first()) ? one.first() : other.first(),
                one.last().isAfter(other.last()) ? one.last() : other.last());
    }

    void measure(Traffic measured) {
        traffic = Optional.of(traffic.map(before -> before.and(measured)).orElse(measured));
        event = traffic.map(Traffic::last);
    }

    /** The last time at which anything was heard of it; the epoch if only the file has it. */
    Instant lastHeard(Instant now) {
        return instances.isEmpty() && !own
                ? Stream.of(left, seen.map(Sighting::last), event, named)
                        .flatMap(Optional::stream)
                        .max(Instant::compareTo)
                        .orElse(expected.isPresent() ? now : Instant.EPOCH)
                : now;
    }

    Measured<Node> build(boolean stale) {
        Because because = because(stale);
        Node node =
                new Node(
                        id,
                        name(),
                        participant.type(),
                        participant.instance(),
                        because.status(),
                        because.reason(),
                        labels());
        return new Measured<>(node, traffic, seen.map(Sighting::first), lastSeen(), facts());
    }

    private record Because(Status status, String reason) {}

    private Because because(boolean stale) {
        if (own) {
            return new Because(Status.LIVE, "it is this service");
        }
        if (!instances.isEmpty()) {
            return registered();
        }
        boolean gone = left.isPresent() && event.filter(left.get()::isBefore).isEmpty();
        if (gone && !stale) {
            return new Because(Status.DEAD, "it left the registry");
        }
        if (event.isPresent()) {
            return new Because(Status.LIVE, "events of it came lately");
        }
        if (expected.isPresent()) {
            return new Because(Status.DEAD, "the topology file expects it, and it is not there");
        }
        return new Because(Status.UNKNOWN, "no event of it came lately");
    }

    private Because registered() {
        Optional<ServiceInstance> ill = instances.stream().filter(i -> !i.healthy()).findFirst();
        if (ill.isPresent()) {
            return new Because(Status.DEGRADED, "it says that it is " + ill.get().status());
        }
        return healths.stream()
                .filter(NodeDraft::isIll)
                .findFirst()
                .map(each -> new Because(Status.DEGRADED, said(each)))
                .orElse(new Because(Status.LIVE, "it is registered"));
    }

    private static boolean isIll(PeerHealth health) {
        return health.state() == PeerHealth.State.NOT_SERVING
                || health.state() == PeerHealth.State.UNREACHABLE;
    }

    private static String said(PeerHealth health) {
        String state =
                health.state() == PeerHealth.State.UNREACHABLE
                        ? "it does not answer"
                        : "it says that it does not serve";
        return health.detail().isEmpty() ? state : state + ": " + health.detail();
    }

    private String name() {
        return expected.map(ExpectedNode::name)
                .orElse(
                        participant.instance().isEmpty()
                                ? participant.type()
                                : participant.instance());
    }

    private Optional<Instant> lastSeen() {
        return Stream.concat(
                        instances.stream().flatMap(each -> each.lastSeen().stream()),
                        Stream.of(left, event, seen.map(Sighting::last)).flatMap(Optional::stream))
                .max(Instant::compareTo);
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        expected.map(ExpectedNode::category).ifPresent(each -> put(labels, "category", each));
        put(labels, "version", version());
        put(labels, "environment", environment());
        labels.put("source", source());
        return labels;
    }

    private static void put(Map<String, String> labels, String name, String value) {
        if (!value.isEmpty()) {
            labels.put(name, value);
        }
    }

    /** Who told of it: the best of them. */
    private String source() {
        if (own) {
            return "self";
        }
        if (!instances.isEmpty() || left.isPresent()) {
            return "registry";
        }
        if (event.isPresent()) {
            return "events";
        }
        return expected.isPresent() ? "file" : "callers";
    }

    private String version() {
        return instances.stream()
                .map(ServiceInstance::version)
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElse(expected.map(ExpectedNode::version).orElse(""));
    }

    private String environment() {
        return instances.stream()
                .map(ServiceInstance::environment)
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElse("");
    }

    private Facts facts() {
        return new NodeFacts(instances, expected).facts(version(), environment());
    }

    /** How long nothing may be heard of it before it is forgotten; a file's node never is. */
    boolean isForgotten(Instant now, Duration after) {
        return expected.isEmpty() && lastHeard(now).plus(after).isBefore(now);
    }
}
