package io.tradingecosystem.audit.api.verdicts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.correlation.LinkSetup;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkObserver;
import io.tradingecosystem.audit.correlation.links.ManualLink;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.event.Teller;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.scenario.GapReports;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.VerdictSetup;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.OpenDoors;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.testing.GrpcChannel;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.ManualClock;
import io.tradingecosystem.audit.testing.ServerSentEvents;
import io.tradingecosystem.audit.testing.TestSettings;
import io.tradingecosystem.audit.v1.GetCoverageRequest;
import io.tradingecosystem.audit.v1.GetVerdictsRequest;
import io.tradingecosystem.audit.v1.ListScenariosRequest;
import io.tradingecosystem.audit.v1.PutExpectationRequest;
import io.tradingecosystem.audit.v1.ScenarioServiceGrpc;
import io.tradingecosystem.audit.v1.Verdict;
import io.tradingecosystem.audit.v1.WatchVerdictsRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The referee, asked over HTTP and gRPC. */
class VerdictDoorsTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final ManualClock clock = ManualClock.at(START);
    private final MemoryStore store = MemoryStore.create(clock, Set.of());
    private Monitoring monitoring;
    private VerdictService verdicts;
    private LinkService links;
    private VerdictRoutes routes;
    private VerdictGrpc grpc;
    private OpenDoors doors;
    private Http http;

    @BeforeEach
    void open() {
        Settings settings = TestSettings.of(Map.of());
        Identity identity = Identity.of(settings, Build.read(), START);
        monitoring = Monitoring.create(identity, new Time(clock, System::nanoTime));
        VerdictProblems.map(monitoring.problems());
        VerdictMonitoring observer = VerdictMonitoring.create(monitoring);
        verdicts =
                VerdictService.create(
                        store.store(),
                        new VerdictSetup("audit", Optional.empty(), Tolerances.DEFAULT, 1_000),
                        observer,
                        new Time(clock, System::nanoTime));
        observer.show(verdicts, Duration.ofSeconds(30));
        verdicts.start();
        links =
                LinkService.create(
                        store.store(),
                        new LinkSetup("audit", Optional.empty(), LinkBounds.DEFAULT),
                        LinkObserver.NONE,
                        new Time(clock, System::nanoTime));
        links.start();
        FalsePositives alerts = FalsePositives.of(links.index(), links.progress()::now);
        routes = new VerdictRoutes(verdicts, alerts);
        grpc =
                new VerdictGrpc(
                        verdicts,
                        alerts,
                        new GapReports(
                                store,
                                EventAliases.DEFAULT,
                                Duration.ofHours(24),
                                Duration.ofHours(1),
                                clock));
        doors =
                Doors.create(settings.server(), monitoring)
                        .routes("/api/v1", routes)
                        .service(grpc)
                        .onDrain(routes::end)
                        .open();
        http = Http.of(doors.httpPort());
    }

    @AfterEach
    void close() {
        doors.close();
        verdicts.close();
        links.close();
        monitoring.close();
    }

    private void depeg(String run, double alertAfter) {
        store.append(
                List.of(
                        AuditEvent.builder("test-coordinator", "chaos.injected")
                                .id("t-" + run)
                                .occurredAt(START)
                                .scenarioId(run)
                                .attribute("chaos", "stablecoin-depeg")
                                .build(),
                        AuditEvent.builder("risk-monitor", "risk.alert.raised")
                                .id("a-" + run)
                                .severity(Severity.CRITICAL)
                                .occurredAt(START.plusMillis((long) (alertAfter * 1000)))
                                .scenarioId(run)
                                .build()));
    }

    private void awaitMade(long count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> verdicts.lastSequence() >= count);
    }

    @Test
    void shouldTellVerdictsOverHttp() {
        depeg("run-1", 5);
        awaitMade(1);

        JsonNode page = Http.json(http.get("/api/v1/verdicts?scenario_id=run-1&status=passed"));
        assertThat(page.get("count").asInt()).isEqualTo(1);
        JsonNode verdict = page.get("verdicts").get(0);
        assertThat(verdict.get("expectation").asText())
                .isEqualTo("stablecoin-depeg-raises-risk-alert");
        assertThat(verdict.get("reason").asText()).contains("risk-alert came after 5 s of 15 s");

        JsonNode one = Http.json(http.get("/api/v1/verdicts/" + verdict.get("id").asText()));
        assertThat(one.get("versions")).hasSize(1);
        assertThat(http.get("/api/v1/verdicts/verdict-0").statusCode()).isEqualTo(404);
        assertThat(http.get("/api/v1/verdicts?status=great").statusCode()).isEqualTo(400);
        assertThat(http.get("/api/v1/verdicts?colour=red").statusCode()).isEqualTo(400);
        assertThat(http.get("/api/v1/verdicts?page_token=x").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldTellTheWindowOfEachFinding() {
        put(
                """
                name: steps
                when: {type: chaos.injected}
                expect:
                  - {name: alert, event: {type: risk.alert.raised}, within: 15s}
                  - {name: halt, event: {type: strategy.halted}, within: 30s, after: alert}
                never: [{name: order, event: {type: order.placed}, within: 20s}]
                sla:
                  - {name: reaction, from: alert, to: halt, within: 10s}
                  - {name: detection, to: alert, within: 14s}
                """);
        depeg("run-1", 5);
        JsonNode waiting = awaitFindings("alert", "MET");
        append(
                AuditEvent.builder("engine", "strategy.halted")
                        .id("halted")
                        .occurredAt(START.plusSeconds(8))
                        .build());

        JsonNode findings = awaitFindings("halt", "MET");

        assertThat(window(findings, "alert")).isEqualTo("12:00:00Z 12:00:15Z");
        assertThat(window(findings, "halt")).isEqualTo("12:00:05Z 12:00:30Z");
        assertThat(window(findings, "order")).isEqualTo("12:00:00Z 12:00:20Z");
        assertThat(window(findings, "reaction")).isEqualTo("12:00:05Z 12:00:15Z");
        assertThat(window(findings, "detection")).isEqualTo("12:00:00Z 12:00:14Z");
        assertThat(window(waiting, "reaction")).isEqualTo("12:00:05Z 12:00:15Z");
    }

    @Test
    void shouldTellNoWindowOfWhatHasNotBegunOrIsNotKnownAnyMore() {
        String yaml =
                """
                name: steps
                when: {type: chaos.injected}
                expect:
                  - {name: alert, event: {type: risk.alert.missing}, within: 15s}
                  - {name: halt, event: {type: strategy.halted}, within: 30s, after: alert}
                sla: [{name: reaction, from: alert, to: halt, within: 10s}]
                """;
        put(yaml);
        depeg("run-1", 5);

        JsonNode findings = awaitFindings("alert", "OPEN");
        assertThat(named(findings, "reaction").has("window")).isFalse();
        assertThat(window(findings, "halt")).isEqualTo("12:00:00Z 12:00:30Z");

        put(yaml.replace("10s", "11s"));

        JsonNode older = awaitFindings("alert", "OPEN");
        assertThat(named(older, "halt").has("window")).isFalse();
    }

    private void put(String yaml) {
        HttpResponse<String> put =
                http.send(http.request("/api/v1/expectations").PUT(BodyPublishers.ofString(yaml)));
        assertThat(put.statusCode()).isEqualTo(200);
    }

    /** The findings of the expectation "steps", once one of them stands so. */
    private JsonNode awaitFindings(String name, String state) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                Http.json(http.get("/api/v1/verdicts?expectation=steps"))
                                        .at("/verdicts/0/findings"),
                        found -> named(found, name).path("state").asText().equals(state));
    }

    private static JsonNode named(JsonNode findings, String name) {
        for (JsonNode finding : findings) {
            if (finding.get("name").asText().equals(name)) {
                return finding;
            }
        }
        return MissingNode.getInstance();
    }

    private static String window(JsonNode findings, String name) {
        JsonNode window = named(findings, name).path("window");
        return (window.path("from").asText() + " " + window.path("to").asText())
                .replace("2026-01-01T", "");
    }

    @Test
    void shouldReportAScenarioInThreeForms() {
        depeg("run-1", 20);
        clock.jump(Duration.ofMinutes(2));
        awaitMade(2);

        JsonNode run = Http.json(http.get("/api/v1/scenarios")).get("scenarios").get(0);
        assertThat(run.get("scenario_id").asText()).isEqualTo("run-1");
        assertThat(run.get("results").get("FAILED").asInt()).isEqualTo(2);
        JsonNode json = Http.json(http.get("/api/v1/scenarios/run-1"));
        assertThat(json.get("status").asText()).isEqualTo("FAILED");
        HttpResponse<String> junit = http.get("/api/v1/scenarios/run-1?report=junit");
        assertThat(junit.headers().firstValue("Content-Type")).hasValue("application/xml");
        assertThat(junit.body()).contains("<failure message=\"risk-alert came 5 s too late");
        assertThat(http.get("/api/v1/scenarios/run-1?report=text").body()).contains("2 FAILED");
        assertThat(http.get("/api/v1/scenarios/nobody").statusCode()).isEqualTo(404);
        assertThat(http.get("/metrics").body())
                .contains(
                        "audit_scenario_validation_results_total{scenario_id=\"run-1\","
                                + "status=\"failed\"")
                .contains("scenario_risk_detection{detected=\"false\"");
    }

    @Test
    void shouldPutAnExpectationOverHttp() {
        String yaml =
                """
                name: mine
                when: {type: chaos.injected}
                expect: [{name: alert, event: {type: risk.alert.raised}, within: 1s}]
                """;
        HttpResponse<String> put =
                http.send(http.request("/api/v1/expectations").PUT(BodyPublishers.ofString(yaml)));
        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(Http.json(put).get("warnings")).isEmpty();
        HttpResponse<String> hasty =
                http.send(
                        http.request("/api/v1/expectations")
                                .PUT(BodyPublishers.ofString(yaml.replace("1s", "1ms"))));
        assertThat(hasty.statusCode()).isEqualTo(200);
        assertThat(Http.json(hasty).get("warnings").get(0).asText())
                .startsWith("mine: within of alert is 1ms, less than the ");
        assertThat(Http.json(http.get("/api/v1/expectations/mine")).get("origin").asText())
                .isEqualTo("api");

        HttpResponse<String> bad =
                http.send(
                        http.request("/api/v1/expectations")
                                .PUT(BodyPublishers.ofString(yaml.replace("1s", "soon"))));
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(Http.json(bad).get("problems").get(0).asText())
                .contains("expect[0].within is \"soon\"");
        assertThat(
                        http.send(
                                        http.request("/api/v1/expectations")
                                                .PUT(
                                                        BodyPublishers.ofString(
                                                                yaml.replace(
                                                                        "mine",
                                                                        "quiet-day-raises-no-"
                                                                            + "critical-alert"))))
                                .statusCode())
                .isEqualTo(409);
        JsonNode coverage = Http.json(http.get("/api/v1/coverage"));
        assertThat(coverage.get("exercised").asInt()).isZero();
        assertThat(coverage.get("expectations").size()).isGreaterThan(5);
    }

    private void append(AuditEvent event) {
        store.append(List.of(event));
    }

    private static AuditEvent alert(String id) {
        return AuditEvent.builder("watch", "RiskAlertRaised")
                .id(id)
                .severity(Severity.WARNING)
                .occurredAt(START)
                .build();
    }

    private JsonNode coverage() {
        return Http.json(http.get("/api/v1/coverage"));
    }

    private List<String> candidates() {
        return coverage().get("false_positive_candidates").findValuesAsText("event_id");
    }

    private void awaitTakenIn() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> verdicts.statistics().behind() + links.statistics().behind() == 0);
    }

    @Test
    void shouldListAlertsThatNothingExplains() {
        append(alert("a"));
        append(alert("b"));
        awaitTakenIn();
        assertThat(candidates()).containsExactlyInAnyOrder("a", "b");
        assertThat(coverage().has("truncated")).isFalse();

        append(AuditEvent.builder("x", "cause").id("c").occurredAt(START).build());
        links.create(new ManualLink("c", "a", "saw", 0.9), Teller.NONE);

        assertThat(candidates()).containsExactly("b");
        try (GrpcChannel open = GrpcChannel.to(doors.grpcPort())) {
            var answer =
                    ScenarioServiceGrpc.newBlockingStub(open.channel())
                            .getCoverage(GetCoverageRequest.getDefaultInstance());
            assertThat(answer.getUnexplainedAlertIdsList()).containsExactly("b");
        }
    }

    @Test
    void shouldCountAlertsThatTheLinkerHasNotLookedAt() {
        links.enable(false);
        append(alert("a"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> coverage().get("not_linked_yet").asInt() == 1);
        assertThat(candidates()).isEmpty();

        links.enable(true);

        await().atMost(Duration.ofSeconds(30)).until(() -> candidates().contains("a"));
        assertThat(coverage().get("not_linked_yet").asInt()).isZero();
    }

    @Test
    void shouldSayHowManyAlertsAnAnswerLeavesOut() {
        for (int i = 0; i < 130; i++) {
            append(alert("a" + i));
        }
        awaitTakenIn();

        assertThat(candidates()).hasSize(100);
        assertThat(coverage().at("/truncated/further").asInt()).isEqualTo(30);
        assertThat(coverage().at("/truncated/forgotten").asInt()).isZero();
    }

    @Test
    void shouldStreamVerdictsAndResume() throws IOException, InterruptedException {
        depeg("run-1", 5);
        awaitMade(1);
        try (var stream =
                ServerSentEvents.after("0", doors.httpPort(), "/api/v1/verdicts/stream")) {
            assertThat(stream.next("id")).endsWith("-1");
            assertThat(stream.next("data")).contains("\"status\":\"PASSED\"");
            depeg("run-2", 6);
            assertThat(stream.next("id")).endsWith("-2");
        }
    }

    @Test
    void shouldTellTheSameOverGrpc() {
        try (GrpcChannel open = GrpcChannel.to(doors.grpcPort())) {
            var stub = ScenarioServiceGrpc.newBlockingStub(open.channel());
            depeg("run-1", 5);
            var watched =
                    stub.watchVerdicts(WatchVerdictsRequest.newBuilder().setAfter(-1).build());
            assertThat(watched.next().getVerdict().getStatus()).isEqualTo(Verdict.Status.PASSED);
            assertThat(
                            stub.getVerdicts(
                                            GetVerdictsRequest.newBuilder()
                                                    .setScenarioId("run-1")
                                                    .build())
                                    .getVerdictsList())
                    .hasSize(2)
                    .anySatisfy(
                            verdict ->
                                    assertThat(
                                                    verdict.getFindings(0)
                                                            .getSightings(0)
                                                            .getDelay()
                                                            .getSeconds())
                                            .isEqualTo(5));
            assertThat(
                            stub.listScenarios(ListScenariosRequest.getDefaultInstance())
                                    .getScenarios(0)
                                    .getTally()
                                    .getPassed())
                    .isEqualTo(1);
            assertThat(
                            stub.getCoverage(GetCoverageRequest.getDefaultInstance())
                                    .getExpectationsCount())
                    .isGreaterThan(4);
            assertThat(
                            stub.putExpectation(
                                            PutExpectationRequest.newBuilder()
                                                    .setDefinition(
                                                            """
                                                            name: hasty
                                                            when: {type: never.seen}
                                                            never:
                                                              - {name: n, event: {type: b}, within: 1ms}
                                                            """)
                                                    .build())
                                    .getWarnings(0))
                    .startsWith("hasty: within of n is 1ms, less than the ");
            assertThatThrownBy(
                            () ->
                                    stub.putExpectation(
                                            PutExpectationRequest.newBuilder()
                                                    .setDefinition("name: x")
                                                    .build()))
                    .hasMessageContaining("INVALID_ARGUMENT")
                    .hasMessageContaining("when is missing");
            grpc.end();
            assertThatThrownBy(watched::next).hasMessageContaining("UNAVAILABLE");
        }
    }
}
