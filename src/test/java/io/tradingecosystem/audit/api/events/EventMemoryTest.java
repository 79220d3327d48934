package io.tradingecosystem.audit.api.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.RawHttp;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Events over HTTP when there is little memory for bodies. */
@Timeout(120)
class EventMemoryTest {
    private static final String EVENTS = "/api/v1/events";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final EventDoors doors =
            EventDoors.open(Map.of("server.http.max-inbound-memory", "1MiB"));

    @AfterEach
    void close() {
        doors.close();
    }

    @Test
    void shouldStoreStreamsOfLinesThatAreManyTimesLargerThanTheMemory() throws Exception {
        List<HttpResponse<String>> answers = new ArrayList<>();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> streams = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String prefix = "stream-" + i + "-";
                streams.add(senders.submit(() -> lines(events(prefix, 20_000))));
            }
            for (Future<HttpResponse<String>> stream : streams) {
                answers.add(stream.get());
            }
        }

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(201);
        assertThat(doors.books().path("stored").asInt()).isEqualTo(80_000);
        awaitAllGivenBack();
    }

    @Test
    void shouldLeaveALineUndecidedForWhichThereIsNoRoom() throws Exception {
        try (RawHttp holding = new RawHttp(doors.httpPort())) {
            hold(holding);
            String large = EventDoors.line("large").replace("ORD-1", "x".repeat(60_000));

            HttpResponse<String> refused = lines(EventDoors.line("small") + large);

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
            assertThat(Http.json(refused).path("last_item").asInt()).isEqualTo(1);
            assertThat(Http.json(refused).path("rejected").asInt()).isZero();
            assertThat(doors.books().path("stored").asInt()).isEqualTo(1);

            holding.close();
            awaitAllGivenBack();
            HttpResponse<String> again = lines(EventDoors.line("small") + large);
            assertThat(again.statusCode()).isEqualTo(201);
            assertThat(Http.json(again).path("duplicate").asInt()).isEqualTo(1);
        }
    }

    @Test
    void shouldTakeSmallRequestsOfEveryKindWhenNothingElseFits() throws Exception {
        try (RawHttp holding = new RawHttp(doors.httpPort())) {
            hold(holding);

            assertThat(lines(events("line-", 10)).statusCode()).isEqualTo(201);
            assertThat(doors.http.post(EVENTS, EventDoors.line("one")).statusCode()).isEqualTo(201);
        }
    }

    /** Half of a body that takes all memory. */
    private void hold(RawHttp client) throws IOException {
        client.send("POST " + EVENTS + " HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n")
                .send("[\"" + "x".repeat(600_000));
        await().atMost(PATIENCE).until(() -> inUse() >= 1 << 20);
    }

    private HttpResponse<String> lines(String body) {
        return doors.http.send(
                doors.http
                        .request(EVENTS)
                        .header("Content-Type", "application/x-ndjson")
                        .POST(BodyPublishers.ofString(body)));
    }

    private static String events(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> EventDoors.line(prefix + i))
                .collect(Collectors.joining());
    }

    private void awaitAllGivenBack() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(inUse()).isZero());
    }

    private long inUse() {
        JsonNode status = Http.json(doors.http.get("/api/v1/status"));
        return status.at("/listeners/http/inbound_memory").asLong();
    }
}
