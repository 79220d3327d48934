package io.tradingecosystem.audit.api.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.api.legacy.LegacyLinkRoutes;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.correlation.LinkSetup;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkObserver;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.event.EventWith;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.OpenDoors;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.IndexedField;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.testing.GrpcChannel;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.ManualClock;
import io.tradingecosystem.audit.testing.ServerSentEvents;
import io.tradingecosystem.audit.testing.TestSettings;
import io.tradingecosystem.audit.v1.ChainNode;
import io.tradingecosystem.audit.v1.CorrelationServiceGrpc;
import io.tradingecosystem.audit.v1.CorrelationServiceGrpc.CorrelationServiceBlockingStub;
import io.tradingecosystem.audit.v1.CreateLinkRequest;
import io.tradingecosystem.audit.v1.EventFilter;
import io.tradingecosystem.audit.v1.GetCausalChainRequest;
import io.tradingecosystem.audit.v1.GetTimelineRequest;
import io.tradingecosystem.audit.v1.GetTimelineResponse;
import io.tradingecosystem.audit.v1.Link;
import io.tradingecosystem.audit.v1.ListLinksRequest;
import io.tradingecosystem.audit.v1.TimelineEntry;
import io.tradingecosystem.audit.v1.WatchLinksRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Links over HTTP, and all that is told from them over gRPC. */
class LinkDoorsTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final ManualClock clock = ManualClock.at(START);
    private final MemoryStore store = MemoryStore.create(clock, Set.of("order_id"));
    private Monitoring monitoring;
    private LinkService links;
    private LinkRoutes routes;
    private LinkGrpc grpc;
    private OpenDoors doors;
    private Http http;

    @BeforeEach
    void open() {
        Settings settings = TestSettings.of(Map.of());
        monitoring =
                Monitoring.create(
                        Identity.of(settings, Build.read(), START),
                        new Time(clock, System::nanoTime));
        links =
                LinkService.create(
                        store.store(),
                        new LinkSetup("audit", Optional.empty(), LinkBounds.DEFAULT),
                        LinkObserver.NONE,
                        new Time(clock, System::nanoTime));
        links.start();
        LinkProblems.map(monitoring.problems());
        routes = new LinkRoutes(links);
        grpc =
                new LinkGrpc(
                        LinkAnalyses.create(
                                store,
                                links.index(),
                                links.progress()::now,
                                ClockSkew.of(Duration.ofMillis(100)),
                                true,
                                EventAliases.of(Map.of(), Map.of())),
                        links);
        doors =
                Doors.create(settings.server(), monitoring)
                        .routes("/api/v1", routes)
                        .routes("/api/v1/audit/correlations", new LegacyLinkRoutes(links, clock))
                        .service(grpc)
                        .onDrain(routes::end)
                        .open();
        http = Http.of(doors.httpPort());
    }

    @AfterEach
    void close() {
        doors.close();
        links.close();
        monitoring.close();
    }

    private void put(String id, String cause, long seconds) {
        store.append(
                List.of(
                        AuditEvent.builder("service", "type")
                                .id(id)
                                .causeId(cause)
                                .scenarioId("run")
                                .occurredAt(START.plusSeconds(seconds))
                                .build()));
    }

    private void awaitLinks(long count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> links.lastSequence() >= count);
    }

    @Test
    void shouldListLinks() {
        put("a", "", 0);
        put("b", "a", 2);
        put("c", "b", 3);
        awaitLinks(2);

        JsonNode page = Http.json(http.get("/api/v1/links?kind=explicit"));
        assertThat(page.get("count").asInt()).isEqualTo(2);
        JsonNode link = page.get("links").get(1);
        assertThat(link.get("cause_id").asText()).isEqualTo("a");
        assertThat(link.get("effect_id").asText()).isEqualTo("b");
        assertThat(link.get("delay").asDouble()).isEqualTo(2.0);
        assertThat(link.get("confidence").asDouble()).isEqualTo(1.0);
        JsonNode first = Http.json(http.get("/api/v1/links?limit=1"));
        JsonNode second =
                Http.json(
                        http.get(
                                "/api/v1/links?limit=1&page_token="
                                        + first.get("next_page_token").asText()));
        assertThat(first.at("/links/0/effect_id").asText()).isEqualTo("c");
        assertThat(second.at("/links/0/effect_id").asText()).isEqualTo("b");
        assertThat(Http.json(http.get("/api/v1/links?event_id=c")).get("count").asInt())
                .isEqualTo(1);
        assertThat(http.get("/api/v1/links?kind=guessed").statusCode()).isEqualTo(400);
        assertThat(http.get("/api/v1/links?page_token=x").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldTakeALinkThatSomebodyTells() {
        put("a", "", 0);
        put("b", "", 2);
        String reported =
                """
                {"cause_id":"a","effect_id":"b","type":"seen-by-eye","confidence":0.7}
                """;

        HttpResponse<String> created = http.post("/api/v1/links", reported);

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(Http.json(created).get("kind").asText()).isEqualTo("manual");
        assertThat(Http.json(created).get("rule").asText()).isEqualTo("seen-by-eye");
        assertThat(Http.json(http.get("/api/v1/links?event_id=b")).get("count").asInt())
                .isEqualTo(1);
        assertThat(http.post("/api/v1/links", reported).statusCode()).isEqualTo(409);
        for (String bad :
                List.of(
                        "{}",
                        "[]",
                        "{\"cause_id\":\"a\",\"effect_id\":\"b\"}",
                        reported.replace("0.7", "0"),
                        reported.replace("0.7", "1.5"),
                        reported.replace("0.7", "\"much\""),
                        reported.replace("\"b\"", "\"a\""),
                        reported.replace("\"a\"", "\"nobody\""))) {
            assertThat(http.post("/api/v1/links", bad).statusCode()).as(bad).isEqualTo(400);
        }
    }

    @Test
    void shouldSpeakWithClientsOfTheOlderService() {
        put("a", "", -100);
        put("b", "a", -60);
        awaitLinks(1);

        HttpResponse<String> created =
                http.post(
                        "/api/v1/audit/correlations",
                        """
                        {"source_event_id":"b","target_event_id":"a","correlation_type":"odd"}
                        """);

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(Http.json(created).get("status").asText()).isEqualTo("success");
        assertThat(Http.json(created).at("/correlation/confidence").asDouble()).isEqualTo(1.0);
        JsonNode hour = Http.json(http.get("/api/v1/audit/correlations?time_window=1h"));
        assertThat(hour.get("count").asInt()).isEqualTo(2);
        assertThat(hour.at("/links/0/source_event_id").asText()).isEqualTo("a");
        assertThat(hour.at("/links/0/correlation_type").asText()).isEqualTo("explicit");
        assertThat(hour.at("/links/0/duration").asLong()).isEqualTo(40_000_000_000L);
        assertThat(hour.at("/correlations/0").asText()).isEqualTo("a -> b: explicit");
        assertThat(hour.get("time_window").asText()).isEqualTo("1h0m0s");
        assertThat(
                        Http.json(http.get("/api/v1/audit/correlations?time_window=30s"))
                                .get("count")
                                .asInt())
                .isZero();
        HttpResponse<String> again =
                http.post(
                        "/api/v1/audit/correlations",
                        """
                        {"source_event_id":"b","target_event_id":"a","correlation_type":"odd",
                         "confidence":0}
                        """);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(created.body());
        HttpResponse<String> missing =
                http.post("/api/v1/audit/correlations", "{\"source_event_id\":\"a\"}");
        assertThat(missing.statusCode()).isEqualTo(400);
        assertThat(Http.json(missing).get("error").asText()).contains("target_event_id");
        assertThat(http.get("/api/v1/audit/correlations?time_window=soon").statusCode())
                .isEqualTo(400);
    }

    @Test
    void shouldStreamLinksAndResume() throws IOException, InterruptedException {
        put("a", "", 0);
        put("b", "a", 1);
        awaitLinks(1);
        try (var stream = ServerSentEvents.after("0", doors.httpPort(), "/api/v1/links/stream")) {
            assertThat(stream.next("id")).endsWith("-1");
            assertThat(stream.next("data")).contains("\"effect_id\":\"b\"");
            put("c", "b", 2);
            assertThat(stream.next("id")).endsWith("-2");
            assertThat(stream.next("data")).contains("\"effect_id\":\"c\"");
        }
    }

    @Test
    void shouldTellTheSameOverGrpc() {
        try (GrpcChannel open = GrpcChannel.to(doors.grpcPort())) {
            asked(CorrelationServiceGrpc.newBlockingStub(open.channel()));
        }
    }

    @Test
    void shouldRefuseABadTokenInTheSameWordsAtBothDoors() {
        String overHttp =
                Http.json(http.get("/api/v1/links?page_token=nonsense")).get("detail").asText();

        try (GrpcChannel open = GrpcChannel.to(doors.grpcPort())) {
            CorrelationServiceBlockingStub stub =
                    CorrelationServiceGrpc.newBlockingStub(open.channel());
            assertThatThrownBy(
                            () ->
                                    stub.listLinks(
                                            ListLinksRequest.newBuilder()
                                                    .setPageToken("nonsense")
                                                    .build()))
                    .hasMessage("INVALID_ARGUMENT: " + overHttp);
        }
        assertThat(overHttp)
                .isEqualTo(
                        "page token \"nonsense\" is not of this question and order;"
                                + " leave it out for the first page");
    }

    @ParameterizedTest
    @EnumSource(IndexedField.class)
    void shouldSelectByEachFieldOverGrpc(IndexedField field) {
        String value = "4bf92f3577b34da6a3ce929d0e0e4736";
        store.append(
                List.of(
                        EventWith.field("a", field.wireName(), value),
                        EventWith.field("b", field.wireName(), "f".repeat(32))));
        EventFilter filter =
                EventFilter.newBuilder()
                        .setField(
                                EventFilter.getDescriptor().findFieldByName(field.wireName()),
                                value)
                        .build();
        try (GrpcChannel open = GrpcChannel.to(doors.grpcPort())) {
            GetTimelineResponse timeline =
                    CorrelationServiceGrpc.newBlockingStub(open.channel())
                            .getTimeline(GetTimelineRequest.newBuilder().setFilter(filter).build())
                            .next();

            assertThat(timeline.getEntriesList())
                    .extracting(entry -> entry.getEvent().getId())
                    .containsExactly("a");
        }
    }

    private void asked(CorrelationServiceBlockingStub stub) {
        put("a", "", 0);
        put("b", "a", 2);
        for (int i = 0; i < 250; i++) {
            put("c" + i, "b", 3 + i);
        }
        awaitLinks(251);

        List<TimelineEntry> entries = new ArrayList<>();
        String token = "";
        var parts =
                stub.getTimeline(
                        GetTimelineRequest.newBuilder()
                                .setFilter(EventFilter.newBuilder().setScenarioId("run"))
                                .setLimit(240)
                                .build());
        while (parts.hasNext()) {
            GetTimelineResponse part = parts.next();
            entries.addAll(part.getEntriesList());
            token = part.getNextPageToken();
        }
        assertThat(entries).hasSize(240);
        assertThat(token).isNotEmpty();
        assertThat(entries.get(2).getDepth()).isEqualTo(2);
        assertThat(entries.get(2).getCauses(0).getDelay().getSeconds()).isEqualTo(1);

        var chain = stub.getCausalChain(GetCausalChainRequest.newBuilder().setEventId("b").build());
        assertThat(chain.getNodesCount()).isEqualTo(252);
        assertThat(chain.getNodes(0).getSide()).isEqualTo(ChainNode.Side.ROOT);
        assertThat(chain.getNodes(1).getEvent().getId()).isEqualTo("a");
        assertThat(chain.getNodes(1).getDelay().getSeconds()).isEqualTo(-2);
        assertThat(chain.getIncompleteList()).isEmpty();

        assertThat(
                        stub.listLinks(
                                        ListLinksRequest.newBuilder()
                                                .setKind(Link.Kind.EXPLICIT)
                                                .setEventId("b")
                                                .setLimit(10)
                                                .build())
                                .getLinksList())
                .hasSize(10);
        var reported =
                CreateLinkRequest.newBuilder().setCauseId("a").setEffectId("c0").setType("t");
        assertThat(stub.createLink(reported.build()).getLink().getConfidence()).isEqualTo(1.0);
        assertThatThrownBy(() -> stub.createLink(reported.build()))
                .hasMessageContaining("ALREADY_EXISTS");
        assertThatThrownBy(() -> stub.createLink(reported.setCauseId("nobody").build()))
                .hasMessageContaining("INVALID_ARGUMENT");
        assertThatThrownBy(
                        () ->
                                stub.getCausalChain(
                                        GetCausalChainRequest.newBuilder()
                                                .setEventId("nobody")
                                                .build()))
                .hasMessageContaining("NOT_FOUND");
        assertThatThrownBy(() -> stub.getTimeline(GetTimelineRequest.getDefaultInstance()).next())
                .hasMessageContaining("INVALID_ARGUMENT");

        var watched = stub.watchLinks(WatchLinksRequest.newBuilder().setAfter(-1).build());
        assertThat(watched.next().getLink().getEffectId()).isEqualTo("b");
        assertThat(watched.next().getSequence()).isEqualTo(2);
        grpc.end();
        assertThatThrownBy(
                        () -> {
                            while (watched.hasNext()) {
                                watched.next();
                            }
                        })
                .hasMessageContaining("UNAVAILABLE");
    }
}
