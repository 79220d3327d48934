package io.tradingecosystem.audit.api.verdicts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Teller;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.VerdictSetup;
import io.tradingecosystem.audit.scenario.verdicts.DeadTime;
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
import io.tradingecosystem.audit.v1.GetSourceRequest;
import io.tradingecosystem.audit.v1.ListSourcesRequest;
import io.tradingecosystem.audit.v1.Source;
import io.tradingecosystem.audit.v1.SourceServiceGrpc;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Services as sources of evidence, asked over HTTP. */
class SourceDoorsTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final ManualClock clock = ManualClock.at(START);
    private final MemoryStore store = MemoryStore.create(clock, Set.of());
    private Monitoring monitoring;
    private VerdictService verdicts;
    private OpenDoors doors;
    private Http http;

    @BeforeEach
    void open() {
        Settings settings = TestSettings.of(Map.of());
        Time time = new Time(clock, System::nanoTime);
        monitoring = Monitoring.create(Identity.of(settings, Build.read(), START), time);
        VerdictProblems.map(monitoring.problems());
        verdicts =
                VerdictService.create(
                        store.store(),
                        new VerdictSetup("audit", Optional.empty(), Tolerances.DEFAULT, 1_000),
                        VerdictObserver.NONE,
                        time);
        verdicts.start();
        doors =
                Doors.create(settings.server(), monitoring)
                        .routes("/api/v1/sources", new SourceRoutes(verdicts, clock))
                        .service(new SourceGrpc(verdicts, clock))
                        .open();
        http = Http.of(doors.httpPort());
    }

    @AfterEach
    void close() {
        doors.close();
        verdicts.close();
        monitoring.close();
    }

    @Test
    void shouldTellWhoWasHeardAndWhoIsSilent() {
        verdicts.put(
                """
                name: x
                when: {type: t}
                expect: [{name: e, event: {service: venue, type: e}, within: 10s}]
                speaks: [{service: venue, every: 10s}]
                """,
                Teller.NONE);
        AuditEvent event =
                AuditEvent.builder("desk", "order")
                        .id("o")
                        .occurredAt(START.minusSeconds(2))
                        .build();
        store.append(List.of(event));
        clock.jump(Duration.ofSeconds(1));
        await().until(() -> ask("/api/v1/sources/desk").has("events"));

        JsonNode answer = ask("/api/v1/sources");

        assertThat(answer.get("count").intValue()).isEqualTo(2);
        JsonNode desk = answer.get("sources").get(0);
        assertThat(desk.get("events").longValue()).isEqualTo(1);
        assertThat(desk.get("silent").booleanValue()).isFalse();
        assertThat(desk.get("lateness").get("p99_9").doubleValue()).isBetween(1.9, 2.1);
        JsonNode venue = answer.get("sources").get(1);
        assertThat(venue.get("service").textValue()).isEqualTo("venue");
        assertThat(venue.get("silent").booleanValue()).isTrue();
        assertThat(venue.get("speaks").get(0).get("every").textValue()).isEqualTo("10s");
        assertThat(venue.get("speaks").get(0).get("expectations").get(0).textValue())
                .isEqualTo("x");
        assertThat(answer.has("incomplete")).isFalse();
    }

    @Test
    void shouldTellOfServicesThatDied() {
        var open = new DeadTime("risk", START.minusSeconds(9), Optional.empty());
        var over = new DeadTime("desk", START.minusSeconds(9), Optional.of(START));
        store.append(List.of(open.event("refused"), over.event("serves")));
        await().until(() -> ask("/api/v1/sources/desk").has("probe"));

        JsonNode desk = ask("/api/v1/sources/desk").get("probe");
        assertThat(desk.get("dead").booleanValue()).isFalse();
        assertThat(desk.get("until").textValue()).isEqualTo(START.toString());
        JsonNode risk = ask("/api/v1/sources").get("sources").get(1);
        assertThat(risk.get("silent").booleanValue()).as("nobody asks").isFalse();
        assertThat(risk.at("/probe/dead").booleanValue()).isTrue();
        assertThat(risk.at("/probe/since").textValue()).isEqualTo(START.minusSeconds(9).toString());
        try (GrpcChannel channel = GrpcChannel.to(doors.grpcPort())) {
            var sources = SourceServiceGrpc.newBlockingStub(channel.channel());
            var asked = GetSourceRequest.newBuilder().setService("risk").build();
            Source.Probe probe = sources.getSource(asked).getSource().getProbe();
            assertThat(probe.getDead()).isTrue();
            assertThat(probe.hasUntil()).isFalse();
            assertThat(probe.getSince().getSeconds()).isEqualTo(START.getEpochSecond() - 9);
        }
    }

    @Test
    void shouldTellTheSameOverGrpc() {
        AuditEvent event =
                AuditEvent.builder("desk", "order")
                        .id("o")
                        .occurredAt(START.minusSeconds(2))
                        .attribute("otel.dropped_links_count", 4L)
                        .build();
        store.append(List.of(event));
        await().until(() -> ask("/api/v1/sources/desk").has("events"));

        try (GrpcChannel channel = GrpcChannel.to(doors.grpcPort())) {
            var sources = SourceServiceGrpc.newBlockingStub(channel.channel());
            var page = sources.listSources(ListSourcesRequest.newBuilder().setLimit(1).build());
            Source desk = page.getSources(0);
            assertThat(desk.getService()).isEqualTo("desk");
            assertThat(desk.getEvents()).isEqualTo(1);
            assertThat(desk.getDropped().getLinks()).isEqualTo(4);
            assertThat(desk.getLateness().getP999().getSeconds()).isBetween(1L, 2L);
            var one = GetSourceRequest.newBuilder().setService("desk").build();
            assertThat(sources.getSource(one).getSource()).isEqualTo(desk);
            var nobody = GetSourceRequest.newBuilder().setService("nobody").build();
            assertThatThrownBy(() -> sources.getSource(nobody)).hasMessageContaining("NOT_FOUND");
        }
    }

    @Test
    void shouldSayThatAServiceWasNeverHeard() {
        assertThat(http.get("/api/v1/sources/nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldRefuseATokenThatNobodyGave() {
        assertThat(http.get("/api/v1/sources?page_token=nonsense").statusCode()).isEqualTo(400);
    }

    private JsonNode ask(String path) {
        return Http.json(http.get(path));
    }
}
