package io.tradingecosystem.audit.server.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.server.OpenDoorsFixture;
import io.tradingecosystem.audit.server.grpc.GrpcClient;
import io.tradingecosystem.audit.server.grpc.GrpcTestService;
import io.tradingecosystem.audit.server.http.RequestBodies;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.RawHttp;
import io.tradingecosystem.audit.testing.RawHttp2;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Clients that are slow or silent on purpose: none holds a connection for longer than its bound.
 */
@Timeout(60)
class SlowPeersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] LARGE = new byte[32 << 20];
    private static final String GET = "GET /health/live HTTP/1.1\r\nHost: here\r\n";

    private final CountDownLatch held = new CountDownLatch(1);
    private OpenDoorsFixture fixture;

    @BeforeEach
    void open() {
        fixture =
                opened(
                        Map.of(
                                "server.http.max-connections", "20",
                                "server.http.head-timeout", "400ms",
                                "server.http.body-timeout", "400ms",
                                "server.http.write-timeout", "1s",
                                "server.grpc.write-timeout", "1s"));
    }

    private OpenDoorsFixture opened(Map<String, String> settings) {
        return OpenDoorsFixture.open(
                settings,
                (doors, monitoring) ->
                        doors.service(new GrpcTestService()).routes("/test", this::routes));
    }

    private void routes(HttpRules rules) {
        rules.get("/large", (request, response) -> response.send(LARGE))
                .get("/held", this::hold)
                .post("/echo", SlowPeersTest::echo);
    }

    private void hold(ServerRequest request, ServerResponse response) throws InterruptedException {
        held.await();
        response.send();
    }

    private static void echo(ServerRequest request, ServerResponse response) throws IOException {
        response.send(RequestBodies.stream(request).readAllBytes());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void shouldCloseAConnectionThatSaysNothing() throws IOException {
        try (RawHttp silent = fixture.raw()) {
            assertThat(silent.readToEnd()).isEmpty();
        }
        awaitTimeouts("head", 1);
        fixture.assertServedOn();
    }

    @Test
    void shouldCloseAConnectionWhoseHeadComesByteByByte() throws IOException {
        try (RawHttp slow = fixture.raw()) {
            slow.send("GET /health/live HTTP/1.1\r\nHost: here\r\nX-Endless: ");
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> slow.trySending("x").isClosedWithin(Duration.ofMillis(1)));
        }
        awaitTimeouts("head", 1);
        fixture.assertServedOn();
    }

    @Test
    void shouldCountTheTimeOfALaterHeadFromItsFirstByte() throws IOException {
        try (RawHttp idle = fixture.raw();
                RawHttp slow = fixture.raw()) {
            idle.send(GET + "\r\n").readUntil("]}\n");
            slow.send(GET + "\r\n" + "GET /hea").readUntil("]}\n");

            assertThat(slow.readToEnd()).isEmpty();

            // Between requests a connection may be silent for the idle timeout.
            assertThat(idle.send(GET + "\r\n").readUntil("]}\n")).startsWith("HTTP/1.1 200 OK");
        }
        awaitTimeouts("head", 1);
    }

    @Test
    void shouldCloseAConnectionWhoseLaterHeaderNeverEnds() throws IOException {
        try (RawHttp slow = fixture.raw()) {
            slow.send(GET + "\r\n" + GET + "X: y").readUntil("]}\n");

            assertThat(slow.readToEnd()).isEmpty();
        }
        awaitTimeouts("head", 1);
    }

    @Test
    void shouldCloseAConnectionWhoseBodyStops() throws IOException {
        try (RawHttp counted = fixture.raw();
                RawHttp chunked = fixture.raw()) {
            counted.send("POST /test/echo HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n1234");
            chunked.send(
                            "POST /test/echo HTTP/1.1\r\n"
                                    + "Host: h\r\n"
                                    + "Transfer-Encoding: chunked\r\n\r\n")
                    .send("9\r\n1234");

            assertThat(counted.readToEnd()).isEmpty();
            assertThat(chunked.readToEnd()).isEmpty();
        }
        awaitTimeouts("body", 2);
        fixture.assertServedOn();
    }

    @Test
    void shouldTakeABodyThatIsSlowButComes() throws IOException {
        try (RawHttp slow = fixture.raw()) {
            slow.send("POST /test/echo HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n");
            int[] sent = {0};
            await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(100))
                    .until(
                            () -> {
                                slow.send("x");
                                return ++sent[0] == 10;
                            });
            assertThat(slow.readUntil("xxxxxxxxxx")).startsWith("HTTP/1.1 200 OK");
        }
    }

    @Test
    void shouldCloseAConnectionThatDoesNotReadItsAnswer() throws IOException {
        try (RawHttp deaf = fixture.raw()) {
            deaf.send("GET /test/large HTTP/1.1\r\nHost: here\r\n\r\n");

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(timeouts("write")).isEqualTo(1));
            fixture.assertServedOn();
            assertThat(deaf.readToEnd().length()).isLessThan(LARGE.length);
        }
    }

    @Test
    void shouldCloseAGrpcConnectionThatDoesNotReadItsAnswers() throws Exception {
        try (RawHttp2 deaf = RawHttp2.greeted(fixture.doors.grpcPort());
                GrpcClient client = GrpcClient.of(fixture.doors.grpcPort())) {
            GrpcTestService.askForMuch(deaf);

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(timeouts("grpc", "write")).isEqualTo(1));
            assertThat(client.health().check(GrpcClient.healthOf("")).getStatus())
                    .isEqualTo(ServingStatus.SERVING);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    Http.json(fixture.http.get("/api/v1/status"))
                                                            .at("/listeners/grpc/connections_open")
                                                            .asInt())
                                            .isEqualTo(1));
        }
    }

    @Test
    void shouldGiveALargeAnswerToWhoReadsIt() {
        assertThat(fixture.http.get("/test/large").body()).hasSize(LARGE.length);
        assertThat(timeouts("write")).isZero();
    }

    @Test
    void shouldTellThatOthersWaitWhenAllConnectionsAreTaken() throws IOException {
        fixture.close();
        // given that nobody is too slow
        fixture = opened(Map.of("server.http.max-connections", "20"));
        List<RawHttp> busy = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                RawHttp one = fixture.raw();
                busy.add(one);
                one.send("GET /test/held HTTP/1.1\r\nHost: here\r\n\r\n");
            }
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(metrics())
                                            .contains("server_connections{listener=\"http\",} 20.0")
                                            .contains(
                                                    "server_connections_limit{listener=\"http\",}"
                                                            + " 20.0")
                                            .doesNotContain(
                                                    "limit_reached_total{listener=\"http\",} 0.0"));

            try (RawHttp waiting = fixture.raw()) {
                waiting.send(GET + "\r\n");
                held.countDown();
                assertThat(waiting.readUntil("]}\n")).startsWith("HTTP/1.1 200 OK");
            }
        } finally {
            for (RawHttp one : busy) {
                one.close();
            }
        }
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(listener().path("connections_full").asBoolean())
                                        .isFalse());
        assertThat(listener().path("connections_limit_reached").asInt()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void shouldGiveThePlaceOfTheLongestIdleConnectionToAnother() throws IOException {
        List<RawHttp> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                RawHttp one = fixture.raw();
                idle.add(one);
                one.send(GET + "\r\n").readUntil("]}\n");
            }
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(metrics())
                                            .contains("evicted_total{listener=\"http\",} 1.0"));

            // The client is answered before its connection is idle, so the order is not exact.
            assertThat(idle.stream().filter(this::isServed)).hasSize(19);
            assertThat(idle.subList(10, 20)).allMatch(this::isServed);
            // and however many come, the next one is served
            for (int i = 0; i < 60; i++) {
                RawHttp more = fixture.raw();
                idle.add(more);
                more.send(GET + "\r\n");
                assertThat(more.readUntil("]}\n")).startsWith("HTTP/1.1 200 OK");
            }
        } finally {
            for (RawHttp one : idle) {
                one.close();
            }
        }
        fixture.assertServedOn();
    }

    @Test
    void shouldServeTheNextOneWhateverNumberOfConnectionsSaysNothing() throws IOException {
        fixture.close();
        // given that nobody is too slow
        fixture = OpenDoorsFixture.open(Map.of("server.http.max-connections", "20"), (d, m) -> {});
        List<RawHttp> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                silent.add(fixture.raw());
            }
            try (RawHttp next = fixture.raw()) {
                next.send(GET + "\r\n");
                assertThat(next.readUntil("]}\n")).startsWith("HTTP/1.1 200 OK");
            }
            assertThat(metrics())
                    .contains("server_connections_evicted_total{listener=\"http\",} ")
                    .doesNotContain("server_connection_timeouts_total{listener=\"http\"");
        } finally {
            for (RawHttp one : silent) {
                one.close();
            }
        }
        fixture.assertServedOn();
    }

    private boolean isServed(RawHttp client) {
        try {
            return client.trySending(GET + "\r\n").readUntil("]}\n").startsWith("HTTP/1.1 200 OK");
        } catch (IOException e) {
            // It was closed.
            return false;
        }
    }

    private String metrics() {
        return fixture.monitoring.meters().format(MediaTypes.TEXT_PLAIN);
    }

    private JsonNode listener() {
        return Http.json(fixture.http.get("/api/v1/status")).at("/listeners/http");
    }

    /** The client may see its end before it is counted. */
    private void awaitTimeouts(String reason, int count) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(timeouts(reason)).isEqualTo(count));
    }

    private int timeouts(String reason) {
        return timeouts("http", reason);
    }

    private int timeouts(String listener, String reason) {
        String series =
                "server_connection_timeouts_total{listener=\"%s\",reason=\"%s\",} "
                        .formatted(listener, reason);
        return fixture.http
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(series.length())))
                .sum();
    }
}
