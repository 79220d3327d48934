package io.tradingecosystem.audit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.api.links.LinkMonitoring;
import io.tradingecosystem.audit.api.verdicts.VerdictMonitoring;
import io.tradingecosystem.audit.app.DoorWiring;
import io.tradingecosystem.audit.app.EventWiring;
import io.tradingecosystem.audit.app.LimitWiring;
import io.tradingecosystem.audit.app.LinkWiring;
import io.tradingecosystem.audit.app.VerdictWiring;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Conditions;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.OpenDoors;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.testing.CapturedLog;
import io.tradingecosystem.audit.testing.GrpcChannel;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.TestSettings;
import io.tradingecosystem.audit.v1.CorrelationServiceGrpc;
import io.tradingecosystem.audit.v1.EventFilter;
import io.tradingecosystem.audit.v1.GetCausalChainRequest;
import io.tradingecosystem.audit.v1.GetCoverageRequest;
import io.tradingecosystem.audit.v1.GetCoverageResponse;
import io.tradingecosystem.audit.v1.GetTimelineRequest;
import io.tradingecosystem.audit.v1.GetVerdictsRequest;
import io.tradingecosystem.audit.v1.ListLinksRequest;
import io.tradingecosystem.audit.v1.ListScenariosRequest;
import io.tradingecosystem.audit.v1.Progress;
import io.tradingecosystem.audit.v1.ScenarioServiceGrpc;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** Linker and referee stand still in the middle of their work, and every door tells. */
class LagTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int WAITING = 7;

    private final Settings settings =
            TestSettings.of(
                    Map.of(
                            "correlation.lag-warning", "100ms",
                            "scenario.lag-warning", "100ms",
                            "scenario.allowed-lateness", "0s"));
    private final Time time = new Time(InstantSource.system(), System::nanoTime);
    private final MemoryStore store = MemoryStore.create(time.clock(), Set.of());
    private final Hold linking = new Hold();
    private final Hold judging = new Hold();
    private final BlockingQueue<ServingStatus> watched = new LinkedBlockingQueue<>();
    private Monitoring monitoring;
    private LinkService links;
    private VerdictService verdicts;
    private OpenDoors doors;
    private Http http;
    private GrpcChannel channel;

    /** Keeps the follower that comes here until it is let go. */
    private static final class Hold {
        private final CountDownLatch held = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);

        void enter() {
            held.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void awaitHeld() {
            await().atMost(PATIENCE).until(() -> held.getCount() == 0);
        }
    }

    @BeforeEach
    void open() {
        monitoring = Monitoring.create(Identity.of(settings, Build.read(), Instant.EPOCH), time);
        Doors all = DoorWiring.start(settings, monitoring);
        links =
                LinkService.create(
                        store.store(),
                        LinkWiring.setup(settings),
                        (rule, after) -> linking.enter(),
                        time);
        LinkMonitoring.create(monitoring).show(links, settings.correlation().lagWarning());
        verdicts =
                VerdictService.create(
                        store.store(),
                        VerdictWiring.setup(settings),
                        verdict -> judging.enter(),
                        time);
        VerdictMonitoring.create(monitoring).show(verdicts, settings.scenario().lagWarning());
        links.start();
        verdicts.start();
        var intake =
                EventWiring.start(
                        settings,
                        store.store(),
                        LimitWiring.start(settings, monitoring),
                        monitoring);
        EventWiring.add(
                settings,
                intake,
                links.index(),
                links.progress()::now,
                store.store(),
                monitoring,
                all);
        LinkWiring.add(settings, links, intake.aliases(), store.store(), monitoring, all);
        VerdictWiring.add(
                verdicts,
                VerdictWiring.gaps(settings, intake.aliases(), store.store(), monitoring),
                links,
                all);
        doors = all.open();
        http = Http.of(doors.httpPort());
        channel = GrpcChannel.to(doors.grpcPort());
        HealthGrpc.newStub(channel.channel()).watch(request("judging"), new Watcher());
    }

    @AfterEach
    void close() {
        linking.release.countDown();
        judging.release.countDown();
        channel.close();
        doors.close();
        verdicts.close();
        links.close();
        monitoring.close();
    }

    private final class Watcher implements StreamObserver<HealthCheckResponse> {
        @Override
        public void onNext(HealthCheckResponse response) {
            watched.add(response.getStatus());
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
    }

    private static HealthCheckRequest request(String name) {
        return HealthCheckRequest.newBuilder().setService(name).build();
    }

    private ServingStatus asked(String name) {
        return HealthGrpc.newBlockingStub(channel.channel()).check(request(name)).getStatus();
    }

    /** All that is appended from here on waits. */
    private void hold() {
        awaitDecisions();
        run();
        linking.awaitHeld();
        judging.awaitHeld();
    }

    /** They write into the log themselves when they start. */
    private void awaitDecisions() {
        await().atMost(PATIENCE)
                .until(
                        () ->
                                !links.progress().now().isBehind()
                                        && !verdicts.progress().now().isBehind());
    }

    /** A chaos run whose verdict is certain at once: its alert came, and its windows are over. */
    private void run() {
        Instant now = time.now();
        store.append(
                List.of(
                        AuditEvent.builder("test-coordinator", "chaos.injected")
                                .id("t")
                                .occurredAt(now.minusSeconds(100))
                                .scenarioId("run")
                                .attribute("chaos", "stablecoin-depeg")
                                .build(),
                        AuditEvent.builder("risk-monitor", "risk.alert.raised")
                                .id("a")
                                .severity(Severity.CRITICAL)
                                .occurredAt(now.minusSeconds(80))
                                .scenarioId("run")
                                .build()));
    }

    private void append(int count) {
        for (int i = 0; i < count; i++) {
            store.append(List.of(AuditEvent.builder("service", "type").id("w" + i).build()));
        }
    }

    private JsonNode data(String path) {
        return Http.json(http.get(path)).path("checks").path(0).path("data");
    }

    private JsonNode detail(String name) {
        for (JsonNode check : Http.json(http.get("/health")).path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check.path("data");
            }
        }
        throw new AssertionError("no check " + name);
    }

    @Test
    void shouldTellAtEveryDoorWithinASecond() {
        // Once for everything that is loaded on first use.
        assertThat(http.get("/health/linking").statusCode()).isEqualTo(200);
        assertThat(http.get("/metrics").body()).contains("audit_scenario_lag_seconds 0.0");
        assertThat(asked("linking")).isEqualTo(ServingStatus.SERVING);
        hold();
        try (CapturedLog log = CapturedLog.of(Conditions.class.getPackage())) {
            append(WAITING);

            await().atMost(SOON)
                    .untilAsserted(
                            () -> {
                                lags("linking");
                                lags("judging");
                                assertThat(watched).contains(ServingStatus.NOT_SERVING);
                                assertThat(log.lines("linking.degraded")).hasSize(1);
                                assertThat(log.lines("judging.degraded")).hasSize(1);
                                assertThat(detail("linking").path("behind").asLong())
                                        .isEqualTo(WAITING);
                                metricsTell();
                            });
            assertThat(log.lines("linking.degraded").getFirst())
                    .contains("behind=" + WAITING, "remedy=", "waiting_since=");
            JsonNode status = Http.json(http.get("/api/v1/status"));
            assertThat(status.at("/correlation/behind").asLong()).isEqualTo(WAITING);
            assertThat(status.at("/scenarios/behind").asLong()).isEqualTo(WAITING);
            assertThat(status.at("/scenarios/waiting_since").asText()).isNotEmpty();
            requestsAreWelcome();
        }
    }

    @Test
    void shouldSayInEachAnswerHowFarItsMakersHaveCome() {
        hold();
        append(WAITING);

        for (String path :
                List.of(
                        "/api/v1/links",
                        "/api/v1/audit/correlations",
                        "/api/v1/audit/events/service?service_name=risk-monitor",
                        "/api/v1/audit/events/trace/none",
                        "/api/v1/timelines?scenario_id=run",
                        "/api/v1/events/t/chain",
                        "/api/v1/statistics/delays?scenario_id=run",
                        "/api/v1/statistics/delays?scenario_id=run&baseline=run",
                        "/api/v1/coverage")) {
            come(path, "links_progress");
        }
        String id = verdicts.verdicts().madeAfter(0, 1).getFirst().verdict().id();
        for (String path :
                List.of(
                        "/api/v1/verdicts",
                        "/api/v1/verdicts/" + id,
                        "/api/v1/scenarios",
                        "/api/v1/coverage")) {
            come(path, "verdicts_progress");
        }
        assertThat(http.get("/api/v1/scenarios/run").headers().firstValue("audit-progress"))
                .hasValue("verdicts;position=" + held() + ";behind=" + WAITING);
        for (String path : List.of("/api/v1/timelines?scenario_id=run", "/api/v1/events/t/chain")) {
            assertThat(http.send(http.request(path).header("Accept", "text/plain")).body())
                    .contains("links have come to position " + held() + "; " + WAITING + " events");
        }
    }

    @Test
    void shouldSayInEachMessageHowFarItsMakersHaveCome() {
        hold();
        append(WAITING);
        var correlation = CorrelationServiceGrpc.newBlockingStub(channel.channel());
        var scenario = ScenarioServiceGrpc.newBlockingStub(channel.channel());
        Progress expected = Progress.newBuilder().setPosition(held()).setBehind(WAITING).build();

        assertThat(correlation.listLinks(ListLinksRequest.getDefaultInstance()).getLinksProgress())
                .isEqualTo(expected);
        assertThat(
                        correlation
                                .getCausalChain(
                                        GetCausalChainRequest.newBuilder().setEventId("t").build())
                                .getLinksProgress())
                .isEqualTo(expected);
        assertThat(
                        correlation
                                .getTimeline(
                                        GetTimelineRequest.newBuilder()
                                                .setFilter(
                                                        EventFilter.newBuilder()
                                                                .setScenarioId("run"))
                                                .build())
                                .next()
                                .getLinksProgress())
                .isEqualTo(expected);
        assertThat(
                        scenario.getVerdicts(GetVerdictsRequest.getDefaultInstance())
                                .getVerdictsProgress())
                .isEqualTo(expected);
        assertThat(
                        scenario.listScenarios(ListScenariosRequest.getDefaultInstance())
                                .getVerdictsProgress())
                .isEqualTo(expected);
        GetCoverageResponse coverage =
                scenario.getCoverage(GetCoverageRequest.getDefaultInstance());
        assertThat(coverage.getVerdictsProgress()).isEqualTo(expected);
        assertThat(coverage.getLinksProgress()).isEqualTo(expected);
    }

    /** Up to where both had worked when they were held. */
    private long held() {
        return store.lastPosition() - WAITING;
    }

    private void come(String path, String member) {
        JsonNode progress = Http.json(http.get(path)).path(member);
        assertThat(progress.path("position").asLong()).as(path).isEqualTo(held());
        assertThat(progress.path("behind").asLong()).as(path).isEqualTo(WAITING);
    }

    private void lags(String name) {
        assertThat(http.get("/health/" + name).statusCode()).isEqualTo(503);
        JsonNode data = data("/health/" + name);
        assertThat(data.path("behind").asLong()).isEqualTo(WAITING);
        assertThat(Instant.parse(data.path("waiting_since").asText())).isBefore(time.now());
        assertThat(Instant.parse(data.path("since").asText())).isBefore(time.now());
        assertThat(asked(name)).isEqualTo(ServingStatus.NOT_SERVING);
    }

    private void metricsTell() {
        String metrics = http.get("/metrics").body();
        assertThat(metrics)
                .contains("audit_correlation_behind " + (double) WAITING)
                .contains("audit_scenario_behind " + (double) WAITING)
                .contains("health_condition{condition=\"linking\",} 0.0")
                .contains("health_condition{condition=\"judging\",} 0.0")
                .doesNotContain("audit_correlation_lag_seconds 0.0")
                .doesNotContain("audit_scenario_lag_seconds 0.0");
    }

    private void requestsAreWelcome() {
        for (String path : List.of("/health", "/health/ready", "/health/live", "/api/v1/ready")) {
            assertThat(http.get(path).statusCode()).as(path).isEqualTo(200);
        }
        for (String name : List.of("", "audit-correlator", "audit.v1.ScenarioService")) {
            assertThat(asked(name)).as(name).isEqualTo(ServingStatus.SERVING);
        }
    }

    @Test
    void shouldRecoverWhenTheyGoOn() {
        hold();
        try (CapturedLog log = CapturedLog.of(Conditions.class.getPackage())) {
            append(WAITING);
            await().atMost(PATIENCE).until(() -> log.lines("judging.degraded").size() == 1);
            await().atMost(PATIENCE).until(() -> log.lines("linking.degraded").size() == 1);

            linking.release.countDown();
            judging.release.countDown();

            await().atMost(PATIENCE).until(() -> log.lines("judging.recovered").size() == 1);
            await().atMost(PATIENCE).until(() -> log.lines("linking.recovered").size() == 1);
            assertThat(http.get("/health/judging").statusCode()).isEqualTo(200);
            assertThat(asked("judging")).isEqualTo(ServingStatus.SERVING);
            assertThat(data("/health/linking").path("behind").asLong()).isZero();
            assertThat(data("/health/linking").has("waiting_since")).isFalse();
        }
    }

    @Test
    void shouldNotKnowOtherConditions() {
        assertThat(http.get("/health/gambling").statusCode()).isEqualTo(404);
    }
}
