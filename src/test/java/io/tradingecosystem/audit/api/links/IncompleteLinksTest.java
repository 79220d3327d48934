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
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.projection.EvictionEvents;
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
import io.tradingecosystem.audit.v1.ListLinksRequest;
import io.tradingecosystem.audit.v1.Omission;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every answer with links says that some may be missing where the memory of links lost events. */
class IncompleteLinksTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final LinkBounds FEW =
            new LinkBounds(
                    Duration.ofSeconds(10), ClockSkew.of(Duration.ofMillis(100)), 2, 32, 256);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final ManualClock clock = ManualClock.at(START);
    private final Time time = new Time(clock, System::nanoTime);
    private final MemoryStore store = MemoryStore.create(clock, Set.of());
    private final EventAliases aliases = EventAliases.of(Map.of(), Map.of());
    private Monitoring monitoring;
    private LinkService links;
    private OpenDoors doors;
    private Http http;

    @BeforeEach
    void open() {
        Settings settings = TestSettings.of(Map.of());
        monitoring = Monitoring.create(Identity.of(settings, Build.read(), START), time);
        links =
                LinkService.create(
                        store.store(),
                        new LinkSetup("audit", Optional.empty(), FEW),
                        LinkObserver.NONE,
                        time);
        links.start();
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
                        .routes("/api/v1", new TimelineRoutes(analyses))
                        .routes("/older/links", new LegacyLinkRoutes(links, clock))
                        .routes(
                                "/older/events",
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
        loseSome();
    }

    /** Those from 0 to 2 s wait in vain for what their senders named. */
    private void loseSome() {
        for (int i = 0; i < 5; i++) {
            put("e" + i, i, "nobody");
        }
        put("far", 1_000, "nobody");
        await().until(() -> links.statistics().evicted() >= 3);
    }

    private void put(String id, long seconds, String cause) {
        store.append(
                List.of(
                        AuditEvent.builder("service", "type")
                                .id(id)
                                .traceId(TRACE)
                                .causeId(cause)
                                .scenarioId(id)
                                .occurredAt(START.plusSeconds(seconds))
                                .build()));
    }

    @AfterEach
    void close() {
        doors.close();
        links.close();
        monitoring.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/links",
                "/api/v1/links?event_id=e1",
                "/api/v1/timelines?scenario_id=e1",
                "/api/v1/events/e1/chain",
                "/api/v1/statistics/delays?scenario_id=e1"
            })
    void shouldSaySoInJson(String path) {
        JsonNode incomplete = Http.json(http.get(path)).get("incomplete");

        assertThat(incomplete).hasSize(1);
        assertThat(incomplete.at("/0/bound").asText()).isEqualTo("LINK_MEMORY");
        assertThat(incomplete.at("/0/explanation").asText()).startsWith("links may be missing");
        assertThat(Instant.parse(incomplete.at("/0/since").asText())).isBefore(START);
        assertThat(Instant.parse(incomplete.at("/0/until").asText()))
                .isAfter(START.plusSeconds(2))
                .isBefore(START.plusSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/links?event_id=far",
                "/api/v1/links?from=2026-01-01T12:10:00Z",
                "/api/v1/timelines?scenario_id=far",
                "/api/v1/events/far/chain",
                "/api/v1/statistics/delays?scenario_id=far&from=2026-01-01T12:10:00Z"
            })
    void shouldNotSaySoOfOtherTimes(String path) {
        assertThat(Http.json(http.get(path)).has("incomplete")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/timelines?scenario_id=e1", "/api/v1/events/e1/chain"})
    void shouldSaySoToPeople(String path) {
        assertThat(http.send(http.request(path).header("Accept", "text/plain")).body())
                .contains("… incomplete: links may be missing, ")
                .contains(", from 2026-01-01T11:59:49.400Z to ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/older/links", "/older/events/trace/" + TRACE})
    void shouldSaySoInAHeaderWhereTheFormIsFixed(String path) {
        assertThat(http.get(path).headers().firstValue("audit-incomplete").orElse(""))
                .startsWith(
                        "LINK_MEMORY;since=\"2026-01-01T11:59:49.400Z\";until=\"2026-01-01T12:00:");
    }

    @Test
    void shouldSaySoOverGrpc() {
        try (GrpcChannel channel = GrpcChannel.to(doors.grpcPort())) {
            var stub = CorrelationServiceGrpc.newBlockingStub(channel.channel());
            List<Omission> timeline = new ArrayList<>();
            stub.getTimeline(
                            GetTimelineRequest.newBuilder()
                                    .setFilter(EventFilter.newBuilder().setScenarioId("e1"))
                                    .build())
                    .forEachRemaining(part -> timeline.addAll(part.getIncompleteList()));
            List<Omission> chain =
                    stub.getCausalChain(GetCausalChainRequest.newBuilder().setEventId("e1").build())
                            .getIncompleteList();
            List<Omission> list =
                    stub.listLinks(ListLinksRequest.getDefaultInstance()).getIncompleteList();

            assertThat(timeline).hasSize(1).isEqualTo(chain).isEqualTo(list);
            assertThat(chain.getFirst().getBound()).isEqualTo("LINK_MEMORY");
            assertThat(chain.getFirst().getSince().getSeconds()).isLessThan(START.getEpochSecond());
        }
    }

    @Test
    void shouldTellTheLog() {
        await().until(
                        () ->
                                store.read(0, 1_000).stream()
                                        .filter(e -> e.type().equals(EvictionEvents.TYPE))
                                        .anyMatch(e -> e.attribute("side").equals("cause-ids")));
    }
}
