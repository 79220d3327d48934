package io.tradingecosystem.audit.api.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.AppendOutcome;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.ShortenedLog;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.RawHttp;
import io.tradingecosystem.audit.testing.ServerSentEvents;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Bodies without end, and answers without end. */
@Timeout(300)
class EventStreamTest {
    /** A million with {@code -Devents.lines=1000000}. */
    private static final int LINES = Integer.getInteger("events.lines", 100_000);

    private static final String STREAM = "/api/v1/events/stream";
    private static final String WATCH =
            "GET " + STREAM + "?after=%d HTTP/1.1\r\nHost: here\r\n\r\n";

    @Test
    void shouldTakeANdjsonBodyOfAnyLengthInConstantMemory() {
        Forgetful forgetful = new Forgetful();
        try (EventDoors doors = EventDoors.open(Map.of(), log -> forgetful)) {
            var response =
                    doors.http.send(
                            doors.http
                                    .request("/api/v1/events")
                                    .timeout(Duration.ofMinutes(5))
                                    .header("Content-Type", "application/x-ndjson")
                                    .POST(BodyPublishers.ofInputStream(() -> new Lines(LINES))));

            JsonNode answer = Http.json(response);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(207);
            assertThat(answer.get("stored").asInt()).isEqualTo(LINES - LINES / 1_000);
            assertThat(answer.get("rejected").asInt()).isEqualTo(LINES / 1_000);
            // Of all those lines only what is wrong is told, and never more than a queue is held.
            assertThat(answer.get("results_complete").asBoolean()).isFalse();
            assertThat(answer.get("results")).hasSize(LINES / 1_000);
            assertThat(answer.get("results").get(0).get("item").asInt()).isEqualTo(1_000);
            assertThat(forgetful.largest.get()).isBetween(1L, 1_024L);
        }
    }

    @Test
    void shouldTakeBackThePlacesOfWatchersThatDoNotRead() throws Exception {
        List<RawHttp> watchers = new ArrayList<>();
        try (EventDoors doors = EventDoors.open(Map.of("server.http.write-timeout", "1s"))) {
            doors.store.append(large(1_000));
            for (int i = 0; i < 4; i++) {
                RawHttp deaf = new RawHttp(doors.httpPort(), 4 << 10);
                watchers.add(deaf);
                deaf.send(WATCH.formatted(0)).readUntil("watching");
            }

            await().atMost(Duration.ofSeconds(60)).until(() -> connections(doors) == 1);

            for (int i = 0; i < 256; i++) {
                RawHttp reader = new RawHttp(doors.httpPort());
                watchers.add(reader);
                assertThat(reader.send(WATCH.formatted(1_000)).readUntil("\r\n")).contains("200");
            }
            try (RawHttp late = new RawHttp(doors.httpPort())) {
                assertThat(late.send(WATCH.formatted(1_000)).readUntil("\r\n")).contains("429");
            }
        } finally {
            for (RawHttp watcher : watchers) {
                watcher.close();
            }
        }
    }

    private static int connections(EventDoors doors) {
        return Http.json(doors.http.get("/api/v1/status"))
                .at("/listeners/http/connections_open")
                .asInt();
    }

    /** Events that fill the buffers of a connection soon. */
    private static List<AuditEvent> large(int count) {
        String filling = "x".repeat(8 << 10);
        return IntStream.range(0, count)
                .mapToObj(
                        i ->
                                AuditEvent.builder("risk-monitor", "risk.alert.raised")
                                        .id("large-" + i)
                                        .occurredAt(Instant.parse("2026-01-31T12:00:00Z"))
                                        .attribute("filling", filling)
                                        .build())
                .toList();
    }

    @Test
    void shouldStreamEventsAndResumeBehindTheLastOneSeen() throws Exception {
        try (EventDoors doors = EventDoors.open(Map.of())) {
            doors.append("a", "b", "c");
            try (var stream = ServerSentEvents.of(doors.httpPort(), STREAM + "?after=0")) {
                assertThat(stream.next("id")).isEqualTo(doors.log.id() + "-1");
                assertThat(stream.next("data")).contains("\"id\":\"a\"");
                assertThat(stream.next("id")).isEqualTo(doors.log.id() + "-2");
            }
            doors.append("d");
            try (var stream = ServerSentEvents.after("2", doors.httpPort(), STREAM)) {
                assertThat(stream.next("data")).contains("\"id\":\"c\"");
                assertThat(stream.next("data")).contains("\"id\":\"d\"");
                doors.append("e");
                assertThat(stream.next("data")).contains("\"id\":\"e\"");
            }
            try (var stream =
                    ServerSentEvents.of(doors.httpPort(), STREAM + "?after=0&type=other")) {
                doors.http.post(
                        "/api/v1/events",
                        "{\"id\":\"o\",\"service\":\"risk-monitor\",\"type\":\"other\"}");
                assertThat(stream.next("data")).contains("\"id\":\"o\"");
            }
        }
    }

