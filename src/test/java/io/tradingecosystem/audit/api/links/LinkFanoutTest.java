package io.tradingecosystem.audit.api.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.testing.GrpcChannel;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.TestSettings;
import io.tradingecosystem.audit.v1.CorrelationServiceGrpc;
import io.tradingecosystem.audit.v1.EventFilter;
import io.tradingecosystem.audit.v1.GetCausalChainRequest;
import io.tradingecosystem.audit.v1.GetTimelineRequest;
import io.tradingecosystem.audit.v1.ListLinksRequest;
import io.tradingecosystem.audit.v1.Omission;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An effect has more causes than are kept; every door that tells of links says so. */
@Timeout(60)
class LinkFanoutTest {
    private static final int CAUSES = 3;
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @TempDir Path rules;
    private AuditCorrelator running;
    private Http http;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(
                rules.resolve("rule.yaml"),
                """
                name: shock-halts
                trigger: {type: shock}
                effect: {type: halt}
                within: 30s
                join: [scenario_id]
                """);
        running =
                AuditCorrelator.start(
                        TestSettings.of(
                                Map.of(
                                        "registry.backend",
                                        "in-process",
                                        "server.drain-delay",
                                        "0s",
                                        "correlation.rules",
                                        rules.toString(),
                                        "correlation.max-causes",
                                        "" + (CAUSES - 1))));
        http = Http.of(running.httpPort());
        Instant now = Instant.now();
        for (int i = 0; i < CAUSES; i++) {
            post("shock", "a" + i, now.minusMillis(10 - i));
        }
        post("halt", "h", now);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> links("/api/v1/links").size() == CAUSES - 1);
    }

    @AfterEach
    void close() {
        running.close();
    }

    private JsonNode links(String path) {
        return Http.json(http.get(path)).get("links");
    }

    private void post(String type, String id, Instant at) {
        String event =
                """
                {"id": "%s", "service": "s", "type": "%s", "scenario_id": "run", "trace_id": "%s",
                 "occurred_at": "%s"}
                """
                        .formatted(id, type, TRACE, at);
        assertThat(http.post("/api/v1/events", event).statusCode()).isBetween(200, 299);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/links",
                "/api/v1/links?event_id=h",
                "/api/v1/links?event_id=a0",
                "/api/v1/timelines?scenario_id=run",
                "/api/v1/events/h/chain",
                "/api/v1/events/a0/chain",
                "/api/v1/statistics/delays?scenario_id=run"
            })
    void shouldSaySoInJson(String path) {
        JsonNode answer = Http.json(http.get(path));

        assertThat(answer.path("incomplete").findValuesAsText("bound"))
                .containsExactly("LINK_FANOUT");
        assertThat(answer.at("/incomplete/0/since").asText()).isNotEmpty();
        assertThat(answer.path("truncated").asBoolean(true)).isTrue();
    }

    @Test
    void shouldSaySoOfABaselineOfDelays() {
        JsonNode answer =
                Http.json(http.get("/api/v1/statistics/delays?scenario_id=run&baseline=run"));

        assertThat(answer.path("baseline_incomplete").findValuesAsText("bound"))
                .containsExactly("LINK_FANOUT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/audit/correlations",
                "/api/v1/audit/events/service?service_name=s",
                "/api/v1/audit/events/trace/" + TRACE
            })
    void shouldSaySoInAHeaderWhereTheFormIsFixed(String path) {
        assertThat(http.get(path).headers().firstValue("audit-incomplete").orElse(""))
                .startsWith("LINK_FANOUT;since=\"");
    }

    @Test
    void shouldSaySoOfATopology() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () ->
                                assertThat(
                                                Http.json(http.get("/api/v1/topology"))
                                                        .path("incomplete")
                                                        .findValuesAsText("bound"))
                                        .containsExactly("LINK_FANOUT"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/timelines?scenario_id=run", "/api/v1/events/h/chain"})
    void shouldSaySoToPeople(String path) {
        assertThat(http.send(http.request(path).header("Accept", "text/plain")).body())
                .contains("… incomplete: links of rules were left out, ");
    }

    @Test
    void shouldSaySoOverGrpc() {
        try (GrpcChannel channel = GrpcChannel.to(running.grpcPort())) {
            var stub = CorrelationServiceGrpc.newBlockingStub(channel.channel());
            List<Omission> timeline = new ArrayList<>();
            stub.getTimeline(
                            GetTimelineRequest.newBuilder()
                                    .setFilter(EventFilter.newBuilder().setScenarioId("run"))
                                    .build())
                    .forEachRemaining(part -> timeline.addAll(part.getIncompleteList()));

            assertThat(timeline).extracting(Omission::getBound).containsExactly("LINK_FANOUT");
            assertThat(
                            stub.getCausalChain(
                                            GetCausalChainRequest.newBuilder()
                                                    .setEventId("a0")
                                                    .build())
                                    .getIncompleteList())
                    .isEqualTo(timeline);
            assertThat(stub.listLinks(ListLinksRequest.getDefaultInstance()).getIncompleteList())
                    .isEqualTo(timeline);
        }
    }
}
