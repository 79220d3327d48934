package io.tradingecosystem.audit.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.topology.Edge.Connection;
import io.tradingecosystem.audit.topology.ExpectedTopology.ExpectedEdge;
import io.tradingecosystem.audit.topology.ExpectedTopology.ExpectedNode;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

class StructureBuilderTest {
    private static final Participant EXCHANGE = Participant.of("exchange-simulator-go", "okx");
    private static final Participant RISK = Participant.of("risk-monitor", "");

    private final TopologyScene scene = new TopologyScene();

    private Node node(String id) {
        return scene.structure().nodes().get(id).value();
    }

    private Edge edge(String id) {
        return scene.structure().edges().get(id).value();
    }

    private static ExpectedNode expected(String id, String type) {
        return new ExpectedNode(id, "Name of " + id, type, "", "risk", "1.0", Map.of());
    }

    @Test
    void shouldCallAServiceByItsTypeWithoutItsLanguage() {
        scene.event("exchange-simulator-go", "okx");
        assertThat(node("exchange-simulator/okx").type()).isEqualTo("exchange-simulator");
        assertThat(node("exchange-simulator/okx").status()).isEqualTo(Node.Status.LIVE);
    }

    @Test
    void shouldTakeEventsWithoutAnInstanceForThoseOfTheOneThereIs() {
        scene.registered("risk-monitor", "risk-1").event("risk-monitor", "");
        assertThat(scene.structure().nodes()).containsOnlyKeys("risk-monitor/risk-1");
        assertThat(scene.structure().nodes().get("risk-monitor/risk-1").traffic()).isPresent();
    }

    @Test
    void shouldNotGuessOfWhichOfTwoInstancesAnEventIs() {
        scene.registered("risk-monitor", "risk-1")
                .registered("risk-monitor", "risk-2")
                .event("risk-monitor", "");
        assertThat(scene.structure().nodes())
                .containsOnlyKeys("risk-monitor", "risk-monitor/risk-1", "risk-monitor/risk-2");
    }

    @Test
    void shouldTakeTheOnlyInstanceOfEventsForTheOnlyOneOfTheRegistry() {
        scene.registered("risk-monitor", "risk-monitor-10-0-0-1-8084")
                .event("risk-monitor", "pod-7");
        assertThat(scene.structure().nodes()).hasSize(1);
    }

    @Test
    void shouldShowWhatSaysThatItIsIllAsDegraded() {
        scene.instances.add(TopologyScene.instance("a", "a-1").status("unhealthy").build());
        assertThat(node("a/a-1").status()).isEqualTo(Node.Status.DEGRADED);
        assertThat(node("a/a-1").reason()).isEqualTo("it says that it is unhealthy");
    }

    @Test
    void shouldShowWhatLeftTheRegistryAsDeadUnlessTheRegistryIsAway() {
        scene.left.put(RISK, TopologyScene.NOW.minusSeconds(5));
        assertThat(node("risk-monitor").status()).isEqualTo(Node.Status.DEAD);
        scene.stale = true;
        assertThat(node("risk-monitor").status()).isEqualTo(Node.Status.UNKNOWN);
    }

    @Test
    void shouldShowWhatLeftTheRegistryAndStillSendsAsLive() {
        scene.left.put(RISK, TopologyScene.NOW.minusSeconds(5));
        scene.event("risk-monitor", "");
        assertThat(node("risk-monitor").status()).isEqualTo(Node.Status.LIVE);
    }

    @Test
    void shouldForgetWhatWasNotHeardOfForLong() {
        scene.nodes.put(
                RISK,
                new Sighting(
                        TopologyScene.NOW.minus(Duration.ofHours(1)),
                        TopologyScene.NOW.minus(TopologyScene.FORGET).minusSeconds(1)));
        assertThat(scene.structure().nodes()).isEmpty();
    }