    @Test
    void shouldSayThatAPlaceIsAheadOfTheLogOrOfAnotherOrNone() throws Exception {
        try (EventDoors doors = EventDoors.open(Map.of())) {
            doors.append("a", "b");
            String log = doors.log.id();
            for (String[] each :
                    new String[][] {
                        {"3", "AHEAD", "0"},
                        {log + "-3", "AHEAD", "0"},
                        {"other-1", "OTHER_LOG", "0"},
                        {"no/place", "UNREADABLE", "2"},
                        {"99999999999999999999", "UNREADABLE", "2"}
                    }) {
                try (var stream = ServerSentEvents.after(each[0], doors.httpPort(), STREAM)) {
                    assertThat(stream.next("id")).isEqualTo(log + "-" + each[2]);
                    assertThat(stream.next("event")).isEqualTo("reset");
                    JsonNode reset = Http.json(stream.next("data"));
                    assertThat(reset.get("reason").asText()).isEqualTo(each[1]);
                    assertThat(reset.get("asked").asText()).isEqualTo(each[0]);
                    assertThat(reset.get("after").asText()).isEqualTo(each[2]);
                    assertThat(reset.get("last").asInt()).isEqualTo(2);
                    if (each[2].equals("0")) {
                        assertThat(stream.next("data")).contains("\"id\":\"a\"");
                    }
                }
            }
            try (var stream =
                    ServerSentEvents.of(doors.httpPort(), STREAM + "?after=" + log + "-1")) {
                assertThat(stream.next("event")).isEqualTo("event");
            }
            try (var stream = ServerSentEvents.of(doors.httpPort(), STREAM + "?after=7")) {
                assertThat(stream.next("event")).isEqualTo("reset");
            }
            assertThat(doors.http.get(STREAM + "?after=-1").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void shouldSayWhatIsGoneWhenRetentionHasLeftNothing() throws Exception {
        try (EventDoors doors =
                EventDoors.open(Map.of(), log -> new ShortenedLog((MemoryStore) log, 4))) {
            doors.append("a", "b", "c");
            try (var stream = ServerSentEvents.of(doors.httpPort(), STREAM + "?after=1")) {
                assertThat(stream.next("event")).isEqualTo("skipped");
                assertThat(stream.next("data")).isEqualTo("{\"from\":2,\"to\":3}");
                doors.append("d");
                assertThat(stream.next("data")).contains("\"id\":\"d\"");
            }
        }
    }

    @Test
    void shouldNotBeHeldUpByAWatcherThatNeverReads() throws Exception {
        try (EventDoors doors = EventDoors.open(Map.of());
                var idle = ServerSentEvents.of(doors.httpPort(), STREAM + "?after=0")) {
            List<AuditEvent> batch = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                batch.add(
                        EventDoors.event("e" + i).toBuilder().message("x".repeat(10_000)).build());
            }
            doors.store.append(batch);

            assertThat(doors.http.post("/api/v1/events", EventDoors.line("z")).statusCode())
                    .isEqualTo(201);
        }
    }

    /** Lines of events, every thousandth not one, made while they are read. */
    private static final class Lines extends InputStream {
        private final int count;
        private int made;
        private byte[] line = {};
        private int at;

        Lines(int count) {
            this.count = count;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (at == line.length) {
                if (made == count) {
                    return -1;
                }
                made++;
                String text = made % 1_000 == 0 ? "nonsense\n" : EventDoors.line("e" + made);
                line = text.getBytes(StandardCharsets.UTF_8);
                at = 0;
            }
            int copied = Math.min(length, line.length - at);
            System.arraycopy(line, at, buffer, offset, copied);
            at += copied;
            return copied;
        }
    }

    /** A log that counts and keeps nothing. */
    private static final class Forgetful implements EventLog {
        private final AtomicLong position = new AtomicLong();
        private final AtomicLong largest = new AtomicLong();

        @Override
        public List<AppendOutcome> append(List<AuditEvent> batch) {
            largest.accumulateAndGet(batch.size(), Math::max);
            List<AppendOutcome> outcomes = new ArrayList<>();
            batch.forEach(
                    event -> outcomes.add(new AppendOutcome.Stored(position.incrementAndGet())));
            return outcomes;
        }

        @Override
        public String id() {
            return "forgetful";
        }

        @Override
        public long lastPosition() {
            return position.get();
        }

        @Override
        public long firstPosition() {
            return 1;
        }

        @Override
        public List<AuditEvent> read(long after, int limit) {
            return List.of();
        }

        @Override
        public boolean await(long after, Duration timeout) {
            return false;
        }
    }
}
