package io.tradingecosystem.audit.api.verdicts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.MemoryLinks;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.event.Teller;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.scenario.AlertPolicy;
import io.tradingecosystem.audit.scenario.GapReports;
import io.tradingecosystem.audit.scenario.VerdictBounds;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.VerdictSetup;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.VerdictObserver;
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
import io.tradingecosystem.audit.v1.ListScenariosResponse;
import io.tradingecosystem.audit.v1.ScenarioServiceGrpc;
import io.tradingecosystem.audit.v1.ScenarioServiceGrpc.ScenarioServiceBlockingStub;
import io.tradingecosystem.audit.v1.WatchVerdictsRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What every door says about verdicts when a bound is passed. */
class VerdictLimitsTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final String NEVER_BAD =
            """
            name: never-bad
            when: {type: go}
            never: [{name: bad, event: {type: bad}, within: 10s, join: [correlation_id]}]
            """;

    /** A stream that nobody reads any more is only found out when something is sent to it. */
    private static final Map<String, String> SHORT_GRACE = Map.of("server.shutdown-grace", "1s");

    private final ManualClock clock = ManualClock.at(START);
    private final MemoryStore store = MemoryStore.create(clock, Set.of());
    private final List<AutoCloseable> open = new ArrayList<>();
    private final MemoryLinks links = new MemoryLinks();
    private VerdictService verdicts;
    private OpenDoors doors;
    private long maxReportSize = 1 << 20;
    private Http http;

    private void open(long maxVerdicts, int maxInReport) {
        open(VerdictBounds.DEFAULT.withMaxVerdicts(maxVerdicts), AlertPolicy.DEFAULT, maxInReport);
    }

    private void open(VerdictBounds bounds, AlertPolicy policy, int maxInReport) {
        Settings settings = TestSettings.of(SHORT_GRACE);
        Time time = new Time(clock, System::nanoTime);
        Monitoring monitoring = Monitoring.create(Identity.of(settings, Build.read(), START), time);
        verdicts =
                VerdictService.create(
                        store.store(),
                        new VerdictSetup(
                                "audit", Optional.empty(), Tolerances.DEFAULT, bounds, policy),
                        VerdictObserver.NONE,
                        time);
        verdicts.start();
        FalsePositives alerts =
                FalsePositives.of(links, () -> new Progress(store.lastPosition(), 0));
        doors =
                Doors.create(settings.server(), monitoring)
                        .routes(
                                "/api/v1",
                                new VerdictRoutes(
                                        verdicts,
                                        alerts,
                                        new RunReports(
                                                verdicts.verdicts(), maxInReport, maxReportSize)))
                        .service(
                                new VerdictGrpc(
                                        verdicts,
                                        alerts,
                                        new GapReports(
                                                store,
                                                EventAliases.DEFAULT,
                                                Duration.ofHours(24),
                                                Duration.ofHours(1),
                                                clock)))
                        .open();
        http = Http.of(doors.httpPort());
        open.addAll(List.of(monitoring, verdicts, doors));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private static AuditEventBuilder event(String type, String id, int second) {
        return AuditEvent.builder("engine", type).id(id).occurredAt(START.plusSeconds(second));
    }

    private void append(AuditEventBuilder event) {
        store.append(List.of(event.build()));
    }

    /** A run in which some triggers are followed by what must not come, the first ones. */
    private void run(String id, int failed, int passed) {
        for (int i = 0; i < failed + passed; i++) {
            append(event("go", id + i, i).scenarioId(id).correlationId(id + i));
        }
        for (int i = 0; i < failed; i++) {
            append(event("bad", "bad-" + id + i, i + 1).correlationId(id + i));
        }
    }

    private void pass(Duration time) {
        awaitTakenIn();
        clock.jump(time);
        await().atMost(Duration.ofSeconds(30)).until(() -> verdicts.statistics().open() == 0);
        awaitTakenIn();
    }

    private void awaitTakenIn() {
        long last = store.lastPosition();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> verdicts.statistics().position() >= last);
    }

    private JsonNode get(String path) {
        return Http.json(http.get("/api/v1" + path));
    }

    private interface Question<T> {
        T ask(ScenarioServiceBlockingStub stub);
    }

    private <T> T ask(Question<T> question) {
        try (GrpcChannel channel = GrpcChannel.to(doors.grpcPort())) {
            return question.ask(ScenarioServiceGrpc.newBlockingStub(channel.channel()));
        }
    }

    @Test
    void shouldCountWhatAReportDoesNotShow() {
        open(1_000, 3);
        verdicts.put(NEVER_BAD, Teller.NONE);
        run("run", 2, 4);
        pass(Duration.ofMinutes(2));

        JsonNode report = get("/scenarios/run");

        assertThat(report.get("status").asText()).isEqualTo("FAILED");
        assertThat(report.at("/results/FAILED").asInt()).isEqualTo(2);
        assertThat(report.at("/results/PASSED").asInt()).isEqualTo(4);
        assertThat(report.get("verdicts").findValuesAsText("status"))
                .containsExactly("FAILED", "FAILED", "PASSED");
        assertThat(report.get("verdicts").findValuesAsText("trigger_id"))
                .containsExactly("run0", "run1", "run5");
        assertThat(report.get("incomplete")).hasSize(1);
        assertThat(report.at("/incomplete/0/bound").asText()).isEqualTo("REPORT_SIZE");
        assertThat(report.at("/incomplete/0/left_out").asInt()).isEqualTo(3);
        assertThat(http.get("/api/v1/scenarios/run?report=junit").body())
                .contains("<testsuite name=\"report\" tests=\"1\" time=\"0.000\" failures=\"1\"")
                .contains("<testcase name=\"3 not shown\"")
                .contains("<failure message=\"verdicts are counted that are not shown: 3\"");
        assertThat(http.get("/api/v1/scenarios/run?report=text").body())
                .contains("incomplete: verdicts are counted that are not shown: 3\n")
                .endsWith("4 PASSED  2 FAILED\n");
    }

    @Test
    void shouldShowTheWorstOfAReportThatGetsLarge() {
        open(10_000, 1_000);
        verdicts.put(
                """
                name: many
                when: {type: go}
                expect: [{name: e, event: {type: e}, within: 10s, join: [correlation_id], at-least: 20}]
                """,
                Teller.NONE);
        run("run", 0, 300);
        for (int i = 1; i < 300; i++) {
            for (int j = 0; j < 20; j++) {
                append(event("e", "e".repeat(150) + i + "-" + j, i + 1).correlationId("run" + i));
            }
        }
        pass(Duration.ofMinutes(10));

        JsonNode report = get("/scenarios/run");

        assertThat(report.at("/results/PASSED").asInt()).isEqualTo(299);
        int shown = report.get("verdicts").size();
        assertThat(shown).isBetween(100, 250);
        assertThat(report.at("/verdicts/0/status").asText()).isEqualTo("FAILED");
        assertThat(report.get("verdicts").get(shown - 1).get("trigger_id").asText())
                .isEqualTo("run299");
        assertThat(report.at("/incomplete/0/bound").asText()).isEqualTo("REPORT_SIZE");
        assertThat(report.at("/incomplete/0/left_out").asInt()).isEqualTo(300 - shown);
        assertThat(http.get("/api/v1/scenarios/run?report=junit").body())
                .contains((300 - shown) + " not shown");
    }

    @Test
    void shouldStreamAReportThatIsLongerThanAPage() {
        maxReportSize = 16 << 20;
        open(10_000, 1_000);
        verdicts.put(
                """
                name: many
                when: {type: go}
                expect: [{name: e, event: {type: e}, within: 10s, join: [correlation_id], at-least: 20}]
                """,
                Teller.NONE);
        run("run", 0, 500);
        for (int i = 1; i < 500; i++) {
            for (int j = 0; j < 20; j++) {
                append(event("e", "e".repeat(150) + i + "-" + j, i + 1).correlationId("run" + i));
            }
        }
        pass(Duration.ofMinutes(20));

        var json = http.get("/api/v1/scenarios/run");
        assertThat(json.headers().firstValue("content-length")).isEmpty();
        assertThat(json.headers().firstValue("content-type")).contains("application/json");
        JsonNode report = Http.json(json);
        assertThat(report.at("/results/PASSED").asInt()).isEqualTo(499);
        assertThat(report.get("verdicts")).hasSize(500);
        assertThat(report.at("/verdicts/0/status").asText()).isEqualTo("FAILED");
        assertThat(report.get("verdicts").get(499).get("trigger_id").asText()).isEqualTo("run499");
        assertThat(report.has("incomplete")).isFalse();
        String junit = http.get("/api/v1/scenarios/run?report=junit").body();
        assertThat(junit).contains("tests=\"500\"", "failures=\"1\"").endsWith("</testsuites>\n");
        assertThat(junit.split("<testcase ", -1)).hasSize(501);
        assertThat(http.get("/api/v1/scenarios/run?report=text").body())
                .startsWith("FAILED  many  in run\n")
                .endsWith("499 PASSED  1 FAILED\n");
    }

    /** Its windows are looked for among all triggers, of which the budget allows two. */
    @Test
    void shouldSayInCountsThatALateEventWasNotLookedAt() {
        open(new VerdictBounds(1_000, 1_000, 1_000, 1_000, 2), AlertPolicy.DEFAULT, 3);
        verdicts.put(NEVER_BAD.replace("correlation_id", "symbol"), Teller.NONE);
        for (int i = 0; i < 6; i++) {
            append(event("go", "t" + i, i).scenarioId("run").attribute("symbol", "x"));
        }
        pass(Duration.ofMinutes(10));
        assertThat(get("/scenarios").has("incomplete")).isFalse();
        append(event("bad", "late", 6).attribute("symbol", "x"));
        awaitTakenIn();

        assertThat(get("/verdicts").findValuesAsText("status")).contains("INCONCLUSIVE");
        for (String path : List.of("/scenarios", "/coverage", "/scenarios/run")) {
            assertThat(get(path).get("incomplete").findValuesAsText("bound"))
                    .as(path)
                    .contains("SEARCH_BUDGET");
        }
        assertThat(get("/scenarios").at("/incomplete/0/until").asText())
                .startsWith("2026-01-01T12:00:06");
        var runs = ask(stub -> stub.listScenarios(ListScenariosRequest.getDefaultInstance()));
        assertThat(runs.getIncomplete(0).getBound()).isEqualTo("SEARCH_BUDGET");
        var coverage = ask(stub -> stub.getCoverage(GetCoverageRequest.getDefaultInstance()));
        assertThat(coverage.getIncomplete(0).getBound()).isEqualTo("SEARCH_BUDGET");
    }

    @Test
    void shouldSayNothingInAReportThatIsWhole() {
        open(1_000, 3);
        verdicts.put(NEVER_BAD, Teller.NONE);
        run("run", 1, 2);
        pass(Duration.ofMinutes(2));

        assertThat(get("/scenarios/run").get("verdicts")).hasSize(3);
        assertThat(get("/scenarios/run").has("incomplete")).isFalse();
        assertThat(http.get("/api/v1/scenarios/run?report=junit").body())
                .doesNotContain("not shown");
    }

    @Test
    void shouldCountVerdictsThatAreNotKept() {
        open(4, 100);
        verdicts.put(NEVER_BAD, Teller.NONE);
        run("run", 2, 4);
        pass(Duration.ofMinutes(2));

        JsonNode report = get("/scenarios/run");

        assertThat(report.at("/results/FAILED").asInt()).isEqualTo(2);
        assertThat(report.get("status").asText()).isEqualTo("FAILED");
        assertThat(report.get("verdicts")).hasSize(4);
        assertThat(report.at("/incomplete/0/bound").asText()).isEqualTo("MAX_VERDICTS");
        assertThat(report.at("/incomplete/0/left_out").asInt()).isEqualTo(2);
        assertThat(http.get("/api/v1/scenarios/run?report=junit").body()).contains("2 not shown");
        var runs = ask(stub -> stub.listScenarios(ListScenariosRequest.getDefaultInstance()));
        assertThat(runs.getScenarios(0).getTally().getKept()).isEqualTo(4);
    }

    @Test
    void shouldTellWatchersWhichVerdictsAreNotKept() throws IOException, InterruptedException {
        open(4, 100);
        verdicts.put(NEVER_BAD, Teller.NONE);
        run("run", 0, 6);
        pass(Duration.ofMinutes(2));

        try (var stream =
                ServerSentEvents.after("0", doors.httpPort(), "/api/v1/verdicts/stream")) {
            assertThat(stream.next("id")).endsWith("-2");
            assertThat(stream.next("event")).isEqualTo("skipped");
            assertThat(stream.next("data")).isEqualTo("{\"from\":1,\"to\":2}");
            assertThat(stream.next("id")).endsWith("-3");
        }
        ask(
                stub -> {
                    var watched =
                            stub.watchVerdicts(
                                    WatchVerdictsRequest.newBuilder().setAfter(-1).build());
                    var first = watched.next();
                    assertThat(first.getSequence()).isEqualTo(2);
                    assertThat(first.getSkipped().getFrom()).isEqualTo(1);
                    assertThat(first.getSkipped().getTo()).isEqualTo(2);
                    assertThat(first.hasVerdict()).isFalse();
                    assertThat(watched.next().getVerdict().getTriggerId()).isEqualTo("run2");
                    return watched;
                });
    }

    @Test
    void shouldPageThroughRunsByTime() {
        open(1_000, 100);
        verdicts.put(NEVER_BAD, Teller.NONE);
        int[] seconds = {3, 1, 5, 2, 4};
        for (int i = 0; i < seconds.length; i++) {
            append(event("go", "t" + i, seconds[i]).scenarioId("run-" + i));
        }
        pass(Duration.ofMinutes(2));

        List<String> overHttp = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = get("/scenarios?limit=2&page_token=" + token);
            overHttp.addAll(page.get("scenarios").findValuesAsText("scenario_id"));
            token = page.get("next_page_token").asText();
        } while (!token.isEmpty());
        List<String> overGrpc = ask(VerdictLimitsTest::allRuns);

        assertThat(overHttp).containsExactly("run-2", "run-4", "run-0", "run-3", "run-1");
        assertThat(overGrpc).isEqualTo(overHttp);
        append(event("go", "again", 9).scenarioId("run-1"));
        awaitTakenIn();
        assertThat(get("/scenarios?limit=1").at("/scenarios/0/scenario_id").asText())
                .isEqualTo("run-1");
        assertThat(get("/scenarios").get("count").asInt()).isEqualTo(5);
        for (String bad : List.of("x", "%20", "UnVu", "bm90aGluZ29mdGhlc29ydA")) {
            assertThat(http.get("/api/v1/scenarios?page_token=" + bad).statusCode())
                    .as(bad)
                    .isEqualTo(400);
        }
    }

    private static List<String> allRuns(ScenarioServiceBlockingStub stub) {
        List<String> runs = new ArrayList<>();
        String token = "";
        do {
            ListScenariosResponse page =
                    stub.listScenarios(
                            ListScenariosRequest.newBuilder()
                                    .setLimit(2)
                                    .setPageToken(token)
                                    .build());
            page.getScenariosList().forEach(run -> runs.add(run.getScenarioId()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return runs;
    }

    @Test
    void shouldSayHowManyAlertsAreNotShown() {
        open(1_000, 100);
        for (int i = 0; i < 130; i++) {
            append(event("RiskAlertRaised", "a" + i, i).severity(Severity.WARNING));
        }
        awaitTakenIn();

        JsonNode coverage = get("/coverage");

        assertThat(coverage.get("false_positive_candidates")).hasSize(100);
        assertThat(coverage.at("/incomplete/0/bound").asText()).isEqualTo("ALERTS_SHOWN");
        assertThat(coverage.at("/incomplete/0/left_out").asInt()).isEqualTo(30);
        var answer = ask(stub -> stub.getCoverage(GetCoverageRequest.getDefaultInstance()));
        assertThat(answer.getIncomplete(0).getBound()).isEqualTo("ALERTS_SHOWN");
        assertThat(answer.getIncomplete(0).getLeftOut()).isEqualTo(30);
    }

    @Test
    void shouldSayThatALinkMayBeMissingWhichExplainsAnAlert() {
        open(1_000, 100);
        append(event("RiskAlertRaised", "a", 10).severity(Severity.WARNING));
        awaitTakenIn();
        assertThat(get("/coverage").has("incomplete")).isFalse();

        links.lose(START.plusSeconds(5), START.plusSeconds(15));

        JsonNode coverage = get("/coverage");
        assertThat(coverage.get("false_positive_candidates")).hasSize(1);
        assertThat(coverage.at("/incomplete/0/bound").asText()).isEqualTo("LINK_MEMORY");
        var answer = ask(stub -> stub.getCoverage(GetCoverageRequest.getDefaultInstance()));
        assertThat(answer.getIncomplete(0).getBound()).isEqualTo("LINK_MEMORY");
        links.lose(START.plusSeconds(50), START.plusSeconds(60));
        assertThat(get("/coverage").has("incomplete")).isFalse();
    }

    @Test
    void shouldSayHowManyAlertsAreNotKept() {
        open(VerdictBounds.DEFAULT, new AlertPolicy(AlertPolicy.DEFAULT.types(), 5), 100);
        for (int i = 0; i < 1_100; i++) {
            append(event("RiskAlertRaised", "a" + i, i).severity(Severity.WARNING));
            if (i == 900) {
                // Only what is committed is forgotten.
                awaitTakenIn();
            }
        }
        awaitTakenIn();

        JsonNode coverage = get("/coverage");

        int forgotten = coverage.at("/truncated/forgotten").asInt();
        assertThat(forgotten).isGreaterThan(800);
        assertThat(coverage.at("/incomplete/1/bound").asText()).isEqualTo("ALERTS_KEPT");
        assertThat(coverage.at("/incomplete/1/left_out").asInt()).isEqualTo(forgotten);
        var answer = ask(stub -> stub.getCoverage(GetCoverageRequest.getDefaultInstance()));
        assertThat(answer.getIncomplete(1).getBound()).isEqualTo("ALERTS_KEPT");
        assertThat(answer.getIncomplete(1).getLeftOut()).isEqualTo(forgotten);
    }

    @Test
    void shouldEndAPageThatGetsLarge() {
        open(10_000, 100);
        verdicts.put(
                """
                name: many
                when: {type: go}
                expect: [{name: e, event: {type: e}, within: 10s, at-least: 20}]
                """,
                Teller.NONE);
        for (int i = 0; i < 600; i++) {
            append(event("go", "t" + i, 0));
        }
        for (int i = 0; i < 20; i++) {
            append(event("e", "e".repeat(150) + i, 1));
        }
        pass(Duration.ofMinutes(2));

        JsonNode page = get("/verdicts?limit=1000");
        assertThat(page.get("count").asInt()).isBetween(100, 599);
        assertThat(page.toString().length()).isLessThan(4 << 20);
        assertThat(
                        get("/verdicts?limit=1000&page_token="
                                        + page.get("next_page_token").asText())
                                .get("count")
                                .asInt())
                .isEqualTo(600 - page.get("count").asInt());
        GetVerdictsRequest same = GetVerdictsRequest.newBuilder().setLimit(1_000).build();
        assertThat(ask(stub -> stub.getVerdicts(same)).getVerdictsCount())
                .isEqualTo(page.get("count").asInt());
        assertThatThrownBy(
                        () ->
                                ask(
                                        stub ->
                                                stub.listScenarios(
                                                        ListScenariosRequest.newBuilder()
                                                                .setPageToken("x")
                                                                .build())))
                .hasMessageContaining("INVALID_ARGUMENT");
    }
}
