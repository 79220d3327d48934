package io.tradingecosystem.audit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;

import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.stub.ServerCalls;
import io.helidon.webserver.http.HttpService;
import io.tradingecosystem.audit.server.connection.ListenerException;
import io.tradingecosystem.audit.server.grpc.GrpcClient;
import io.tradingecosystem.audit.server.grpc.GrpcTestService;
import io.tradingecosystem.audit.testing.Http;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

class OpenDoorsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @Test
    void shouldLetRequestsInFlightFinishAndRefuseNewOnes() throws Exception {
        // given
        OpenDoorsFixture fixture = OpenDoorsFixture.open(doors -> doors.routes("/slow", slow()));
        CompletableFuture<HttpResponse<String>> inFlight = async(() -> fixture.http.get("/slow"));
        entered.await();

        // when
        CompletableFuture<Void> closing = CompletableFuture.runAsync(fixture.doors::close);

        // then
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> {
                            HttpResponse<String> refused = fixture.http.get("/slow");
                            assertThat(refused.statusCode()).isEqualTo(503);
                            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
                        });
        release.countDown();
        assertThat(inFlight.get().body()).isEqualTo("done");
        closing.get();
        fixture.monitoring.close();
    }

    @Test
    void shouldLetACallInFlightFinishAndRefuseNewOnes() throws Exception {
        // given
        OpenDoorsFixture fixture = OpenDoorsFixture.open(doors -> doors.service(slowCall()));
        try (GrpcClient client = GrpcClient.of(fixture.doors.grpcPort());
                GrpcClient other = GrpcClient.of(fixture.doors.grpcPort())) {
            Future<StringValue> inFlight = client.asking("slow", GrpcClient.within(60_000));
            entered.await();
            assertThat(other.health().check(GrpcClient.healthOf("")).getStatus())
                    .isEqualTo(ServingStatus.SERVING);

            // when
            CompletableFuture<Void> closing = CompletableFuture.runAsync(fixture.doors::close);

            // then
            for (GrpcClient each : new GrpcClient[] {client, other}) {
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () ->
                                        assertThat(GrpcClient.code(() -> each.ask("late")))
                                                .isEqualTo(Status.Code.UNAVAILABLE));
            }
            assertThat(closing).isNotDone();
            release.countDown();
            assertThat(inFlight.get().getValue()).isEqualTo("done");
            closing.get();
        }
        fixture.monitoring.close();
    }

    @Test
    void shouldSayNotServingAndServeOnUntilTheDrainDelayIsOver() throws Exception {
        // given
        OpenDoorsFixture fixture =
                OpenDoorsFixture.open(
                        Map.of("server.drain-delay", "1h"), (doors, monitoring) -> {});
        Thread closing = Thread.ofVirtual().start(fixture.doors::close);

        // then
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(fixture.http.get("/health/ready").statusCode())
                                        .isEqualTo(503));
        assertThat(fixture.http.get("/api/v1/health").statusCode()).isEqualTo(503);
        assertThat(fixture.http.get("/api/v1/ready").statusCode()).isEqualTo(503);
        assertThat(fixture.http.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(fixture.http.get("/api/v1/status").statusCode()).isEqualTo(200);

        // when somebody is in a hurry
        closing.interrupt();

        // then
        assertThat(closing.join(PATIENCE)).isTrue();
        fixture.monitoring.close();
    }

    @Test
    void shouldCutOffWhatStillRunsAfterTheGrace() throws Exception {
        // given
        OpenDoorsFixture fixture =
                OpenDoorsFixture.open(
                        Map.of("server.shutdown-grace", "50ms"),
                        (doors, monitoring) -> doors.routes("/slow", slow()));
        CompletableFuture<HttpResponse<String>> inFlight = async(() -> fixture.http.get("/slow"));
        entered.await();

        // when
        fixture.close();

        // then
        assertThat(inFlight.get().statusCode()).isEqualTo(503);
    }

    @Test
    void shouldEndAnswersWithoutAnEndWhenDraining() {
        AtomicBoolean ended = new AtomicBoolean();
        OpenDoorsFixture fixture =
                OpenDoorsFixture.open(doors -> doors.onDrain(() -> ended.set(true)));

        fixture.close();

        assertThat(ended).isTrue();
    }

    @Test
    void shouldNotListenAnyMoreOnceClosed() {
        OpenDoorsFixture fixture = OpenDoorsFixture.open(doors -> {});
        int port = fixture.doors.httpPort();

        fixture.close();

        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void shouldNameThePortAndTheSettingWhenThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());

            assertThatThrownBy(
                            () ->
                                    OpenDoorsFixture.open(
                                            Map.of("server.http.port", port), (d, m) -> {}))
                    .isInstanceOf(ListenerException.class)
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("server.http.port")
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void shouldRefuseRequestsPastTheLimitWithProblemDetails() throws Exception {
        OpenDoorsFixture fixture =
                OpenDoorsFixture.open(
                        Map.of("server.http.max-concurrent-requests", "1"),
                        (doors, monitoring) -> doors.routes("/slow", slow()));
        try (fixture) {
            CompletableFuture<HttpResponse<String>> inFlight =
                    async(() -> fixture.http.get("/slow"));
            entered.await();

            HttpResponse<String> refused = fixture.http.get("/health/live");

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(Http.json(refused).path("status").asInt()).isEqualTo(503);
            release.countDown();
            assertThat(inFlight.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldCountItsConnectionsAndRequestsInTheStatus() {
        try (OpenDoorsFixture fixture = OpenDoorsFixture.open(doors -> {})) {
            fixture.http.get("/nowhere");

            var http = Http.json(fixture.http.get("/api/v1/status")).path("listeners").path("http");

            assertThat(http.path("port").asInt()).isEqualTo(fixture.doors.httpPort());
            assertThat(http.path("connections_open").asInt()).isEqualTo(1);
            assertThat(http.path("requests").asInt()).isEqualTo(1);
            assertThat(http.path("errors").asInt()).isEqualTo(1);
            assertThat(http.path("in_flight").asInt()).isEqualTo(1);
        }
    }

    private HttpService slow() {
        return rules ->
                rules.get(
                        "/",
                        (request, response) -> {
                            entered.countDown();
                            boolean released = release.await(30, TimeUnit.SECONDS);
                            response.send(released ? "done" : "never released");
                        });
    }

    /** A unary call that is late with its answer. */
    private BindableService slowCall() {
        return () ->
                ServerServiceDefinition.builder("test.Service")
                        .addMethod(
                                GrpcTestService.ASK,
                                ServerCalls.asyncUnaryCall(
                                        (request, response) -> {
                                            entered.countDown();
                                            try {
                                                release.await();
                                            } catch (InterruptedException e) {
                                                Thread.currentThread().interrupt();
                                            }
                                            response.onNext(StringValue.of("done"));
                                            response.onCompleted();
                                        }))
                        .build();
    }

    private static <T> CompletableFuture<T> async(java.util.function.Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                result.complete(work.get());
                            } catch (RuntimeException e) {
                                result.completeExceptionally(e);
                            }
                        });
        return result;
    }
}
