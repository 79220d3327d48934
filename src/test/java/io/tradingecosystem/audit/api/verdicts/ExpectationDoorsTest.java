package io.tradingecosystem.audit.api.verdicts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.grpc.StatusRuntimeException;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.MemoryLinks;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.event.Teller;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.scenario.AlertPolicy;
import io.tradingecosystem.audit.scenario.GapReports;
import io.tradingecosystem.audit.scenario.VerdictBounds;
import io.tradingecosystem.audit.scenario.VerdictReplay;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.VerdictSetup;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.scenario.verdicts.VerdictObserver;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.OpenDoors;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Store;
import io.tradingecosystem.audit.testing.GrpcChannel;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.ManualClock;
import io.tradingecosystem.audit.testing.TestSettings;
import io.tradingecosystem.audit.v1.ScenarioServiceGrpc;
import io.tradingecosystem.audit.v1.ScenarioServiceGrpc.ScenarioServiceBlockingStub;
import io.tradingecosystem.audit.v1.TryExpectationRequest;
import io.tradingecosystem.audit.v1.TryExpectationResponse;
import io.tradingecosystem.audit.v1.WithdrawExpectationRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Stream;

/** Expectations that are withdrawn, and tried, at both doors. */
class ExpectationDoorsTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);
    private static final String ALERTS =
            """
            name: alerts
            when: {type: go}
            expect: [{name: alert, event: {type: alert}, within: 10s, join: [correlation_id]}]
            """;

    @TempDir private Path folder;
    private final ManualClock clock = ManualClock.at(START);
    private final MemoryStore store = MemoryStore.create(clock, Set.of());
    private volatile Optional<Semaphore> held = Optional.empty();
    private VerdictService verdicts;
    private Monitoring monitoring;
    private OpenDoors doors;
    private Http http;

    @BeforeEach
    void open() throws Exception {
        Files.writeString(
                folder.resolve("own.yaml"),
                ALERTS.replace("alerts", "of-a-file").replace("type: go", "type: other"));
        Settings settings = TestSettings.of(Map.of());
        Time time = new Time(clock, System::nanoTime);
        monitoring = Monitoring.create(Identity.of(settings, Build.read(), START), time);
        VerdictProblems.map(monitoring.problems());
        verdicts =
                VerdictService.create(
                        new Store(store, HeldIndex.of(store, () -> held), store),
                        new VerdictSetup(
                                "audit",
                                Optional.of(folder),
                                Tolerances.DEFAULT,
                                VerdictBounds.DEFAULT,
                                AlertPolicy.DEFAULT),
                        VerdictObserver.NONE,
                        time);
        verdicts.start();
        FalsePositives alerts =
                FalsePositives.of(new MemoryLinks(), () -> new Progress(store.lastPosition(), 0));
        doors =
                Doors.create(settings.server(), monitoring)
                        .routes("/api/v1", new VerdictRoutes(verdicts, alerts))
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
    }

    @AfterEach
    void close() {
        doors.close();
        verdicts.close();
        monitoring.close();
    }

    private void append(String type, String id, int second) {
        store.append(List.of(event(type, id, second).build()));
    }

    private static AuditEventBuilder event(String type, String id, int second) {
        return AuditEvent.builder("engine", type)
                .id(id)
                .scenarioId("run")
                .correlationId(id.substring(id.indexOf('-') + 1))
                .occurredAt(START.plusSeconds(second));
    }

    private void awaitTakenIn() {
        long last = store.lastPosition();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> verdicts.statistics().position() >= last);
    }

    private void pass(Duration time) {
        awaitTakenIn();
        clock.jump(time);
        await().atMost(Duration.ofSeconds(30)).until(() -> verdicts.statistics().open() == 0);
        awaitTakenIn();
    }

    private JsonNode get(String path) {
        return Http.json(http.get("/api/v1" + path));
    }

    private HttpResponse<String> withdraw(String name) {
        return http.send(http.request("/api/v1/expectations/" + name).DELETE());
    }

    private HttpResponse<String> trial(String parameters, String definition) {
        return http.send(
                http.request("/api/v1/expectations/try" + parameters)
                        .header("Content-Type", "application/yaml")
                        .POST(BodyPublishers.ofString(definition)));
    }

    private <T> T ask(Function<ScenarioServiceBlockingStub, T> question) {
        try (GrpcChannel channel = GrpcChannel.to(doors.grpcPort())) {
            return question.apply(ScenarioServiceGrpc.newBlockingStub(channel.channel()));
        }
    }

    @Test
    void shouldJudgeWhatCameBeforeAWithdrawalAndNothingBehindIt() {
        verdicts.put(ALERTS, Teller.NONE);
        append("go", "go-1", 0);
        append("go", "go-2", 0);
        awaitTakenIn();

        HttpResponse<String> withdrawn = withdraw("alerts");
        append("go", "go-3", 1);
        append("alert", "alert-1", 2);
        pass(Duration.ofMinutes(2));

        assertThat(withdrawn.statusCode()).isEqualTo(200);
        JsonNode answer = Http.json(withdrawn);
        assertThat(answer.get("name").asText()).isEqualTo("alerts");
        assertThat(answer.get("withdrawn").asBoolean()).isTrue();
        AuditEvent event = store.byId(answer.get("event_id").asText()).orElseThrow();
        assertThat(event.type()).isEqualTo(VerdictEvents.EXPECTATION);
        assertThat(event.attribute("origin")).isEqualTo("api");
        JsonNode made = get("/verdicts?expectation=alerts");
        assertThat(made.get("verdicts").findValuesAsText("trigger_id"))
                .containsExactly("go-2", "go-1");
        assertThat(made.get("verdicts").findValuesAsText("status"))
                .containsExactly("FAILED", "PASSED");
        assertThat(http.get("/api/v1/expectations/alerts").statusCode()).isEqualTo(404);
        assertThat(VerdictReplay.compare(store.store(), Tolerances.DEFAULT).different()).isZero();
    }

    @Test
    void shouldChangeNothingWhereItIsWithdrawnAgain() {
        verdicts.put(ALERTS, Teller.NONE);
        String first = withdraw("alerts").body();
        long last = store.lastPosition();

        assertThat(withdraw("alerts").body()).isEqualTo(first);
        String eventId =
                ask(
                        stub ->
                                stub.withdrawExpectation(
                                                WithdrawExpectationRequest.newBuilder()
                                                        .setName("alerts")
                                                        .build())
                                        .getEventId());
        assertThat(first).contains(eventId);
        assertThat(store.lastPosition()).isEqualTo(last);
    }

    @Test
    void shouldTakeAgainWhatWasWithdrawn() {
        verdicts.put(ALERTS, Teller.NONE);
        withdraw("alerts");
        verdicts.put(ALERTS, Teller.NONE);
        append("go", "go-1", 0);
        pass(Duration.ofMinutes(2));

        assertThat(get("/verdicts?expectation=alerts").get("count").asInt()).isEqualTo(1);
        assertThat(withdraw("alerts").statusCode()).isEqualTo(200);
        assertThat(http.get("/api/v1/expectations/alerts").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldNotWithdrawWhatAFileDefinesOrNobody() {
        HttpResponse<String> ofFile = withdraw("of-a-file");
        assertThat(ofFile.statusCode()).isEqualTo(409);
        assertThat(Http.json(ofFile).get("detail").asText())
                .isEqualTo("of-a-file is defined by a file; take it out there");
        assertThat(withdraw("nobody").statusCode()).isEqualTo(404);
        assertThatThrownBy(
                        () ->
                                ask(
                                        stub ->
                                                stub.withdrawExpectation(
                                                        WithdrawExpectationRequest.newBuilder()
                                                                .setName("nobody")
                                                                .build())))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageStartingWith("NOT_FOUND");
    }

    /** Somebody withdraws what a file comes to define meanwhile. */
    @Test
    void shouldNotLetALateWithdrawalTakeAwayWhatAFileDefines() {
        var definition = verdicts.expectation("of-a-file").orElseThrow().definition();
        AuditEvent late =
                VerdictEvents.EXPECTATIONS.withdrawal("audit", START, definition).toBuilder()
                        .attribute("origin", "api")
                        .build();
        store.append(List.of(late));
        awaitTakenIn();

        assertThat(verdicts.expectation("of-a-file")).isPresent();
        assertThat(VerdictReplay.compare(store.store(), Tolerances.DEFAULT).different()).isZero();
    }

    @Test
    void shouldSayWhatADefinitionWouldHaveSaid() {
        append("go", "go-1", 0);
        append("alert", "alert-1", 1);
        append("go", "go-2", 1);
        append("go", "go-3", 300);
        clock.jump(Duration.ofSeconds(301));
        awaitTakenIn();
        long last = store.lastPosition();

        JsonNode trial = Http.json(trial("?scenario_id=run", ALERTS));

        assertThat(trial.get("status").asText()).isEqualTo("FAILED");
        assertThat(trial.at("/results/PASSED").asInt()).isEqualTo(1);
        assertThat(trial.at("/results/FAILED").asInt()).isEqualTo(1);
        assertThat(trial.at("/results/PENDING").asInt()).isEqualTo(1);
        assertThat(trial.get("verdicts").findValuesAsText("trigger_id"))
                .containsExactly("go-2", "go-3", "go-1");
        assertThat(trial.has("incomplete")).isFalse();
        assertThat(trial.get("from").asText()).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(store.lastPosition()).isEqualTo(last);
        assertThat(get("/expectations").get("count").asInt()).isEqualTo(1);
        TryExpectationResponse overGrpc =
                ask(
                        stub ->
                                stub.tryExpectation(
                                        TryExpectationRequest.newBuilder()
                                                .setDefinition(ALERTS)
                                                .setScenarioId("run")
                                                .build()));
        assertThat(overGrpc.getPassed()).isEqualTo(1);
        assertThat(overGrpc.getFailed()).isEqualTo(1);
        assertThat(overGrpc.getVerdictsCount()).isEqualTo(3);
        assertThat(overGrpc.getStatus().name()).isEqualTo("FAILED");
    }

    @Test
    void shouldTryWhatTakesItsNumbersFromEvents() {
        append("go", "go-1", 0);
        append("alert", "alert-1", 2);
        awaitTakenIn();
        String definition =
                """
                name: alerts
                let: {first: a.id, n: trigger.legs}
                when: {type: go}
                expect:
                  - {name: a, event: {type: alert}, within: 10s}
                  - {name: b, event: {type: alert, attributes: {id: '${first}'}}, within: 10s,
                     after: a}
                  - {name: c, event: {type: alert}, within: 10s, exactly: '${n}'}
                """;

        JsonNode answer = Http.json(trial("?scenario_id=run", definition));

        assertThat(answer.at("/verdicts/0/findings"))
                .extracting(each -> each.get("state").asText())
                .containsExactly("MET", "OPEN", "UNCERTAIN");
        assertThat(answer.at("/verdicts/0/findings/2/reason").asText())
                .contains("UNBOUND_VARIABLE: the trigger has no \"legs\"");
    }

    @Test
    void shouldSendAwayWhoeverWouldBeTheThirdToTry() {
        append("go", "go-1", 0);
        awaitTakenIn();
        Semaphore reading = new Semaphore(0);
        held = Optional.of(reading);
        List<CompletableFuture<Integer>> two =
                Stream.generate(() -> CompletableFuture.supplyAsync(this::tried, THREADS))
                        .limit(2)
                        .toList();
        await().atMost(Duration.ofSeconds(30)).until(() -> reading.getQueueLength() == 2);

        CompletableFuture<Integer> third = CompletableFuture.supplyAsync(this::tried, THREADS);
        assertThatThrownBy(
                        () ->
                                ask(
                                        stub ->
                                                stub.tryExpectation(
                                                        TryExpectationRequest.newBuilder()
                                                                .setDefinition(ALERTS)
                                                                .build())))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageStartingWith("RESOURCE_EXHAUSTED");

        assertThat(third.join()).isEqualTo(429);
        held = Optional.empty();
        reading.release(1_000);
        assertThat(two).extracting(CompletableFuture::join).containsOnly(200);
        assertThat(tried()).isEqualTo(200);
    }

    private int tried() {
        return trial("?scenario_id=run", ALERTS).statusCode();
    }

    /** What comes behind the time that is asked for belongs to the windows of its triggers. */
    @Test
    void shouldLookBehindTheTimeOfTheTriggersThatAreAskedFor() {
        append("go", "go-1", 0);
        append("go", "go-2", 5);
        append("alert", "alert-1", 6);
        clock.jump(Duration.ofMinutes(5));

        JsonNode trial =
                Http.json(trial("?from=2026-01-01T12:00:00Z&to=2026-01-01T12:00:05Z", ALERTS));

        assertThat(trial.get("status").asText()).isEqualTo("PASSED");
        assertThat(trial.get("count").asInt()).isEqualTo(1);
    }

    @Test
    void shouldNotCallPassedWhatALossMayHideThatWasToldOfLater() {
        append("go", "go-1", 0);
        clock.jump(Duration.ofHours(2));
        Gap gap = new Gap(START.plusSeconds(2), START.plusSeconds(4), "a disk was full");
        store.append(List.of(VerdictEvents.gap("audit", gap)));

        JsonNode trial =
                Http.json(
                        trial(
                                "?from=2026-01-01T12:00:00Z&to=2026-01-01T12:01:00Z",
                                """
                                name: quiet
                                when: {type: go}
                                never: [{name: bad, event: {type: bad}, within: 10s}]
                                """));

        assertThat(trial.get("status").asText()).isEqualTo("INCONCLUSIVE");
        assertThat(trial.at("/verdicts/0/reason").asText()).contains("a disk was full");
    }

    @Test
    void shouldSayWhatItDidNotRead() {
        append("go", "go-1", 0);
        List<AuditEvent> events = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            events.add(
                    AuditEvent.builder("engine", "noise")
                            .id("n" + i)
                            .occurredAt(START.plusSeconds(5).plusNanos(i))
                            .build());
        }
        store.append(events);
        append("alert", "alert-1", 6);
        append("go", "go-2", 7);
        clock.jump(Duration.ofMinutes(5));

        JsonNode trial = Http.json(trial("?scenario_id=run", ALERTS));

        assertThat(trial.get("events").asInt()).isBetween(50_000, 50_001);
        assertThat(trial.get("status").asText()).isEqualTo("INCONCLUSIVE");
        assertThat(trial.get("verdicts").findValuesAsText("trigger_id")).containsExactly("go-1");
        assertThat(trial.at("/verdicts/0/reason").asText()).contains("TRY_EVENTS");
        assertThat(trial.at("/incomplete/0/bound").asText()).isEqualTo("TRY_EVENTS");
        assertThat(trial.at("/incomplete/0/since").asText()).startsWith("2026-01-01T12:00:05");
    }

    @Test
    void shouldSayHowManyVerdictsAreNotShown() {
        for (int i = 0; i < 5; i++) {
            append("go", "go-" + i, i);
        }
        clock.jump(Duration.ofMinutes(5));

        JsonNode trial = Http.json(trial("?scenario_id=run&limit=2", ALERTS));

        assertThat(trial.at("/results/FAILED").asInt()).isEqualTo(5);
        assertThat(trial.get("count").asInt()).isEqualTo(2);
        assertThat(trial.at("/incomplete/0/bound").asText()).isEqualTo("REPORT_SIZE");
        assertThat(trial.at("/incomplete/0/left_out").asInt()).isEqualTo(3);
    }

    @Test
    void shouldTryAnExpectationOfRunsOnAWholeRun() {
        append("go", "go-1", 0);
        append("alert", "alert-1", 1);
        append("go", "go-2", 1);
        append("ended", "end-1", 60);
        clock.jump(Duration.ofMinutes(5));
        String ofRuns = ALERTS + "run: {until: {type: ended}}\neach: {at-least: 90%}\n";

        JsonNode trial = Http.json(trial("?scenario_id=run", ofRuns));

        assertThat(trial.get("status").asText()).as("%s", trial).isEqualTo("FAILED");
        assertThat(trial.get("count").asInt()).isEqualTo(1);
        assertThat(trial("?scenario_id=run&from=2026-01-01T12:00:00Z", ofRuns).statusCode())
                .isEqualTo(400);
        assertThat(trial("", ofRuns).body()).contains("on a whole run");
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        HttpResponse<String> misspelt = trial("", ALERTS.replace("within: 10s", "with-in: 10s"));
        assertThat(misspelt.statusCode()).isEqualTo(400);
        assertThat(misspelt.body()).contains("with-in");
        assertThat(trial("?scenario_id=nobody", ALERTS).statusCode()).isEqualTo(404);
        assertThat(trial("?from=yesterday", ALERTS).statusCode()).isEqualTo(400);
        JsonNode nothing = Http.json(trial("?from=2027-01-01T12:00:00Z", ALERTS));
        assertThat(nothing.get("status").asText()).isEqualTo("INCONCLUSIVE");
        assertThat(nothing.get("count").asInt()).isZero();
    }
}
