package io.tradingecosystem.audit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.tradingecosystem.audit.api.links.LinkAnalyses;
import io.tradingecosystem.audit.api.links.TimelineRoutes;
import io.tradingecosystem.audit.app.EventWiring;
import io.tradingecosystem.audit.app.LimitWiring;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.MemoryLinks;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.OpenDoors;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.ShortenedLog;
import io.tradingecosystem.audit.store.Store;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.ManualClock;
import io.tradingecosystem.audit.testing.TestSettings;
import io.tradingecosystem.audit.v1.EventFilter;
import io.tradingecosystem.audit.v1.EventServiceGrpc;
import io.tradingecosystem.audit.v1.ListEventsRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the doors say of a log whose first hour is gone. */
class RemovedEventsTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final String BEFORE = "2026-01-01T12:00:01Z";

    private final ManualClock clock = ManualClock.at(START);
    private final MemoryStore whole = MemoryStore.create(clock, Set.of("order_id"));
    private final ShortenedLog log = new ShortenedLog(whole, 2);
    private Monitoring monitoring;
    private OpenDoors doors;
    private Http http;
    private ManagedChannel channel;

    @BeforeEach
    void open() {
        Settings settings = TestSettings.of(Map.of());
        monitoring =
                Monitoring.create(
                        Identity.of(settings, Build.read(), START),
                        new Time(clock, System::nanoTime));
        Store store = new Store(log, log, whole);
        Doors all = Doors.create(settings.server(), monitoring);
        Intake intake =
                EventWiring.start(
                        settings, store, LimitWiring.start(settings, monitoring), monitoring);
        EventWiring.add(
                settings,
                intake,
                new MemoryLinks(),
                () -> new Progress(0, 0),
                store,
                monitoring,
                all);
        LinkAnalyses analyses =
                LinkAnalyses.create(
                        log,
                        new MemoryLinks(),
                        () -> new Progress(7, 0),
                        ClockSkew.of(Duration.ofMillis(100)),
                        true,
                        EventAliases.of(Map.of(), Map.of()));
        doors = all.routes("/api/v1", new TimelineRoutes(analyses)).open();
        http = Http.of(doors.httpPort());
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", doors.grpcPort())
                        .usePlaintext()
                        .build();
        put("gone", "early");
        clock.jump(Duration.ofHours(1));
        put("left", "late");
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        doors.close();
        monitoring.close();
    }

    private void put(String id, String service) {
        whole.append(
                List.of(
                        AuditEvent.builder(service, "t")
                                .id(id)
                                .occurredAt(clock.instant())
                                .build()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/events/gone",
                "/api/v1/events/gone/chain",
                "/api/v1/events/gone/group",
                "/api/v1/events?service=early&to=2026-01-01T12:00:01Z",
                "/api/v1/events?service=early&from=2026-01-01T12:00:00Z",
                "/api/v1/timelines?service=early&to=2026-01-01T12:00:01Z",
                "/api/v1/statistics/delays?service=early&to=2026-01-01T12:00:01Z"
            })
    void shouldSayGoneAndSinceWhen(String path) {
        HttpResponse<String> answer = http.get(path);

        assertThat(answer.statusCode()).isEqualTo(410);
        JsonNode problem = Http.json(answer);
        assertThat(problem.get("detail").asText())
                .contains("recorded before " + BEFORE, "up to position 1", "removed by " + BEFORE);
        assertThat(problem.get("removed_up_to").asLong()).isEqualTo(1);
        assertThat(problem.get("recorded_before").asText()).isEqualTo(BEFORE);
        assertThat(problem.get("removed_at").asText()).isEqualTo(BEFORE);
    }

    @Test
    void shouldNotPassAnUnknownIdForOneThatNeverWas() {
        HttpResponse<String> answer = http.get("/api/v1/events/nobody");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(Http.json(answer).get("detail").asText())
                .contains("nobody, or it was removed", "up to position 1");
    }

    @Test
    void shouldSayWhatAnAnswerMayLack() {
        JsonNode all = Http.json(http.get("/api/v1/events?from=2026-01-01T11:00:00Z"));

        assertThat(all.get("events").findValuesAsText("id")).containsExactly("left");
        JsonNode omission = all.get("incomplete").get(0);
        assertThat(omission.get("bound").asText()).isEqualTo("RETENTION");
        assertThat(omission.get("until").asText()).isEqualTo("2026-01-01T12:00:00.999999999Z");
    }

    @Test
    void shouldAnswerWholeFromWhatIsKeptOn() {
        JsonNode kept = Http.json(http.get("/api/v1/events?from=" + BEFORE));

        assertThat(kept.get("events").findValuesAsText("id")).containsExactly("left");
        assertThat(kept.has("incomplete")).isFalse();
        assertThat(http.get("/api/v1/events?service=nobody&from=" + BEFORE).statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldSayTheSameOverGrpc() {
        EventServiceGrpc.EventServiceBlockingStub stub = EventServiceGrpc.newBlockingStub(channel);
        EventFilter.Builder early = EventFilter.newBuilder().setService("early");
        ListEventsRequest.Builder request = ListEventsRequest.newBuilder();

        assertThat(stub.listEvents(request.setFilter(early).build()).getIncompleteList())
                .singleElement()
                .satisfies(each -> assertThat(each.getBound()).isEqualTo("RETENTION"));
        early.setTo(START.getEpochSecond() * 1_000_000_000);
        StatusRuntimeException refused =
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> stub.listEvents(request.setFilter(early).build()));
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.OUT_OF_RANGE);
        assertThat(refused.getStatus().getDescription()).contains("recorded before " + BEFORE);
    }

    @Test
    void shouldTellLegacyClientsInTheHead() {
        HttpResponse<String> answer = http.get("/api/v1/audit/events/service?service_name=early");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("audit-incomplete").orElse(""))
                .startsWith("RETENTION;until=");
    }
}
