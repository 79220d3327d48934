package io.tradingecosystem.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.app.EventWiring;
import io.tradingecosystem.audit.app.LimitWiring;
import io.tradingecosystem.audit.correlation.MemoryLinks;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.server.OpenDoorsFixture;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.settings.StoreSettings.Durability;
import io.tradingecosystem.audit.testing.GrpcChannel;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.ServerSentEvents;
import io.tradingecosystem.audit.testing.TestSettings;
import io.tradingecosystem.audit.v1.Event;
import io.tradingecosystem.audit.v1.EventServiceGrpc;
import io.tradingecosystem.audit.v1.Gap;
import io.tradingecosystem.audit.v1.RecordEventsRequest;
import io.tradingecosystem.audit.v1.RecordResult;
import io.tradingecosystem.audit.v1.WatchEventsRequest;
import io.tradingecosystem.audit.v1.WatchEventsResponse;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** One flipped bit, and what is told of the events around it. */
@Timeout(120)
class DamagedEventsTest {
    @TempDir Path directory;

    @BeforeEach
    void fill() {
        DamagedDirectory.fill(directory);
    }

    @Test
    void shouldReadWhatStandsBeforeAndBehind() throws IOException {
        Path table = DamagedDirectory.largestTable(directory);
        DamagedDirectory.damage(table);
        try (EventStore store = open()) {
            List<Long> read = new ArrayList<>();
            List<Damage> damages = new ArrayList<>();
            long position = 0;
            while (position < DamagedDirectory.EVENTS) {
                long after = position;
                try {
                    List<AuditEvent> events = store.log().read(after, 300);
                    events.forEach(event -> read.add(event.position()));
                    position = events.getLast().position();
                } catch (LogDamagedException e) {
                    damages.add(e.damage());
                    position = e.damage().to();
                }
            }

            assertThat(damages)
                    .singleElement()
                    .satisfies(
                            damage -> {
                                assertThat(damage.file())
                                        .isEqualTo(String.valueOf(table.getFileName()));
                                assertThat(damage.to() - damage.from()).isLessThan(40);
                                assertThat(read)
                                        .containsExactlyElementsOf(
                                                LongStream.rangeClosed(1, DamagedDirectory.EVENTS)
                                                        .filter(
                                                                at ->
                                                                        at < damage.from()
                                                                                || at > damage.to())
                                                        .boxed()
                                                        .toList());
                            });
        }
    }

    @Test
    void shouldCountTheRestOfAFileAsLostBehindAsManyPositionsAsAreTried() throws Exception {
        Path larger = Files.createDirectory(directory.resolve("larger"));
        int events = 10_000;
        try (EventStore store = Stores.open(larger, InstantSource.system())) {
            store.log().append(DamagedDirectory.events(events, 120));
            store.flush();
        }
        DamagedDirectory.spoil(DamagedDirectory.largestTable(larger), 0.8);

        Damage running;
        try (EventStore store = Stores.open(larger, InstantSource.system());
                OpenDoorsFixture doors = doors(store)) {
            running = firstDamage(store.log());
            JsonNode problem = Http.json(doors.http.get("/api/v1/events?order=oldest_first"));
            assertThat(problem.path("status").asInt()).isEqualTo(503);
            String path = "/api/v1/events/stream?after=0";
            try (var stream = ServerSentEvents.of(doors.doors.httpPort(), path)) {
                assertThat(stream.next("id")).endsWith("-" + events);
                assertThat(stream.next("event")).isEqualTo("gap");
                assertThat(stream.next("data")).startsWith("{\"from\":1,\"to\":" + events);
            }
        }
        LostEvents certain;
        try (OfflineStore store = OfflineStore.open(Stores.settings(larger, Durability.OS))) {
            certain = store.check().lost().getFirst();
        }

        assertThat(running.from()).isEqualTo(1);
        assertThat(running.to()).isEqualTo(events);
        assertThat(certain.from()).isEqualTo(1);
        assertThat(certain.to()).isBetween(4_200L, 9_500L);
    }