    @Test
    void shouldCountWhatIsTooMuchAndKeepWhatWasHeardOfLast() {
        for (int i = 0; i < 2_003; i++) {
            Instant last = TopologyScene.NOW.minusMillis(i);
            scene.nodes.put(Participant.of("s" + i, ""), new Sighting(last, last));
        }

        assertThat(scene.structure().leftOut()).isEqualTo(3);
        assertThat(scene.structure().nodes())
                .hasSize(2_000)
                .containsKeys("s0", "s1999")
                .doesNotContainKeys("s2000", "s2002");
    }

    @Test
    void shouldCountEdgesThatAreTooManyAndKeepThoseHeardOfLast() {
        for (int i = 0; i < 10_003; i++) {
            Instant last = TopologyScene.NOW.minusMillis(i);
            Participant source = Participant.of("s" + i % 101, "");
            Participant target = Participant.of("t" + i / 101, "");
            scene.hops.put(new Hop(source, target, Connection.GRPC), new Sighting(last, last));
        }

        assertThat(scene.structure().leftOut()).isEqualTo(3);
        assertThat(scene.structure().edges())
                .hasSize(10_000)
                .containsKeys("s0->t0:grpc", "s0->t99:grpc")
                .doesNotContainKeys("s1->t99:grpc", "s3->t99:grpc");
    }

    @Test
    void shouldShowBothEndsOfAHop() {
        scene.went(new Hop(EXCHANGE, RISK, Connection.GRPC), 10, 0);
        assertThat(scene.structure().nodes())
                .containsOnlyKeys("exchange-simulator/okx", "risk-monitor");
        Edge edge = edge("exchange-simulator/okx->risk-monitor:grpc");
        assertThat(edge.status()).isEqualTo(Edge.Status.ACTIVE);
        assertThat(node("risk-monitor").labels()).containsEntry("source", "callers");
    }

    @Test
    void shouldTellByItsErrorsHowAnEdgeIs() {
        Hop hop = new Hop(EXCHANGE, RISK, Connection.GRPC);
        String id = "exchange-simulator/okx->risk-monitor:grpc";
        assertThat(edgeOf(hop, id, 10, 1)).isEqualTo(Edge.Status.DEGRADED);
        assertThat(edgeOf(hop, id, 10, 5)).isEqualTo(Edge.Status.FAILED);
        assertThat(edgeOf(hop, id, 11, 1)).isEqualTo(Edge.Status.ACTIVE);
        assertThat(edgeOf(hop, id, 4, 4)).isEqualTo(Edge.Status.ACTIVE);
    }

    private Edge.Status edgeOf(Hop hop, String id, long count, long errors) {
        scene.went(hop, count, errors);
        return edge(id).status();
    }

    @Test
    void shouldShowWhatTheFileExpectsAsDeadWhileItIsAbsent() {
        scene.expected =
                new ExpectedTopology(
                        List.of(expected("node-a", "a"), expected("node-b", "b")),
                        List.of(new ExpectedEdge("e", "node-a", "node-b", Connection.GRPC, true)));
        scene.registered("a-go", "a-1");
        assertThat(node("node-a").status()).isEqualTo(Node.Status.LIVE);
        assertThat(node("node-a").name()).isEqualTo("Name of node-a");
        assertThat(node("node-b").status()).isEqualTo(Node.Status.DEAD);
        assertThat(edge("e").status()).isEqualTo(Edge.Status.FAILED);
        assertThat(edge("e").critical()).isTrue();
        assertThat(scene.structure().nodes()).hasSize(2);
    }

    @Test
    void shouldTellTheInstancesOfTheFileApartByTheirNames() {
        scene.expected =
                new ExpectedTopology(
                        List.of(
                                expected("node-exchange-okx", "exchange-simulator"),
                                expected("node-exchange-kraken", "exchange-simulator")),
                        List.of());
        scene.registered("exchange-simulator", "exchange-OKX");
        assertThat(node("node-exchange-okx").status()).isEqualTo(Node.Status.LIVE);
        assertThat(node("node-exchange-kraken").status()).isEqualTo(Node.Status.DEAD);
    }
}
