package io.tradingecosystem.audit.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.common.DurationHistogram;
import io.tradingecosystem.audit.topology.Edge.Connection;
import io.tradingecosystem.audit.topology.ExpectedTopology.ExpectedEdge;
import io.tradingecosystem.audit.topology.ExpectedTopology.ExpectedNode;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whatever is seen, and in whatever order. */
class StructureProperties {
    /** Names that collide, with and without what ids are made of. */
    private static final Arbitrary<String> NAMES =
            Arbitraries.of("a", "a-go", "a/b", "b", "a%", "%2F", "->", "a->b:grpc", "node-a", "c");

    private static final Arbitrary<String> INSTANCES =
            Arbitraries.of("", "a", "1", "b/c", "node-a", "2");

    record Sight(int kind, String service, String instance, String other, String otherInstance) {}

    @Provide
    Arbitrary<List<Sight>> sights() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 5), NAMES, INSTANCES, NAMES, INSTANCES)
                .as(Sight::new)
                .list()
                .ofMaxSize(12);
    }

    private static TopologyScene scene(List<Sight> sights) {
        TopologyScene scene = new TopologyScene();
        List<ExpectedNode> nodes = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Sight each : sights) {
            switch (each.kind()) {
                case 0 -> {
                    if (!each.instance().isEmpty()) {
                        scene.registered(each.service(), each.instance());
                    }
                }
                case 1 -> scene.event(each.service(), each.instance());
                case 2 ->
                        scene.left.merge(
                                Participant.of(each.service(), each.instance()),
                                TopologyScene.NOW.minusSeconds(each.other().length() * 400L),
                                (one, other) -> one.isAfter(other) ? one : other);
                case 3 -> {
                    if (ids.add(each.other())) {
                        nodes.add(
                                new ExpectedNode(
                                        each.other(),
                                        each.other(),
                                        Participant.type(each.service()),
                                        each.instance(),
                                        "",
                                        "",
                                        Map.of()));
                    }
                }
                default ->
                        scene.went(
                                new Hop(
                                        Participant.of(each.service(), each.instance()),
                                        Participant.of(each.other(), each.otherInstance()),
                                        Connection.values()[each.instance().length() % 3]),
                                each.kind(),
                                1);
            }
        }
        nodes.sort((one, other) -> one.id().compareTo(other.id()));
        List<ExpectedEdge> edges = new ArrayList<>();
        for (int i = 1; i < nodes.size(); i++) {
            String from = nodes.get(i - 1).id();
            String to = nodes.get(i).id();
            edges.add(new ExpectedEdge("e" + i, from, to, Connection.GRPC, true));
        }
        scene.expected = new ExpectedTopology(nodes, edges);
        return scene;
    }

    private static void requireNoDanglingEdges(Structure structure) {
        structure
                .edges()
                .forEach(
                        (id, edge) -> {
                            assertThat(edge.value().id()).isEqualTo(id);
                            assertThat(structure.nodes()).containsKey(edge.value().source());
                            assertThat(structure.nodes()).containsKey(edge.value().target());
                            assertThat(edge.value().source()).isNotEqualTo(edge.value().target());
                        });
    }

    @Property(tries = 300)
    void shouldHaveNoEdgeWithoutItsNodes(@ForAll("sights") List<Sight> sights) {
        requireNoDanglingEdges(scene(sights).structure());
    }

    @Property(tries = 200)
    void shouldBeTheSameInWhateverOrderItIsSeen(@ForAll("sights") List<Sight> sights) {
        List<Sight> others = new ArrayList<>(sights);
        others.removeIf(each -> each.kind() == 3);
        Structure one = scene(others).structure();
        Structure other = scene(others.reversed()).structure();
        assertThat(one.nodes().keySet()).isEqualTo(other.nodes().keySet());
        assertThat(one.edges().keySet()).isEqualTo(other.edges().keySet());
        one.nodes()
                .forEach(
                        (id, node) ->
                                assertThat(node.value().instance())
                                        .isEqualTo(other.nodes().get(id).value().instance()));
    }

    @Property(tries = 200)
    void shouldGiveParticipantsOfDifferentNamesDifferentIds(
            @ForAll("names") String type,
            @ForAll("names") String instance,
            @ForAll("names") String otherType,
            @ForAll("names") String otherInstance) {
        Participant one = new Participant(type, instance);
        Participant other = new Participant(otherType, otherInstance);
        assertThat(one.id().equals(other.id())).isEqualTo(one.equals(other));
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().withChars("a/%>2F-").ofMaxLength(4);
    }

    /** Whoever follows the steps has the same, and no edge without its nodes on the way. */
    @Property(tries = 200)
    void shouldLeadFromOneToAnotherStepByStep(
            @ForAll("sights") List<Sight> first, @ForAll("sights") List<Sight> second) {
        Structure before = scene(first).structure();
        Structure after = scene(second).structure();
        Follower follower = new Follower();
        Differences.whole(before).forEach(follower::take);
        follower.requireEqual(before);
        Differences.between(before, after).forEach(follower::take);
        follower.requireEqual(after);
    }

    /** The steps behind any snapshot lead to the present one. */
    @Property(tries = 100)
    void shouldGoOnFromAnySnapshot(
            @ForAll("sights") List<Sight> first,
            @ForAll("sights") List<Sight> second,
            @ForAll("sights") List<Sight> third) {
        History history = History.begin("log", TopologyScene.NOW);
        List<Change> all = new ArrayList<>();
        for (List<Sight> sights : List.of(first, second, third)) {
            History next = history.and(scene(sights).structure(), TopologyScene.NOW);
            all.addAll(next.after(history.number()));
            history = next;
        }
        for (Change each : all) {
            String id = history.id(each.snapshot());
            assertThat(history.number(id)).hasValue(each.snapshot());
            Follower follower = new Follower();
            all.stream()
                    .filter(other -> other.snapshot() <= each.snapshot())
                    .forEach(other -> follower.take(other.what()));
            history.after(each.snapshot()).forEach(other -> follower.take(other.what()));
            follower.requireEqual(history.structure());
        }
    }

    @Property(tries = 100)
    void shouldTellAPercentileWithinFivePercent(@ForAll("durations") List<Long> nanos) {
        DurationHistogram histogram = new DurationHistogram();
        nanos.forEach(each -> histogram.add(Duration.ofNanos(each)));
        List<Long> sorted = nanos.stream().sorted().toList();
        long exact = sorted.get(Math.max(0, Math.ceilDiv(sorted.size() * 99, 100) - 1));
        double told = histogram.permille(990).orElseThrow().toNanos();
        assertThat(told).isBetween(exact * 0.95, exact * 1.05);
    }

    @Provide
    Arbitrary<List<Long>> durations() {
        return Arbitraries.longs().between(2_000, 10_000_000_000L).list().ofMinSize(1);
    }
}