    @Test
    void shouldNameFileAndPositionsAndStreamOnBehindThem() throws Exception {
        Path table = DamagedDirectory.largestTable(directory);
        DamagedDirectory.damage(table);
        try (EventStore store = open();
                OpenDoorsFixture doors = doors(store)) {
            Damage damage = firstDamage(store.log());
            long before = damage.from() - 2;

            JsonNode problem = Http.json(doors.http.get("/api/v1/events?limit=1000"));
            assertThat(problem.path("status").asInt()).isEqualTo(503);
            assertThat(problem.path("file").asText()).isEqualTo(damage.file());
            assertThat(problem.path("from_position").asLong()).isPositive();
            assertThat(problem.path("to_position").asLong()).isPositive();
            String path = "/api/v1/events/stream?after=" + before;
            try (var stream = ServerSentEvents.of(doors.doors.httpPort(), path)) {
                assertThat(stream.next("data")).contains("\"id\":\"e" + before + "\"");
                assertThat(stream.next("id")).endsWith("-" + damage.to());
                assertThat(stream.next("event")).isEqualTo("gap");
                assertThat(stream.next("data"))
                        .startsWith(
                                "{\"from\":%d,\"to\":%d,\"reason\":\"%s"
                                        .formatted(damage.from(), damage.to(), damage.file()));
                assertThat(stream.next("data")).contains("\"id\":\"e" + damage.to() + "\"");
            }
            try (GrpcChannel channel = GrpcChannel.to(doors.doors.grpcPort())) {
                Iterator<WatchEventsResponse> watched =
                        EventServiceGrpc.newBlockingStub(channel.channel())
                                .watchEvents(
                                        WatchEventsRequest.newBuilder().setAfter(before).build());
                assertThat(watched.next().getEvent().getId()).isEqualTo("e" + before);
                Gap gap = watched.next().getGap();
                assertThat(gap.getFrom()).isEqualTo(damage.from());
                assertThat(gap.getTo()).isEqualTo(damage.to());
                assertThat(gap.getReason()).contains(damage.file());
                assertThat(watched.next().getEvent().getId()).isEqualTo("e" + damage.to());
            }
        }
    }

    @Test
    void shouldStoreTheHealthyEventsOfARequest() throws IOException {
        DamagedDirectory.damage(DamagedDirectory.tableOf(directory, "ids"));
        try (EventStore store = open();
                OpenDoorsFixture doors = doors(store)) {
            List<String> unreadable =
                    DamagedDirectory.events().stream()
                            .map(AuditEvent::id)
                            .filter(id -> isUnreadable(store, id))
                            .toList();
            assertThat(unreadable).isNotEmpty().hasSizeLessThan(DamagedDirectory.EVENTS);
            String bad = unreadable.getFirst();
            assertThatThrownBy(() -> store.index().byIds(List.of("none", bad)))
                    .isInstanceOf(LogDamagedException.class);

            var mixed =
                    doors.http.post("/api/v1/events", "[" + json("new1") + "," + json(bad) + "]");
            assertThat(mixed.statusCode()).isEqualTo(207);
            assertThat(Http.json(mixed).path("results").path(0).path("outcome").asText())
                    .isEqualTo("STORED");
            assertThat(Http.json(mixed).path("results").path(1).path("reason").asText())
                    .isEqualTo("LOG_DAMAGED");
            assertThat(doors.http.post("/api/v1/events", json(bad)).statusCode()).isEqualTo(503);
            assertThat(doors.http.post("/api/v1/events", "[" + json(bad) + "]").statusCode())
                    .isEqualTo(503);
            try (GrpcChannel channel = GrpcChannel.to(doors.doors.grpcPort())) {
                var results =
                        EventServiceGrpc.newBlockingStub(channel.channel())
                                .recordEvents(
                                        RecordEventsRequest.newBuilder()
                                                .addEvents(message("new2"))
                                                .addEvents(message(bad))
                                                .build())
                                .getResultsList();
                assertThat(results.getFirst().getOutcome()).isEqualTo(RecordResult.Outcome.STORED);
                assertThat(results.getLast().getReason()).isEqualTo("LOG_DAMAGED");
            }
            assertThat(store.log().lastPosition()).isEqualTo(DamagedDirectory.EVENTS + 2);
        }
    }

    private static boolean isUnreadable(EventStore store, String id) {
        return catchThrowableOfType(LogDamagedException.class, () -> store.index().byId(id))
                != null;
    }

    private EventStore open() {
        return Stores.open(directory, InstantSource.system());
    }

    /** What a reader comes upon. */
    static Damage firstDamage(EventLog log) {
        long position = 0;
        while (true) {
            try {
                position = log.read(position, 1_000).getLast().position();
            } catch (LogDamagedException e) {
                return e.damage();
            }
        }
    }

    static OpenDoorsFixture doors(EventStore store) {
        return OpenDoorsFixture.open(
                Map.of(),
                (doors, monitoring) -> {
                    Store parts = store.store();
                    Settings settings = TestSettings.of(Map.of());
                    Intake intake =
                            EventWiring.start(
                                    settings,
                                    parts,
                                    LimitWiring.start(settings, monitoring),
                                    monitoring);
                    EventWiring.add(
                            settings,
                            intake,
                            new MemoryLinks(),
                            () -> new Progress(0, 0),
                            parts,
                            monitoring,
                            doors);
                });
    }

    private static String json(String id) {
        return "{\"id\":\"" + id + "\",\"service\":\"s\",\"type\":\"t\"}";
    }

    private static Event message(String id) {
        return Event.newBuilder().setId(id).setService("s").setType("t").build();
    }
}
