package io.tradingecosystem.audit.topology;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.peer.PeerHealth;
import io.tradingecosystem.audit.peer.PeerState;
import io.tradingecosystem.audit.peer.Source;
import io.tradingecosystem.audit.registry.ServiceInstance;
import io.tradingecosystem.audit.topology.Edge.Connection;
import io.tradingecosystem.audit.topology.ExpectedTopology.ExpectedEdge;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Makes nodes and edges of what was seen: the same of the same, in whatever order it is told. Used
 * once, by one thread.
 */
final class StructureBuilder {
    private static final int MAX_NODES = 2_000;
    private static final int MAX_EDGES = 10_000;

    private final Seen seen;
    private final Duration forgetAfter;
    private final Identities identities;
    private final Map<String, NodeDraft> nodes = new HashMap<>();
    private final Map<EdgeDraft.Key, EdgeDraft> edges = new HashMap<>();

    private StructureBuilder(Seen seen, Duration forgetAfter) {
        this.seen = seen;
        this.forgetAfter = forgetAfter;
        this.identities =
                new Identities(seen.expected().nodes(), registered(seen), participants(seen));
    }

    /**
     * Nodes and edges of what was seen.
     *
     * @param forgetAfter how long nothing may be heard of one before it is left out
     */
    static Structure of(Seen seen, Duration forgetAfter) {
        StructureBuilder builder = new StructureBuilder(seen, forgetAfter);
        builder.gatherNodes();
        builder.gatherEdges();
        return builder.build();
    }

    private static Set<Participant> registered(Seen seen) {
        Set<Participant> all = new HashSet<>(seen.left().keySet());
        seen.instances().forEach(each -> all.add(participant(each)));
        seen.own().ifPresent(all::add);
        return all;
    }

    private static Set<Participant> participants(Seen seen) {
        Set<Participant> all = new HashSet<>(seen.nodes().keySet());
        all.addAll(seen.nodeTraffic().keySet());
        for (Collection<Hop> hops : List.of(seen.hops().keySet(), seen.hopTraffic().keySet())) {
            hops.forEach(hop -> all.addAll(List.of(hop.source(), hop.target())));
        }
        return all;
    }

    static Participant participant(ServiceInstance instance) {
        return Participant.of(instance.service(), instance.id());
    }

    private void gatherNodes() {
        seen.expected()
                .nodes()
                .forEach(
                        each ->
                                nodes.put(
                                        each.id(),
                                        new NodeDraft(
                                                each.id(),
                                                new Participant(each.type(), each.instance()),
                                                Optional.of(each))));
        seen.instances().forEach(each -> node(participant(each)).register(each));
        seen.left().forEach((participant, time) -> node(participant).leave(time));
        seen.nodes().forEach((participant, sighting) -> node(participant).see(sighting));
        seen.nodeTraffic().forEach((participant, traffic) -> node(participant).measure(traffic));
        seen.own().ifPresent(own -> node(own).own());
        seen.peers().forEach(this::gatherHealth);
    }

    private void gatherHealth(PeerState peer) {
        peer.healths().forEach(health -> probed(health).ifPresent(node -> node.probe(health)));
    }

    private Optional<NodeDraft> probed(PeerHealth health) {
        return health.instance()
                .map(id -> Participant.of(health.service(), id))
                .map(identities::id)
                .map(nodes::get);
    }

    private NodeDraft node(Participant participant) {
        String id = identities.id(participant);
        return nodes.computeIfAbsent(
                id, i -> new NodeDraft(i, identities.owner(i), Optional.empty()));
    }

    private void gatherEdges() {
        for (ExpectedEdge each : seen.expected().edges()) {
            if (!each.source().equals(each.target())) {
                edge(new EdgeDraft.Key(each.source(), each.target(), each.connection()))
                        .expect(each);
            }
        }
        seen.hops()
                .forEach(
                        (hop, sighting) ->
                                edge(hop, sighting.last()).ifPresent(edge -> edge.see(sighting)));
        seen.hopTraffic()
                .forEach(
                        (hop, traffic) ->
                                edge(hop, traffic.last()).ifPresent(edge -> edge.measure(traffic)));
        seen.own().ifPresent(this::gatherProbes);
    }

    /** An edge of a hop; the nodes of both its ends are there afterwards. */
    private Optional<EdgeDraft> edge(Hop hop, Instant heard) {
        String source = identities.id(hop.source());
        String target = identities.id(hop.target());
        if (source.equals(target)) {
            return Optional.empty();
        }
        node(hop.source()).hear(heard);
        node(hop.target()).hear(heard);
        return Optional.of(edge(new EdgeDraft.Key(source, target, hop.connection())));
    }

    private EdgeDraft edge(EdgeDraft.Key key) {
        return edges.computeIfAbsent(key, EdgeDraft::new);
    }

    private void gatherProbes(Participant own) {
        for (PeerState peer : seen.peers()) {
            for (PeerHealth health : peer.healths()) {
                probe(own, health);
            }
        }
    }

    private void probe(Participant own, PeerHealth health) {
        if (health.instance().isPresent()
                && health.source().isPresent()
                && probed(health).isPresent()) {
            Connection connection =
                    health.source().get() == Source.GRPC ? Connection.GRPC : Connection.HTTP;
            Participant peer = Participant.of(health.service(), health.instance().get());
            edge(new Hop(own, peer, connection), seen.now()).ifPresent(edge -> edge.probe(health));
        }
    }

    private Structure build() {
        SortedMap<String, Measured<Node>> built = new TreeMap<>();
        List<NodeDraft> kept =
                nodes.values().stream()
                        .filter(each -> !each.isForgotten(seen.now(), forgetAfter))
                        .toList();
        latest(kept, MAX_NODES, each -> each.lastHeard(seen.now()), NodeDraft::id)
                .forEach(each -> built.put(each.id(), each.build(seen.stale())));
        List<EdgeDraft> between =
                edges.values().stream()
                        .filter(each -> !each.isForgotten(seen.now(), forgetAfter))
                        .filter(each -> built.containsKey(each.key().source()))
                        .filter(each -> built.containsKey(each.key().target()))
                        .toList();
        SortedMap<String, Measured<Edge>> lines = new TreeMap<>();
        latest(between, MAX_EDGES, each -> each.lastHeard(seen.now()), EdgeDraft::id).stream()
                .sorted(Comparator.comparing(each -> each.key().id()))
                .forEach(each -> lines.putIfAbsent(each.id(), built(each, built)));
        long leftOut = (long) kept.size() - built.size() + Math.max(0, between.size() - MAX_EDGES);
        return new Structure(built, lines, leftOut);
    }

    private static Measured<Edge> built(EdgeDraft edge, Map<String, Measured<Node>> nodes) {
        return edge.build(
                node(nodes, edge.key().source()).value(), node(nodes, edge.key().target()).value());
    }

    private static Measured<Node> node(Map<String, Measured<Node>> nodes, String key) {
        return requireNonNull(nodes.get(key), "an edge has an end that is no node");
    }

    private static <T> List<T> latest(
            List<T> all, int max, Function<T, Instant> heard, Function<T, String> id) {
        return all.size() <= max
                ? all
                : all.stream()
                        .sorted(
                                Comparator.comparing(heard, Comparator.<Instant>reverseOrder())
                                        .thenComparing(id))
                        .limit(max)
                        .toList();
    }
}
