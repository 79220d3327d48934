package io.tradingecosystem.audit.server.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
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

/**
 * Clients that are slow or silent on purpose: none holds a connection for longer than its bound.
 */
@Timeout(60)
class SlowPeersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] LARGE = new byte[32 << 20];
    private static final String GET = "GET /health/live HTTP/1.1\r\nHost: here\r\n";

    private OpenDoorsFixture fixture;

    @BeforeEach
    void open() {
        fixture =
                OpenDoorsFixture.open(
                        Map.of(
                                "server.http.max-connections", "20",
                                "server.http.head-timeout", "400ms",
                                "server.http.body-timeout", "400ms",
                                "server.http.write-timeout", "1s",
                                "server.grpc.write-timeout", "1s"),
                        (doors, monitoring) ->
                                doors.service(new GrpcTestService())
                                        .routes(
                                                "/test",
                                                rules ->
                                                        rules.get(
                                                                        "/large",
                                                                        (request, response) ->
                                                                                response.send(
                                                                                        LARGE))
                                                                .post(
                                                                        "/echo",
                                                                        (request, response) ->
                                                                                response.send(
                                                                                        RequestBodies
                                                                                                .stream(
                                                                                                        request)
                                                                                                .readAllBytes()))));
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
        fixture.http.get("/health/live");
        List<RawHttp> idle = new ArrayList<>();
        try (RawHttp last = fixture.raw()) {
            last.send(GET + "\r\n").readUntil("]}\n");
            // with the one of the client that looks at the status
            for (int i = 0; i < 18; i++) {
                RawHttp one = fixture.raw();
                idle.add(one);
                one.send(GET + "\r\n").readUntil("]}\n");
            }
            assertThat(listener().path("connections_open").asInt()).isEqualTo(20);
            assertThat(listener().path("connections_full").asBoolean()).isTrue();
            assertThat(fixture.http.get("/metrics").body())
                    .contains("server_connections{listener=\"http\",} 20.0")
                    .contains("server_connections_limit{listener=\"http\",} 20.0")
                    .contains("server_connections_limit_reached_total{listener=\"http\",} 1.0");

            try (RawHttp waiting = fixture.raw()) {
                waiting.send(GET + "\r\n");
                assertThat(listener().path("connections_accepted").asInt()).isEqualTo(20);
                last.close();
                assertThat(waiting.readUntil("]}\n")).startsWith("HTTP/1.1 200 OK");
            }
        } finally {
            for (RawHttp one : idle) {
                one.close();
            }
        }
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(listener().path("connections_full").asBoolean())
                                        .isFalse());
        assertThat(listener().path("connections_limit_reached").asInt()).isEqualTo(2);
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
