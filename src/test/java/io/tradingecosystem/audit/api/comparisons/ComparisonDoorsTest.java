package io.tradingecosystem.audit.api.comparisons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.comparison.Comparisons;
import io.tradingecosystem.audit.correlation.MemoryLinks;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Teller;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.projection.Progress;
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
import io.tradingecosystem.audit.testing.TestSettings;
import io.tradingecosystem.audit.v1.CompareRequest;
import io.tradingecosystem.audit.v1.CompareResponse;
import io.tradingecosystem.audit.v1.ComparedRun;
import io.tradingecosystem.audit.v1.ComparisonServiceGrpc;
import io.tradingecosystem.audit.v1.Difference;
import io.tradingecosystem.audit.v1.Evidence;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import javax.xml.parsers.DocumentBuilderFactory;

/** Runs compared over HTTP and gRPC. */
class ComparisonDoorsTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final String ON_TIME = "/api/v1/comparisons?run=late&baseline=quiet";

    private final ManualClock clock = ManualClock.at(START);
    private final MemoryStore store = MemoryStore.create(clock, Set.of());
    private final MemoryLinks links = new MemoryLinks();
    private Monitoring monitoring;
    private VerdictService verdicts;
    private OpenDoors doors;
    private Http http;

    @BeforeEach
    void open() {
        Settings settings = TestSettings.of(Map.of());
        Time time = new Time(clock, System::nanoTime);
        monitoring = Monitoring.create(Identity.of(settings, Build.read(), START), time);
        ComparisonProblems.map(monitoring.problems());
        verdicts =
                VerdictService.create(
                        store.store(),
                        new VerdictSetup("audit", Optional.empty(), Tolerances.DEFAULT, 1_000),
                        VerdictObserver.NONE,
                        time);
        verdicts.start();
        RunComparisons comparisons =
                new RunComparisons(
                        Comparisons.create(store, links, verdicts.verdicts(), 10, 2),
                        verdicts.progress()::now,
                        () -> new Progress(7, 3));
        doors =
                Doors.create(settings.server(), monitoring)
                        .routes("/api/v1", new ComparisonRoutes(comparisons))
                        .service(new ComparisonGrpc(comparisons))
                        .open();
        http = Http.of(doors.httpPort());
    }

    @AfterEach
    void close() {
        doors.close();
        verdicts.close();
        monitoring.close();
    }

    private AuditEvent put(String run, String service, String type, long millis) {
        AuditEvent event =
                AuditEvent.builder(service, type)
                        .id(run + "-" + type)
                        .scenarioId(run)
                        .occurredAt(START.plusMillis(millis))
                        .build();
        store.append(List.of(event));
        return store.byId(event.id()).orElseThrow();
    }

    private void run(String run, long alertAfter) {
        AuditEvent chaos = put(run, "coordinator", "chaos", 0);
        AuditEvent alert = put(run, "risk", "alert", alertAfter);
        links.link(chaos, alert, Link.Kind.RULE, 0.9);
    }

    private void quietAndLate() {
        run("quiet", 1_000);
        run("late", 9_000);
        put("quiet", "engine", "halted", 1_500);
        put("late", "engine", "resumed", 9_500);
    }

    private HttpResponse<String> get(String path, String accept) {
        return http.send(http.request(path).header("Accept", accept));
    }

    @Test
    void shouldTellWhatIsDifferent() {
        quietAndLate();

        JsonNode answer = Http.json(http.get(ON_TIME));

        assertThat(answer.get("same").asBoolean()).isFalse();
        assertThat(answer.get("complete").asBoolean()).isTrue();
        assertThat(answer.get("differences").findValuesAsText("kind"))
                .containsExactly("missing", "extra", "later");
        JsonNode later = answer.get("differences").get(2);
        assertThat(later.get("step").get("service").asText()).isEqualTo("risk");
        assertThat(later.get("first").asDouble()).isEqualTo(9);
        assertThat(later.get("baseline_first").asDouble()).isEqualTo(1);
        assertThat(later.get("sentence").asText())
                .isEqualTo("risk alert comes 8 s later: at +9 s, baseline at +1 s");
        assertThat(answer.get("rules").get(0).get("ratio").asDouble()).isEqualTo(9);
        assertThat(answer.get("run").get("aligned_by").asText()).isEqualTo("first_event");
        assertThat(answer.get("run").get("anchor_id").asText()).isEqualTo("late-chaos");
        assertThat(answer.get("links_progress").get("behind").asInt()).isEqualTo(3);
        assertThat(answer.has("incomplete")).isFalse();
    }

    @Test
    void shouldTellTheSameOverGrpc() {
        quietAndLate();

        CompareResponse answer = compare("late", "quiet");

        assertThat(answer.getDifferencesList())
                .extracting(Difference::getKind)
                .containsExactly(
                        Difference.Kind.KIND_MISSING,
                        Difference.Kind.KIND_EXTRA,
                        Difference.Kind.KIND_LATER);
        assertThat(answer.getDifferences(2).getFirst().getSeconds()).isEqualTo(9);
        assertThat(answer.getDifferences(0).hasFirst()).isFalse();
        assertThat(answer.getRules(0).getRatio()).isEqualTo(9);
        assertThat(answer.getRun().getAlignedBy())
                .isEqualTo(ComparedRun.AlignedBy.ALIGNED_BY_FIRST_EVENT);
        JsonNode json = Http.json(http.get(ON_TIME)).get("ranking");
        assertThat(answer.getRanking().getReason()).isEqualTo(json.get("reason").asText());
        assertThat(answer.getRanking().getMostLikely()).isEqualTo(json.get("most_likely").asText());
        assertThat(answer.getRanking().getSuspectsList())
                .flatExtracting(each -> each.getEvidenceList())
                .extracting(Evidence::getSignal)
                .contains(Evidence.Signal.SIGNAL_DELAYS, Evidence.Signal.SIGNAL_STEPS);
    }

    private CompareResponse compare(String run, String... baselines) {
        try (GrpcChannel channel = GrpcChannel.to(doors.grpcPort())) {
            return ComparisonServiceGrpc.newBlockingStub(channel.channel())
                    .compare(
                            CompareRequest.newBuilder()
                                    .setRun(run)
                                    .addAllBaselines(List.of(baselines))
                                    .build());
        }
    }

    @Test
    void shouldTellItToPeople() {
        quietAndLate();

        HttpResponse<String> answer = get(ON_TIME, "text/plain");

        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/plain");
        assertThat(answer.body())
                .contains("run       late: 3 events, aligned at its first event, late-chaos\n")
                .contains("\nlater\n  risk alert comes 8 s later: at +9 s, baseline at +1 s\n")
                .contains("engine halted is missing once: 0 times, baseline once")
                .contains("links have come to position 7; 3 events behind it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&report=junit"})
    void shouldFailAPipeline(String report) throws Exception {
        quietAndLate();

        String accept = report.isEmpty() ? "application/xml" : "application/json";
        HttpResponse<String> answer = get(ON_TIME + report, accept);

        var suite =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(
                                new ByteArrayInputStream(
                                        answer.body().getBytes(StandardCharsets.UTF_8)))
                        .getElementsByTagName("testsuite")
                        .item(0)
                        .getAttributes();
        assertThat(suite.getNamedItem("tests").getNodeValue()).isEqualTo("9");
        assertThat(suite.getNamedItem("errors").getNodeValue()).isEqualTo("0");
        assertThat(suite.getNamedItem("failures").getNodeValue()).isEqualTo("3");
    }

    @Test
    void shouldPassAPipelineWhereNothingIsDifferent() {
        quietAndLate();

        assertThat(get("/api/v1/comparisons?run=late&baseline=late", "application/xml").body())
                .contains("failures=\"0\" errors=\"0\"");
    }

    @Test
    void shouldNotKnowARunWithoutEvents() {
        quietAndLate();

        for (String path :
                List.of("?run=nobody&baseline=quiet", "?run=late&baseline=quiet,nobody")) {
            HttpResponse<String> answer = http.get("/api/v1/comparisons" + path);
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("There is no event of the run nobody.");
        }
        assertThatThrownBy(() -> compare("late", "nobody")).hasMessageContaining("NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?run=late",
                "?baseline=quiet",
                "?run=late&baseline=,",
                "?run=late&baseline=quiet,quiet",
                "?run=late&baseline=a,b,c,d,e",
                "?run=late&baseline=quiet&report=pdf"
            })
    void shouldRefuseWhatIsNoQuestion(String query) {
        assertThat(http.get("/api/v1/comparisons" + query).statusCode()).isEqualTo(400);
    }

    @Test
    void shouldRefuseNoBaselineOverGrpc() {
        assertThatThrownBy(() -> compare("late")).hasMessageContaining("INVALID_ARGUMENT");
        assertThatThrownBy(() -> compare("", "quiet")).hasMessageContaining("INVALID_ARGUMENT");
    }

    @Test
    void shouldSayWhatItDidNotRead() {
        quietAndLate();
        for (int i = 0; i < 9; i++) {
            put("late", "engine", "tick-" + i, 10_000 + i);
        }
        AuditEvent alert = store.byId("quiet-alert").orElseThrow();
        links.link(put("other", "x", "y", -10), alert, Link.Kind.RULE, 0.5);
        links.link(put("other", "x", "z", -20), alert, Link.Kind.RULE, 0.4);

        JsonNode answer = Http.json(http.get(ON_TIME));

        assertThat(answer.get("run").get("events").asInt()).isEqualTo(10);
        assertThat(answer.get("run").get("incomplete").findValuesAsText("bound"))
                .containsExactly("COMPARED_EVENTS");
        assertThat(answer.get("baselines").get(0).get("incomplete").findValuesAsText("bound"))
                .containsExactly("COMPARED_CAUSES");
    }

    @Test
    void shouldAlignAtTheTriggerAndSayThatARunGoesOn() {
        verdicts.put(
                """
                name: alert-follows
                scenario: any
                when: {type: chaos}
                expect:
                  - {name: alert, event: {type: alert}, within: 30s}
                """,
                Teller.NONE);
        put("early", "setup", "begun", -5_000);
        put("early", "coordinator", "chaos", 0);
        put("quiet", "coordinator", "chaos", 0);
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                verdicts.verdicts().runs().find("early").isPresent()
                                        && verdicts.verdicts().runs().find("quiet").isPresent());

        JsonNode answer = Http.json(http.get("/api/v1/comparisons?run=early&baseline=quiet"));

        JsonNode run = answer.get("run");
        assertThat(run.get("aligned_by").asText()).isEqualTo("trigger");
        assertThat(run.get("anchor_id").asText()).isEqualTo("early-chaos");
        assertThat(run.get("expectation").asText()).isEqualTo("alert-follows");
        assertThat(run.get("complete").asBoolean()).isFalse();
        assertThat(run.get("still_open").asText()).isEqualTo("it goes on: a verdict is pending");
        assertThat(answer.get("complete").asBoolean()).isFalse();
        assertThat(answer.get("differences").findValuesAsText("kind")).containsExactly("extra");
        assertThat(answer.get("differences").get(0).get("first").asDouble()).isEqualTo(-5);
        assertThat(get("/api/v1/comparisons?run=early&baseline=quiet", "application/xml").body())
                .contains("errors=\"1\"");
    }
}
