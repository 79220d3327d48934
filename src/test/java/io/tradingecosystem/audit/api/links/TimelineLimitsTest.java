package io.tradingecosystem.audit.api.links;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.correlation.LinkSetup;
import io.tradingecosystem.audit.correlation.MemoryLinks;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkObserver;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.OpenDoors;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.testing.GrpcChannel;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.ManualClock;
import io.tradingecosystem.audit.testing.TestSettings;
import io.tradingecosystem.audit.v1.CorrelationServiceGrpc;
import io.tradingecosystem.audit.v1.EventFilter;
import io.tradingecosystem.audit.v1.GetCausalChainRequest;
import io.tradingecosystem.audit.v1.GetTimelineRequest;
import io.tradingecosystem.audit.v1.GetTimelineResponse;
import io.tradingecosystem.audit.v1.Omission;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What every door says about timelines, chains, groups and delays when a bound is passed. */
class TimelineLimitsTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final String RUN = "/timelines?scenario_id=run&limit=100000";

    private final ManualClock clock = ManualClock.at(START);
    private final MemoryStore store = MemoryStore.create(clock, Set.of("order_id", "account"));
    private final MemoryLinks links = new MemoryLinks();
    private Monitoring monitoring;
    private LinkService service;
    private OpenDoors doors;
    private Http http;

    @BeforeEach
    void open() {
        Settings settings = TestSettings.of(Map.of());
        Time time = new Time(clock, System::nanoTime);
        monitoring = Monitoring.create(Identity.of(settings, Build.read(), START), time);
        service =
                LinkService.create(
                        store.store(),
                        new LinkSetup("audit", Optional.empty(), LinkBounds.DEFAULT),
                        LinkObserver.NONE,
                        time);
        LinkAnalyses analyses =
                LinkAnalyses.create(
                        store,
                        links,
                        () -> new Progress(0, 0),
                        ClockSkew.of(Duration.ofMillis(100)),
                        true,
                        EventAliases.of(Map.of(), Map.of()));
        doors =
                Doors.create(settings.server(), monitoring)
                        .routes("/api/v1", new TimelineRoutes(analyses))
                        .service(new LinkGrpc(analyses, service))
                        .open();
        http = Http.of(doors.httpPort());
    }

    @AfterEach
    void close() {
        doors.close();
        service.close();
        monitoring.close();
    }

    private static AuditEventBuilder event(String from, String id, long millis) {
        return AuditEvent.builder(from, "type")
                .id(id)
                .scenarioId("run")
                .occurredAt(START.plusMillis(millis));
    }

    private AuditEvent put(AuditEventBuilder event) {
        AuditEvent built = event.build();
        store.append(List.of(built));
        return store.byId(built.id()).orElseThrow();
    }

    private JsonNode get(String path) {
        return Http.json(http.get("/api/v1" + path));
    }

    private String drawn(String path) {
        return http.send(http.request("/api/v1" + path).header("Accept", "text/plain")).body();
    }

    private static String told(JsonNode answer) {
        return told(answer, "incomplete");
    }

    private static String told(JsonNode answer, String name) {
        List<String> told = new ArrayList<>();
        answer.path(name)
                .forEach(
                        each ->
                                told.add(
                                        each.get("bound").asText()
                                                + " "
                                                + each.path("left_out").asText("some")));
        return String.join(", ", told);
    }

    private static String told(List<Omission> incomplete) {
        List<String> told = new ArrayList<>();
        for (Omission each : incomplete) {
            told.add(each.getBound() + " " + (each.hasLeftOut() ? each.getLeftOut() : "some"));
        }
        return String.join(", ", told);
    }

    /** What the last message of a timeline says. */
    private String timelineOverGrpc() {
        try (GrpcChannel channel = GrpcChannel.to(doors.grpcPort())) {
            var messages =
                    CorrelationServiceGrpc.newBlockingStub(channel.channel())
                            .getTimeline(
                                    GetTimelineRequest.newBuilder()
                                            .setFilter(
                                                    EventFilter.newBuilder().setScenarioId("run"))
                                            .setLimit(100_000)
                                            .build());
            GetTimelineResponse last = messages.next();
            while (messages.hasNext()) {
                last = messages.next();
            }
            return told(last.getIncompleteList());
        }
    }

    private String chainOverGrpc(String id) {
        try (GrpcChannel channel = GrpcChannel.to(doors.grpcPort())) {
            return told(
                    CorrelationServiceGrpc.newBlockingStub(channel.channel())
                            .getCausalChain(
                                    GetCausalChainRequest.newBuilder().setEventId(id).build())
                            .getIncompleteList());
        }
    }

    private void requireTimeline(String expected, String drawing) {
        assertThat(told(get(RUN))).isEqualTo(expected);
        assertThat(timelineOverGrpc()).isEqualTo(expected);
        assertThat(drawn(RUN)).contains("… incomplete: " + drawing);
    }

    @Test
    void shouldSayThatClocksAreCorrectedByTheFirstEvents() {
        for (int i = 0; i < 2_000; i++) {
            put(event("engine", "e" + i, i));
        }
        assertThat(get(RUN).has("incomplete")).isFalse();
        AuditEvent cause = put(event("engine", "cause", 3_000));
        links.link(cause, put(event("risk", "effect", 2_500)));

        requireTimeline("CLOCK_SAMPLE some", "clocks are corrected by what the first events");
        assertThat(told(get(RUN + "&correct_clocks=false"))).isEmpty();
    }

    @Test
    void shouldSayHowManyClocksAreNotTold() {
        AuditEvent cause = put(event("engine", "cause", 0));
        for (int i = 0; i < 70; i++) {
            links.link(cause, put(event("service-" + i, "effect-" + i, i + 1)));
        }

        assertThat(get(RUN).get("clocks")).hasSize(64);
        requireTimeline("CLOCK_SERVICES 7", "the clocks of the services with the fewest");
    }

    @Test
    void shouldSayThatAnOrderWasNotCertain() {
        // The clock of the risk monitor is an hour ahead, so that all its events wait for others.
        AuditEvent effect = put(event("engine", "effect", 0));
        AuditEvent cause = put(event("risk", "cause", 3_600_000));
        links.link(cause, effect);
        List<AuditEvent> waiting = new ArrayList<>();
        for (int i = 0; i < 10_050; i++) {
            waiting.add(event("engine", "w" + i, 10 + i).build());
        }
        store.append(waiting);
        AuditEvent late = put(event("risk", "late", 3_600_005));

        JsonNode timeline = get("/timelines?scenario_id=run&limit=100000");

        assertThat(timeline.get("count").asInt()).isEqualTo(10_053);
        assertThat(late.id()).isEqualTo("late");
        assertThat(told(timeline)).contains("CLOCK_SAMPLE some");
        assertThat(told(timeline)).containsPattern("TIMELINE_ORDER \\d+");
        assertThat(timelineOverGrpc()).isEqualTo(told(timeline));
    }

    @Test
    void shouldSayThatADepthIsMore() {
        AuditEvent before = put(event("engine", "e0", 0));
        for (int i = 1; i <= 1_100; i++) {
            AuditEvent next = put(event("engine", "e" + i, i));
            links.link(before, next);
            before = next;
        }
        String first = get("/timelines?scenario_id=run&limit=1090").get("next_page_token").asText();

        JsonNode second = get("/timelines?scenario_id=run&limit=1000&page_token=" + first);

        assertThat(get(RUN).has("incomplete")).isFalse();
        assertThat(second.at("/entries/0/depth").asInt()).isEqualTo(1_000);
        // Those behind it are counted from it.
        assertThat(second.at("/entries/10/depth").asInt()).isEqualTo(1_010);
        assertThat(told(second)).isEqualTo("TIMELINE_DEPTH 11");
        assertThat(drawn("/timelines?scenario_id=run&page_token=" + first))
                .contains(
                        "… incomplete: an event has more causes in a row than its depth says: 11");
    }

    @Test
    void shouldCountAsManyCausesInARowAsTheBoundSays() {
        AuditEvent before = put(event("engine", "e0", 0));
        for (int i = 1; i <= 1_001; i++) {
            AuditEvent next = put(event("engine", "e" + i, i));
            links.link(before, next);
            before = next;
        }
        String first = get("/timelines?scenario_id=run&limit=1000").get("next_page_token").asText();

        JsonNode second = get("/timelines?scenario_id=run&page_token=" + first);

        assertThat(second.at("/entries/0/depth").asInt()).isEqualTo(1_000);
        assertThat(second.at("/entries/1/depth").asInt()).isEqualTo(1_001);
        assertThat(second.has("incomplete")).isFalse();
    }

    @Test
    void shouldDrawDeepEventsNoFurtherToTheRightThanOthers() {
        AuditEvent before = put(event("engine", "e0", 0));
        for (int i = 1; i <= 25; i++) {
            AuditEvent next = put(event("engine", "e" + i, i).message("m" + i));
            links.link(before, next);
            before = next;
        }

        assertThat(get(RUN).at("/entries/25/depth").asInt()).isEqualTo(25);
        assertThat(column(RUN, "m25", "type")).isEqualTo(column(RUN, "m20", "type"));
        assertThat(column(RUN, "m20", "type")).isEqualTo(column(RUN, "m19", "type") + 2);
        String chain = "/events/e0/chain";
        assertThat(get(chain).get("nodes")).hasSize(26);
        assertThat(column(chain, "m25", "└")).isEqualTo(column(chain, "m21", "└"));
        assertThat(column(chain, "m21", "└")).isEqualTo(column(chain, "m20", "└") + 3);
    }

    private int column(String path, String message, String what) {
        return drawn(path)
                .lines()
                .filter(line -> line.contains(message))
                .findFirst()
                .orElseThrow()
                .indexOf(what);
    }

    @Test
    void shouldSayHowManyCausesOfAnEntryAreNotShown() {
        AuditEvent effect = put(event("engine", "effect", 100));
        for (int i = 0; i < 20; i++) {
            links.link(put(event("engine", "cause-" + i, i)), effect, Link.Kind.RULE, 0.5);
        }

        assertThat(get(RUN).at("/entries/20/causes")).hasSize(16);
        requireTimeline("TIMELINE_CAUSES 4", "an event has more causes than were looked at");
    }

    @Test
    void shouldSayWhatAChainLeavesOut() {
        AuditEvent effect = put(event("engine", "effect", 100));
        for (int i = 0; i < 20; i++) {
            links.link(put(event("engine", "cause-" + i, i)), effect, Link.Kind.RULE, 0.5);
        }

        JsonNode chain = get("/events/effect/chain");

        assertThat(told(chain)).isEqualTo("CHAIN_ALTERNATIVES 11");
        assertThat(chain.get("truncated").asBoolean()).isTrue();
        assertThat(chainOverGrpc("effect")).isEqualTo("CHAIN_ALTERNATIVES 11");
        assertThat(drawn("/events/effect/chain"))
                .contains("… incomplete: an event has more other causes than are shown: 11\n");
        assertThat(told(get("/events/effect/chain?size=5")))
                .isEqualTo("CHAIN_SIZE some, CHAIN_ALTERNATIVES 11");
    }

    @Test
    void shouldSayThatAChainEndsAtADepthOrAFanout() {
        AuditEvent hub = put(event("engine", "hub", 0));
        for (int i = 0; i < 1_001; i++) {
            links.link(hub, put(event("engine", "e" + i, i + 1)));
        }
        links.link(store.byId("e0").orElseThrow(), put(event("engine", "deep", 2_000)));

        assertThat(told(get("/events/hub/chain?depth=1&size=10000")))
                .isEqualTo("CHAIN_DEPTH some, CHAIN_FANOUT some");
        assertThat(chainOverGrpc("hub")).isEqualTo("CHAIN_SIZE some, CHAIN_FANOUT some");
    }

    @Test
    void shouldSayWhatAGroupLeavesOut() {
        for (int i = 0; i < 12; i++) {
            put(event("engine", "e" + i, i));
        }

        JsonNode group = get("/events/e0/group?size=10");

        assertThat(group.get("count").asInt()).isEqualTo(10);
        assertThat(group.get("truncated").asBoolean()).isTrue();
        assertThat(told(group)).isEqualTo("GROUP_SIZE some");
        assertThat(get("/events/e0/group?size=12").has("incomplete")).isFalse();
    }

    @Test
    void shouldSayThatAGroupHasMoreKeys() {
        for (int i = 0; i < 1_005; i++) {
            put(event("engine", "e" + i, i).attribute("order_id", "order-" + i));
        }

        assertThat(told(get("/events/e0/group?size=10000"))).isEqualTo("GROUP_KEYS some");
    }

    @Test
    void shouldCountDelaysOfAllCausesThatARuleFinds() {
        AuditEvent effect = put(event("engine", "effect", 100));
        for (int i = 0; i < 32; i++) {
            links.link(put(event("engine", "cause-" + i, i)), effect, Link.Kind.RULE, 0.5);
        }

        JsonNode report = get("/statistics/delays?scenario_id=run");

        assertThat(report.at("/rules/0/delays/count").asInt()).isEqualTo(32);
        assertThat(report.get("truncated").asBoolean()).isFalse();
        assertThat(report.has("incomplete")).isFalse();
    }

    @Test
    void shouldSayHowManyDelaysOfAnEventDoNotCount() {
        AuditEvent effect = put(event("engine", "effect", 2_000));
        for (int i = 0; i < 1_003; i++) {
            links.link(put(event("engine", "cause-" + i, i)), effect, Link.Kind.RULE, 0.5);
        }

        JsonNode report = get("/statistics/delays?scenario_id=run");

        assertThat(report.at("/rules/0/delays/count").asInt()).isEqualTo(1_000);
        assertThat(report.get("truncated").asBoolean()).isTrue();
        assertThat(told(report)).isEqualTo("DELAY_CAUSES 3");
    }

    @Test
    void shouldSayHowManyDelaysOfFurtherHopsDoNotCount() {
        AuditEvent cause = put(event("engine", "cause", 0));
        for (int i = 0; i < 1_002; i++) {
            links.link(cause, put(event("service-" + i, "effect-" + i, i + 1)));
        }

        JsonNode report = get("/statistics/delays?scenario_id=run");

        assertThat(report.get("hops")).hasSize(1_000);
        assertThat(told(report)).isEqualTo("DELAY_ROWS 2");
    }

    @Test
    void shouldSayThatDelaysOfMoreEventsDoNotCount() {
        List<AuditEvent> events = new ArrayList<>();
        for (int i = 0; i < 100_001; i++) {
            events.add(event("engine", "e" + i, i).build());
        }
        store.append(events);
        put(AuditEvent.builder("engine", "type").id("x").scenarioId("other").occurredAt(START));

        JsonNode report = get("/statistics/delays?scenario_id=run&baseline=other");

        assertThat(report.get("events").asInt()).isEqualTo(100_000);
        assertThat(told(report)).isEqualTo("DELAY_EVENTS some");
        assertThat(report.has("baseline_incomplete")).isFalse();
        JsonNode swapped = get("/statistics/delays?scenario_id=other&baseline=run");
        assertThat(swapped.has("incomplete")).isFalse();
        assertThat(told(swapped, "baseline_incomplete")).isEqualTo("DELAY_EVENTS some");
    }

    @Test
    void shouldSayThatThereIsNoBaseline() {
        put(event("engine", "e", 0));

        var answer = http.get("/api/v1/statistics/delays?scenario_id=run&baseline=nobody");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(Http.json(answer).get("detail").asText())
                .isEqualTo("There is no event of the baseline nobody.");
    }
}
