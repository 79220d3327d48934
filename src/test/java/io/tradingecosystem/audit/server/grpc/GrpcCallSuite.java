package io.tradingecosystem.audit.server.grpc;

import static io.tradingecosystem.audit.server.grpc.GrpcClient.code;
import static io.tradingecosystem.audit.server.grpc.GrpcClient.failure;
import static io.tradingecosystem.audit.server.grpc.GrpcClient.healthOf;
import static io.tradingecosystem.audit.server.grpc.GrpcClient.patient;
import static io.tradingecosystem.audit.server.grpc.GrpcClient.within;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import com.google.rpc.RetryInfo;

import io.grpc.CallOptions;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.StatusProto;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.server.OpenDoorsFixture;
import io.tradingecosystem.audit.testing.CapturedLog;
import io.tradingecosystem.audit.testing.RawHttp2;
import io.tradingecosystem.audit.v1.GetStatusRequest;
import io.tradingecosystem.audit.v1.StatusServiceGrpc;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What every call may expect of an engine, seen by grpc-java's Netty client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class GrpcCallSuite {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LIMIT = 1 << 20;

    private final String engine;
    private final GrpcTestService service = new GrpcTestService();
    private OpenDoorsFixture fixture;
    private GrpcClient client;

    public GrpcCallSuite(String engine) {
        this.engine = engine;
    }

    @BeforeAll
    void open() {
        fixture =
                OpenDoorsFixture.open(
                        Map.of(
                                "server.grpc.engine",
                                engine,
                                "server.grpc.max-message-size",
                                "1MiB",
                                "server.shutdown-grace",
                                "1s"),
                        (doors, monitoring) -> {
                            doors.service(service);
                            monitoring
                                    .problems()
                                    .map(
                                            ArithmeticException.class,
                                            e ->
                                                    Problem.of(Kind.BUSY, "Too many numbers.")
                                                            .retryAfter(Duration.ofMillis(1_500)));
                        });
        client = GrpcClient.of(fixture.doors.grpcPort());
    }

    @AfterAll
    void close() {
        client.close();
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "audit-correlator", "audit.v1.StatusService", "test.Service"})
    void shouldSayThatItServes(String name) {
        assertThat(client.health().check(healthOf(name)).getStatus())
                .isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void shouldNotKnowTheHealthOfAnUnknownService() {
        assertThat(code(() -> client.health().check(healthOf("no.such.Service"))))
                .isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void shouldShowTheSameStatusAsOverHttp() {
        var status =
                StatusServiceGrpc.newBlockingStub(client.channel)
                        .getStatus(GetStatusRequest.getDefaultInstance())
                        .getStatus();

        assertThat(status.getFieldsOrThrow("service").getStringValue())
                .isEqualTo("audit-correlator");
        assertThat(
                        status.getFieldsOrThrow("grpc_services")
                                .getStructValue()
                                .getFieldsOrThrow("test.Service")
                                .getStringValue())
                .isEqualTo("SERVING");
    }

    @Test
    void shouldListItsServicesByReflection() throws Exception {
        CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> ask =
                ServerReflectionGrpc.newStub(client.channel)
                        .withDeadlineAfter(10, TimeUnit.SECONDS)
                        .serverReflectionInfo(new First<>(answer));

        ask.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());

        assertThat(answer.get(10, TimeUnit.SECONDS).getListServicesResponse().getServiceList())
                .extracting(ServiceResponse::getName)
                .contains("audit.v1.StatusService", "grpc.health.v1.Health");
        ask.onCompleted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw", "throw-error", "give"})
    void shouldTellAnExceptionAsInternalWithAnIdThatIsInTheLogAndNoStackTrace(String how) {
        try (CapturedLog log = CapturedLog.of(GrpcCallFilter.class.getPackage())) {
            StatusRuntimeException e = failure(() -> client.ask(how));

            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
            String text = e.getStatus().getDescription();
            assertThat(text).matches("An error of ours; .* id: [0-9a-f-]{36}");
            String id = text.substring(text.length() - 36);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(log.lines()).anyMatch(l -> l.contains(id)));
            assertThat(e.getTrailers().toString()).doesNotContain("secret");
        }
    }

    @Test
    void shouldTellADomainFailureAsItIsMappedWhetherThrownOrGiven() {
        for (String how : new String[] {"busy", "busy-observer"}) {
            StatusRuntimeException e = failure(() -> client.ask(how));

            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(e.getStatus().getDescription()).isEqualTo("Too many numbers.");
            assertThat(StatusProto.fromThrowable(e).getDetailsList())
                    .anySatisfy(
                            detail ->
                                    assertThat(detail.unpack(RetryInfo.class).getRetryDelay())
                                            .extracting(d -> d.getSeconds(), d -> d.getNanos())
                                            .containsExactly(1L, 500_000_000));
        }
    }

    @Test
    void shouldBringAnyTextOfAStatus() {
        StatusRuntimeException e = failure(() -> client.ask("text"));

        assertThat(e.getStatus().getDescription())
                .isEqualTo("{\"a\":1}\ncafé % \u0000 \uD83D\uDE00");
    }

    @Test
    void shouldFailAUnaryMethodThatDoesNotAnswer() {
        assertThat(code(() -> client.ask("silence"))).isEqualTo(Status.Code.INTERNAL);
    }

    @Test
    void shouldNotKnowAnUnknownMethod() {
        var unknown = GrpcTestService.method("Nothing", MethodType.UNARY);

        assertThat(
                        code(
                                () ->
                                        ClientCalls.blockingUnaryCall(
                                                client.channel,
                                                unknown,
                                                patient(),
                                                StringValue.of("x"))))
                .isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    @Test
    void shouldRefuseAMessageOverTheLimit() {
        assertThat(code(() -> client.ask("x".repeat(LIMIT + 1))))
                .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(client.ask("y".repeat(LIMIT - 1000))).hasSize(LIMIT - 1000);
    }

    @Test
    void shouldRefuseManyMessagesFarOverTheLimitAndGoOn() {
        String large = "x".repeat(6 * LIMIT);
        for (int i = 0; i < 20; i++) {
            assertThat(code(() -> client.ask(large))).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        }

        assertThat(client.ask("y".repeat(LIMIT - 1000))).hasSize(LIMIT - 1000);
    }

    @Test
    void shouldRefuseAMessageThatCannotBeParsed() {
        var method =
                GrpcTestService.ASK.toBuilder()
                        .setFullMethodName("grpc.health.v1.Health/Check")
                        .setRequestMarshaller(new Garbage())
                        .build();

        assertThat(
                        code(
                                () ->
                                        ClientCalls.blockingUnaryCall(
                                                client.channel,
                                                method,
                                                patient(),
                                                StringValue.of("\u0007 no protobuf"))))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000, 20_000, 100_000, 1_000_000})
    void shouldInflateGzipOfAnySize(int size) {
        CallOptions gzip = patient().withCompression("gzip");
        StringBuilder random = new StringBuilder(size);
        new Random(size).ints(size, ' ', '~').forEach(c -> random.append((char) c));

        assertThat(client.ask("z".repeat(size), gzip)).hasSize(size);
        assertThat(client.ask(random.toString(), gzip)).isEqualTo(random.toString());
    }

    @Test
    void shouldNotInflateABomb() {
        CallOptions gzip = patient().withCompression("gzip");

        assertThat(code(() -> client.ask("z".repeat(50 * LIMIT), gzip)))
                .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    @Test
    void shouldHonourDeadlinesAndCancelTheWork() {
        assertThat(code(() -> client.ask("wait", within(200))))
                .isEqualTo(Status.Code.DEADLINE_EXCEEDED);

        await().atMost(PATIENCE).until(() -> service.waiting.get() == 0);
        assertThat(service.context.get().getDeadline()).isNotNull();
        assertThat(service.context.get().isCancelled()).isTrue();
    }

    /** Without a client that cancels by itself. */
    @Test
    void shouldEndACallItselfWhenItsDeadlineHasPassed() throws Exception {
        try (RawHttp2 raw = RawHttp2.greeted(fixture.doors.grpcPort())) {
            byte[] ask = RawHttp2.request("/test.Service/Ask", "grpc-timeout", "200m");
            raw.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, ask);
            byte[] wait = RawHttp2.message(StringValue.of("wait").toByteArray());
            long start = System.nanoTime();
            raw.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, wait);

            raw.readUntil(PATIENCE, frame -> frame.endsStream(1));

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(150), Duration.ofSeconds(3));
            await().atMost(PATIENCE).until(() -> service.waiting.get() == 0);
        }
    }

    @Test
    void shouldCancelTheWorkWhenTheCallerDoes() {
        var call = client.asking("wait", patient());
        await().atMost(PATIENCE).until(() -> service.waiting.get() == 1);

        call.cancel(true);

        await().atMost(PATIENCE).until(() -> service.waiting.get() == 0);
        await().atMost(PATIENCE).until(() -> inFlight() == 0);
    }

    @Test
    void shouldCancelTheWorkWhenTheConnectionIsLost() throws Exception {
        try (RawHttp2 raw = RawHttp2.greeted(fixture.doors.grpcPort())) {
            raw.frame(
                    RawHttp2.HEADERS,
                    RawHttp2.END_HEADERS,
                    1,
                    RawHttp2.request("/test.Service/Ask"));
            byte[] wait = RawHttp2.message(StringValue.of("wait").toByteArray());
            raw.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, wait);
            await().atMost(PATIENCE).until(() -> service.waiting.get() == 1);
        }

        await().atMost(PATIENCE).until(() -> service.waiting.get() == 0);
        await().atMost(PATIENCE).until(() -> inFlight() == 0);
    }

    @Test
    void shouldMeasureByMethodAndNameNoUnknownOnes() {
        var unknown =
                GrpcTestService.ASK.toBuilder().setFullMethodName("evil.Name/Invented").build();
        code(
                () ->
                        ClientCalls.blockingUnaryCall(
                                client.channel, unknown, patient(), StringValue.of("")));
        client.ask("hello");

        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(fixture.http.get("/metrics").body())
                                        .contains(
                                                "grpc_server_handled_total{grpc_code=\"OK\","
                                                        + "grpc_method=\"Ask\","
                                                        + "grpc_service=\"test.Service\",}")
                                        .contains(
                                                "grpc_server_handled_total{grpc_code="
                                                        + "\"UNIMPLEMENTED\","
                                                        + "grpc_method=\"unknown\",")
                                        .doesNotContain("Invented"));
    }

    @Test
    void shouldAnswerPings() throws Exception {
        try (RawHttp2 raw = RawHttp2.greeted(fixture.doors.grpcPort())) {
            byte[] content = "8 bytes!".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            raw.frame(RawHttp2.PING, 0, 0, content);

            var answer =
                    raw.readUntil(PATIENCE, f -> f.is(RawHttp2.PING) && f.flags() == RawHttp2.ACK);

            assertThat(answer.payload()).isEqualTo(content);
        }
    }

    @Test
    public void shouldRefuseAFloodOfPings() throws Exception {
        try (RawHttp2 raw = RawHttp2.greeted(fixture.doors.grpcPort())) {
            for (int i = 0; i < 4; i++) {
                raw.frame(RawHttp2.PING, 0, 0, new byte[8]);
            }

            var end = raw.readUntil(Duration.ofSeconds(3), f -> f.is(RawHttp2.GOAWAY));

            assertThat(end.error()).isEqualTo(RawHttp2.ENHANCE_YOUR_CALM);
        }
    }

    private long inFlight() {
        var status = fixture.http.get("/api/v1/status");
        return io.tradingecosystem.audit.testing.Http.json(status)
                .path("listeners")
                .path("grpc")
                .path("in_flight")
                .asLong(-1);
    }

    /** The first answer of a stream. */
    public record First<T>(CompletableFuture<T> answer) implements StreamObserver<T> {
        @Override
        public void onNext(T value) {
            answer.complete(value);
        }

        @Override
        public void onError(Throwable failure) {
            answer.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {}
    }

    /** Sends the text without its protobuf. */
    private static final class Garbage implements io.grpc.MethodDescriptor.Marshaller<StringValue> {
        @Override
        public java.io.InputStream stream(StringValue value) {
            return new java.io.ByteArrayInputStream(value.getValueBytes().toByteArray());
        }

        @Override
        public StringValue parse(java.io.InputStream stream) {
            throw new UnsupportedOperationException("never answered");
        }
    }
}
