package io.tradingecosystem.audit.server.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.server.OpenDoorsFixture;
import io.tradingecosystem.audit.server.http.RequestBodies;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.RawHttp;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;

/** Many large bodies at once: what does not fit is refused, and whatever happens is given back. */
@Timeout(60)
class BodyMemoryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MAX = 4 << 20;
    private static final String POST = "POST /test/swallow HTTP/1.1\r\nHost: here\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";

    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicLong ahead = new AtomicLong();
    private final List<RawHttp> clients = new ArrayList<>();
    private OpenDoorsFixture fixture;

    @BeforeEach
    void open() {
        fixture =
                OpenDoorsFixture.open(
                        Map.of(
                                "server.http.max-body-size", "16MiB",
                                "server.http.max-inbound-memory", "4MiB"),
                        (doors, monitoring) ->
                                doors.routes(
                                        "/test",
                                        rules ->
                                                rules.post(
                                                                "/swallow",
                                                                (request, response) ->
                                                                        response.send(
                                                                                "" + size(request)))
                                                        .post(
                                                                "/hold",
                                                                (request, response) -> {
                                                                    int size = size(request);
                                                                    gate.await();
                                                                    response.send("" + size);
                                                                })),
                        () -> System.nanoTime() + ahead.get());
    }

    private static int size(io.helidon.webserver.http.ServerRequest request) throws IOException {
        return RequestBodies.stream(request).readAllBytes().length;
    }

    @AfterEach
    void close() throws IOException {
        gate.countDown();
        for (RawHttp client : clients) {
            client.close();
        }
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldAnswerOrRefuseManyThatComeAtOnceAndGiveAllBack(boolean compressed) throws Exception {
        List<HttpResponse<String>> answers = new ArrayList<>();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> sent = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                sent.add(senders.submit(() -> post("/test/swallow", 3 << 20, compressed)));
            }
            assertThat(fixture.http.get("/health/live").statusCode()).isEqualTo(200);
            for (Future<HttpResponse<String>> one : sent) {
                answers.add(one.get());
            }
        }

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200, 429);
        long refused = answers.stream().filter(answer -> answer.statusCode() == 429).count();
        assertThat(listener().path("inbound_memory_refusals").asLong()).isEqualTo(refused);
        assertThat(fixture.http.get("/metrics").body())
                .contains(
                        "server_inbound_memory_refusals_total{listener=\"http\",} "
                                + (double) refused)
                .contains("server_inbound_memory_limit_bytes{listener=\"http\",} " + (double) MAX);
        awaitAllGivenBack();
        assertThat(post("/test/swallow", 3 << 20, compressed).body()).isEqualTo("" + (3 << 20));
    }

    @Test
    void shouldRefuseWithAWordWhenToComeAgain() throws Exception {
        hold();

        HttpResponse<String> refused = post("/test/swallow", 3 << 20, false);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(refused.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(Http.json(refused).path("detail").asText())
                .contains("server.http.max-inbound-memory, 4194304 bytes");
    }

    @Test
    void shouldTakeSmallRequestsWhenNothingElseFits() throws Exception {
        hold();

        assertThat(post("/test/swallow", 2_000, false).body()).isEqualTo("2000");
        assertThat(post("/test/swallow", 2_000, true).body()).isEqualTo("2000");
        assertThat(fixture.http.get("/health").statusCode()).isEqualTo(200);
        assertThat(fixture.http.get("/metrics").statusCode()).isEqualTo(200);

        gate.countDown();
        awaitAllGivenBack();
        assertThat(post("/test/swallow", 3 << 20, false).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldTakeABodyThatIsLargerThanTheMemoryWhenItIsAlone() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(post("/test/swallow", 15 << 20, false).body()).isEqualTo("" + (15 << 20));
            awaitAllGivenBack();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 3000000\r\n\r\n", CHUNKED + "2DC6C0\r\n"})
    void shouldGiveBackWhatClientsSentThatVanish(String framing) throws Exception {
        for (int i = 0; i < 6; i++) {
            raw().send(POST + framing).send(new byte[100_000]);
        }
        await().atMost(PATIENCE).until(() -> inUse() >= 600_000);

        for (RawHttp client : clients) {
            client.close();
        }

        awaitAllGivenBack();
        assertThat(fixture.http.get("/metrics").body()).doesNotContain("code=\"500\"");
    }

    @Test
    void shouldGiveTheMemoryOfOneThatTricklesToOthers() throws Exception {
        RawHttp trickle = raw().send(POST + "Content-Length: 3000000\r\n\r\n");
        trickle.send(new byte[1_900_000]);
        await().atMost(PATIENCE).until(() -> inUse() >= 3_800_000);

        assertThat(post("/test/swallow", 1 << 20, false).statusCode()).isEqualTo(429);
        ahead.addAndGet(Duration.ofSeconds(6).toNanos());
        trickle.send(new byte[1]);
        await().atMost(PATIENCE).until(() -> inUse() >= 3_800_002);
        ahead.addAndGet(Duration.ofSeconds(6).toNanos());

        assertThat(post("/test/swallow", 1 << 20, false).statusCode()).isEqualTo(200);
        assertThat(trickle.readToEnd()).isEmpty();
        awaitAllGivenBack();
    }

    /** A chunk passes as it comes, and is read off, however long it is. */
    @Test
    void shouldHoldLittleOfAChunkThatNobodyReads() throws Exception {
        String get = "GET /health/live HTTP/1.1\r\nHost: here\r\n" + CHUNKED + "2DC6C0\r\n";
        RawHttp first = raw().send(get);
        first.send(new byte[2_900_000]);
        RawHttp second = raw().send(get);

        second.send(new byte[3_000_000]).send("\r\n0\r\n\r\n");

        assertThat(second.readUntil("]}\n")).startsWith("HTTP/1.1 200 OK");
        assertThat(listener().path("inbound_memory_refusals").asInt()).isZero();
        assertThat(inUse()).isLessThan(1_000_000);
        first.close();
        second.close();
        awaitAllGivenBack();
    }

    @Test
    void shouldHoldNothingForAConnectionThatIsIdle() throws Exception {
        RawHttp idle = raw();
        idle.send(POST + CHUNKED + "FFFFF\r\n").send(new byte[0xFFFFF]).send("\r\n0\r\n\r\n");

        assertThat(idle.readUntil("1048575")).startsWith("HTTP/1.1 200 OK");

        awaitAllGivenBack();
        idle.send("GET /health/live HTTP/1.1\r\nHost: here\r\n\r\n").readUntil("]}\n");
    }

    /** Takes all memory, until the gate opens. */
    private void hold() throws IOException {
        raw().send("POST /test/hold HTTP/1.1\r\nHost: h\r\nContent-Length: 2097152\r\n\r\n")
                .send(new byte[2 << 20]);
        await().atMost(PATIENCE).until(() -> inUse() >= MAX);
    }

    private HttpResponse<String> post(String path, int size, boolean compressed) {
        byte[] body = compressed ? gzip(new byte[size]) : new byte[size];
        var request = fixture.http.request(path).POST(BodyPublishers.ofByteArray(body));
        return fixture.http.send(compressed ? request.header("Content-Encoding", "gzip") : request);
    }

    private static byte[] gzip(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private RawHttp raw() throws IOException {
        RawHttp client = new RawHttp(fixture.doors.httpPort());
        clients.add(client);
        return client;
    }

    private void awaitAllGivenBack() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(inUse()).isZero());
    }

    private long inUse() {
        return listener().path("inbound_memory").asLong();
    }

    private JsonNode listener() {
        return Http.json(fixture.http.get("/api/v1/status")).at("/listeners/http");
    }
}
