package io.tradingecosystem.audit.api.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.api.events.EventFinder;
import io.tradingecosystem.audit.api.legacy.LegacyEventQueries;
import io.tradingecosystem.audit.api.legacy.LegacyLinkRoutes;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.correlation.LinkSetup;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkObserver;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.OpenDoors;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.testing.GrpcChannel;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.ManualClock;
import io.tradingecosystem.audit.testing.ServerSentEvents;
import io.tradingecosystem.audit.testing.TestSettings;
import io.tradingecosystem.audit.v1.CorrelationServiceGrpc;
import io.tradingecosystem.audit.v1.CorrelationServiceGrpc.CorrelationServiceBlockingStub;
import io.tradingecosystem.audit.v1.ListLinksRequest;
import io.tradingecosystem.audit.v1.ListLinksResponse;
import io.tradingecosystem.audit.v1.WatchLinksRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What every door says about links when a bound is passed. */
class LinkLimitsTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final int MAX_LEGACY = 3;

    /** A stream that nobody reads any more is only found out when something is sent to it. */
    private static final Map<String, String> SHORT_GRACE = Map.of("server.shutdown-grace", "1s");

    private final ManualClock clock = ManualClock.at(START);
    private final MemoryStore store = MemoryStore.create(clock, Set.of());
    private Monitoring monitoring;
    private LinkService links;
    private OpenDoors doors;
    private Http http;

    @BeforeEach
    void open() {
        Settings settings = TestSettings.of(SHORT_GRACE);
        Time time = new Time(clock, System::nanoTime);
        monitoring = Monitoring.create(Identity.of(settings, Build.read(), START), time);
        links =
                LinkService.create(
                        store.store(),
                        new LinkSetup("audit", Optional.empty(), LinkBounds.DEFAULT),
                        LinkObserver.NONE,
                        time);
        links.start();
        EventAliases aliases = EventAliases.of(Map.of(), Map.of());
        LinkAnalyses analyses =
                LinkAnalyses.create(
                        store,
                        links.index(),
                        links.progress()::now,
                        ClockSkew.of(Duration.ofMillis(100)),
                        true,
                        aliases);
        doors =
                Doors.create(settings.server(), monitoring)
                        .routes("/api/v1", new LinkRoutes(links))
                        .routes(
                                "/api/v1/audit/correlations",
                                new LegacyLinkRoutes(links, clock, MAX_LEGACY))
                        .routes(
                                "/api/v1/audit/events",
                                new LegacyEventQueries(
                                        store,
                                        aliases,
                                        links.index(),
                                        links.progress()::now,
                                        clock,
                                        new EventFinder(
                                                store,
                                                TestSettings.of(Map.of()).search(),
                                                System::nanoTime)))
                        .service(new LinkGrpc(analyses, links))
                        .open();
        http = Http.of(doors.httpPort());
    }

    @AfterEach
    void close() {
        doors.close();
        links.close();
        monitoring.close();
    }

    private static AuditEvent event(String id, String cause, long millis) {
        return AuditEvent.builder("service", "type")
                .id(id)
                .causeId(cause)
                .occurredAt(START.plusMillis(millis))
                .build();
    }

    /** An event with a cause and a number of effects, of which the first ones came before it. */
    private void hub(int effects) {
        List<AuditEvent> events = new ArrayList<>();
        events.add(event("cause", "", -10));
        events.add(event("hub", "cause", 0));
        for (int i = 0; i < effects; i++) {
            events.add(event("effect-" + i, "hub", i - 5));
        }
        store.append(events);
        await().atMost(Duration.ofSeconds(60)).until(() -> links.lastSequence() > effects);
    }

    private static CorrelationServiceBlockingStub stub(GrpcChannel channel) {
        return CorrelationServiceGrpc.newBlockingStub(channel.channel());
    }

    @Test
    void shouldPageThroughAllLinksOfAnEvent() {
        int effects = 10_100;
        hub(effects);

        List<String> overHttp = new ArrayList<>();
        String token = "";
        do {
            JsonNode page =
                    Http.json(
                            http.get("/api/v1/links?event_id=hub&limit=1000&page_token=" + token));
            overHttp.addAll(page.get("links").findValuesAsText("effect_id"));
            token = page.get("next_page_token").asText();
        } while (!token.isEmpty());

        assertThat(overHttp).hasSize(effects + 1).doesNotHaveDuplicates();
        assertThat(overHttp.getFirst()).isEqualTo("effect-10099");
        assertThat(overHttp.subList(effects - 7, effects + 1))
                .containsExactly(
                        "effect-6",
                        "effect-5",
                        "hub",
                        "effect-4",
                        "effect-3",
                        "effect-2",
                        "effect-1",
                        "effect-0");
        assertThat(overGrpc(777)).isEqualTo(overHttp);
    }

    private List<String> overGrpc(int limit) {
        List<String> effects = new ArrayList<>();
        try (GrpcChannel channel = GrpcChannel.to(doors.grpcPort())) {
            String token = "";
            do {
                ListLinksResponse page =
                        stub(channel)
                                .listLinks(
                                        ListLinksRequest.newBuilder()
                                                .setEventId("hub")
                                                .setLimit(limit)
                                                .setPageToken(token)
                                                .build());
                page.getLinksList().forEach(link -> effects.add(link.getEffectId()));
                token = page.getNextPageToken();
            } while (!token.isEmpty());
        }
        return effects;
    }

    @Test
    void shouldKeepToATimeAndAKindInTheLinksOfAnEvent() {
        hub(30);

        JsonNode some =
                Http.json(
                        http.get(
                                "/api/v1/links?event_id=hub&kind=explicit"
                                        + "&from=2026-01-01T11:59:59.998Z"
                                        + "&to=2026-01-01T12:00:00.002Z"));

        assertThat(some.get("links").findValuesAsText("effect_id"))
                .containsExactly("effect-6", "effect-5", "hub", "effect-4", "effect-3");
        assertThat(Http.json(http.get("/api/v1/links?event_id=hub&kind=manual")).get("links"))
                .isEmpty();
        assertThat(Http.json(http.get("/api/v1/links?event_id=nobody")).get("links")).isEmpty();
    }

    @Test
    void shouldTellWatchersWhichLinksAreNotKept() throws IOException, InterruptedException {
        hub(100_009);

        try (var stream = ServerSentEvents.after("3", doors.httpPort(), "/api/v1/links/stream")) {
            assertThat(stream.next("id")).endsWith("-10");
            assertThat(stream.next("event")).isEqualTo("skipped");
            assertThat(stream.next("data")).isEqualTo("{\"from\":4,\"to\":10}");
            assertThat(stream.next("id")).endsWith("-11");
            assertThat(stream.next("event")).isEqualTo("link");
        }
        try (GrpcChannel channel = GrpcChannel.to(doors.grpcPort())) {
            var watched =
                    stub(channel).watchLinks(WatchLinksRequest.newBuilder().setAfter(3).build());
            var first = watched.next();
            assertThat(first.getSequence()).isEqualTo(10);
            assertThat(first.hasLink()).isFalse();
            assertThat(first.getSkipped().getFrom()).isEqualTo(4);
            assertThat(watched.next().getSequence()).isEqualTo(11);
        }
    }

    @Test
    void shouldTellWatchersThatASpanHasMoreEffectsThanAreTold()
            throws IOException, InterruptedException {
        int told = 1_000;
        List<AuditEvent> events = new ArrayList<>();
        for (int i = 0; i <= told; i++) {
            events.add(span("child-" + i, i + 2).parentSpanId(spanId(1)).build());
        }
        events.add(span("parent", 1).build());
        store.append(events);
        await().atMost(Duration.ofSeconds(60)).until(() -> links.lastSequence() == told + 2);

        try (var stream = ServerSentEvents.after("0", doors.httpPort(), "/api/v1/links/stream")) {
            for (int i = 0; i < told; i++) {
                assertThat(stream.next("id")).endsWith("-1001");
                assertThat(stream.next("event")).isEqualTo("link");
                assertThat(stream.next("data")).contains("\"child-" + i + "\"");
            }
            assertThat(stream.next("id")).endsWith("-1002");
            assertThat(stream.next("event")).isEqualTo("skipped");
            assertThat(stream.next("data")).isEqualTo("{\"from\":1002,\"to\":1002}");
        }
        try (GrpcChannel channel = GrpcChannel.to(doors.grpcPort())) {
            var watched =
                    stub(channel)
                            .watchLinks(WatchLinksRequest.newBuilder().setAfter(1_001).build());
            for (int i = 0; i < told; i++) {
                assertThat(watched.next().getSequence()).isEqualTo(1_001);
            }
            assertThat(watched.next().getSkipped().getFrom()).isEqualTo(1_002);
        }
    }

    private static AuditEventBuilder span(String id, int span) {
        return event(id, "", span).toBuilder()
                .traceId("0af7651916cd43dd8448eb211c80319c")
                .spanId(spanId(span));
    }

    private static String spanId(int span) {
        return "%016x".formatted(span);
    }

    @Test
    void shouldTellClientsOfTheOlderServiceThatALinkIsMissing() {
        List<AuditEvent> events = new ArrayList<>();
        events.add(event("hub", "", -1_000));
        for (int i = 0; i < MAX_LEGACY; i++) {
            events.add(event("effect-" + i, "hub", i - 900));
        }
        store.append(events);
        await().atMost(Duration.ofSeconds(30)).until(() -> links.lastSequence() == MAX_LEGACY);
        HttpResponse<String> whole = http.get("/api/v1/audit/correlations");
        store.append(List.of(event("one-more", "hub", -800)));
        await().atMost(Duration.ofSeconds(30)).until(() -> links.lastSequence() > MAX_LEGACY);

        HttpResponse<String> cut = http.get("/api/v1/audit/correlations");

        assertThat(Http.json(whole).get("count").asInt()).isEqualTo(MAX_LEGACY);
        assertThat(whole.headers().firstValue("audit-incomplete")).isEmpty();
        assertThat(Http.json(cut).get("count").asInt()).isEqualTo(MAX_LEGACY);
        assertThat(cut.headers().firstValue("audit-incomplete")).hasValue("LIST_SIZE");
    }

    @Test
    void shouldTellClientsOfTheOlderServiceThatEventsOrLinksOfOneAreMissing() {
        hub(101);
        HttpResponse<String> linked =
                http.get("/api/v1/audit/events/service?service_name=service&time_window=1h");
        List<AuditEvent> more = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            more.add(AuditEvent.builder("many", "type").id("m" + i).occurredAt(START).build());
        }
        store.append(more);
        HttpResponse<String> whole =
                http.get("/api/v1/audit/events/service?service_name=many&time_window=1h");
        store.append(List.of(AuditEvent.builder("many", "type").id("x").occurredAt(START).build()));

        HttpResponse<String> cut =
                http.get("/api/v1/audit/events/service?service_name=many&time_window=1h");

        assertThat(linked.headers().firstValue("audit-incomplete")).hasValue("LINKS_OF_EVENT");
        assertThat(Http.json(linked).at("/links_progress/behind").asLong()).isZero();
        assertThat(whole.headers().firstValue("audit-incomplete")).isEmpty();
        assertThat(Http.json(cut).get("count").asInt()).isEqualTo(1_000);
        assertThat(Http.json(cut).get("truncated").asBoolean()).isTrue();
        assertThat(cut.headers().firstValue("audit-incomplete")).hasValue("LIST_SIZE");
    }
}
