package io.tradingecosystem.audit.server.grpc.helidon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.grpc.GrpcRouting;
import io.tradingecosystem.audit.server.grpc.GrpcCallSuite.First;
import io.tradingecosystem.audit.server.grpc.GrpcClient;
import io.tradingecosystem.audit.server.grpc.GrpcTestService;
import io.tradingecosystem.audit.testing.RawHttp2;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The faults of a bare gRPC server of Helidon for which classes stand in {@code
 * server.grpc.helidon}. A test that fails means that a fault is mended, and that the class which
 * names the test can go.
 */
@Timeout(60)
class HelidonGrpcFaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SHORT_MILLIS = 500;

    /** Of the static table of headers (RFC 7541, appendix A), as an indexed field. */
    private static final int STATUS_404 = 0x80 | 13;

    private final GrpcTestService service = new GrpcTestService();
    private WebServer server;
    private GrpcClient client;

    @BeforeEach
    void start() {
        server =
                WebServer.builder()
                        .port(0)
                        .host("127.0.0.1")
                        .shutdownHook(false)
                        .addRouting(
                                GrpcRouting.builder()
                                        .service(service.bindService())
                                        .service(
                                                ProtoReflectionServiceV1.newInstance()
                                                        .bindService()))
                        .build()
                        .start();
        client = GrpcClient.of(server.port());
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop();
    }

    private Status.Code answer(String request) {
        return GrpcClient.code(() -> client.ask(request, GrpcClient.within(SHORT_MILLIS)));
    }

    private RawHttp2 asked(String request, String... headers) throws IOException {
        RawHttp2 raw = RawHttp2.greeted(server.port());
        byte[] head = RawHttp2.request("/test.Service/Ask", headers);
        raw.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, head);
        byte[] message = RawHttp2.message(StringValue.of(request).toByteArray());
        raw.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, message);
        return raw;
    }

    @Test
    void shouldLeaveACallerWithoutAnAnswerWhenAMethodThrows() {
        assertThat(answer("throw")).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }

    @Test
    void shouldNotBringEveryTextOfAStatus() {
        assertThat(answer("text")).isNotEqualTo(Status.Code.ABORTED);
    }

    /** grpc-java's client takes 404 for UNIMPLEMENTED, other clients read the status of gRPC. */
    @Test
    void shouldAnswerAnUnknownMethodAsAnUnknownPath() throws IOException {
        try (RawHttp2 raw = RawHttp2.greeted(server.port())) {
            raw.call(1, "/test.Service/Nothing", new byte[0]);

            RawHttp2.Frame head = raw.readUntil(PATIENCE, frame -> frame.is(RawHttp2.HEADERS));

            assertThat(head.payload()).startsWith((byte) STATUS_404);
        }
    }

    @Test
    void shouldNotEndACallWhoseDeadlineHasPassed() throws IOException {
        try (RawHttp2 raw = asked("wait", "grpc-timeout", "50m")) {
            assertThatThrownBy(
                            () ->
                                    raw.readUntil(
                                            Duration.ofMillis(SHORT_MILLIS),
                                            frame -> frame.endsStream(1)))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void shouldNotTellACallThatItsConnectionIsLost() throws IOException {
        try (RawHttp2 raw = asked("wait")) {
            await().atMost(PATIENCE).until(() -> service.waiting() == 1);
        }

        await().during(Duration.ofMillis(SHORT_MILLIS))
                .atMost(PATIENCE)
                .until(() -> service.waiting() == 1);
    }

    @Test
    void shouldNotAnswerAMessageOverTheLimit() {
        assertThat(answer("x".repeat(3 << 20))).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }

    @Test
    void shouldNotInflateAMessageThatComesInSeveralFrames() {
        StringBuilder random = new StringBuilder();
        new Random(1).ints(100_000, ' ', '~').forEach(c -> random.append((char) c));

        assertThatThrownBy(
                        () ->
                                client.ask(
                                        random.toString(),
                                        GrpcClient.within(SHORT_MILLIS).withCompression("gzip")))
                .isInstanceOf(StatusRuntimeException.class);
    }

    @Test
    void shouldListNoServiceByReflection() {
        CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> ask =
                ServerReflectionGrpc.newStub(client.channel())
                        .withDeadlineAfter(SHORT_MILLIS, TimeUnit.MILLISECONDS)
                        .serverReflectionInfo(new First<>(answer));

        ask.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());

        assertThat(services(answer)).isZero();
    }

    private static int services(CompletableFuture<ServerReflectionResponse> answer) {
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .getListServicesResponse()
                    .getServiceCount();
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            return 0;
        }
    }
}
