package io.tradingecosystem.audit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.rpc.RetryInfo;

import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.server.Problem.Kind;
import io.tradingecosystem.audit.v1.GetStatusRequest;
import io.tradingecosystem.audit.v1.StatusServiceGrpc;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The gRPC door, seen by grpc-java's Netty client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrpcListenerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LIMIT = 1 << 20;

    private static final Marshaller<String> TEXT = new TextMarshaller();
    private static final MethodDescriptor<String, String> ASK =
            MethodDescriptor.<String, String>newBuilder(TEXT, TEXT)
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName("test.Service/Ask")
                    .build();

    private final AtomicReference<Context> waiting = new AtomicReference<>();
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private OpenDoorsFixture fixture;
    private ManagedChannel channel;

    @BeforeAll
    void open() {
        fixture =
                OpenDoorsFixture.open(
                        Map.of("server.grpc.max-message-size", "1MiB"),
                        (doors, monitoring) -> {
                            doors.service(this::service);
                            monitoring
                                    .problems()
                                    .map(
                                            ArithmeticException.class,
                                            e ->
                                                    Problem.of(Kind.BUSY, "Too many numbers.")
                                                            .retryAfter(Duration.ofMillis(1_500)));
                        });
        channel = channel(fixture);
    }

    @AfterAll
    void close() {
        channel.shutdownNow();
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "audit-correlator", "audit.v1.StatusService", "test.Service"})
    void shouldSayThatItServes(String name) {
        assertThat(health().check(request(name)).getStatus()).isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void shouldNotKnowTheHealthOfAnUnknownService() {
        assertThat(code(() -> health().check(request("no.such.Service"))))
                .isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void shouldShowTheSameStatusAsOverHttp() {
        var status =
                StatusServiceGrpc.newBlockingStub(channel)
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
    void shouldTellAFailureOfOursByAnIdOnly() {
        StatusRuntimeException e = failure(() -> ask("throw"));

        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(e.getStatus().getDescription())
                .matches("An error of ours; .* id: [0-9a-f-]{36}");
    }

    @Test
    void shouldTellADomainFailureAsItIsMappedWhetherThrownOrGiven() {
        for (String how : new String[] {"busy", "busy-observer"}) {
            StatusRuntimeException e = failure(() -> ask(how));

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
        StatusRuntimeException e = failure(() -> ask("text"));

        assertThat(e.getStatus().getDescription()).isEqualTo("{\"a\":1}\ncafé %");
    }

    @Test
    void shouldFailAUnaryMethodThatDoesNotAnswer() {
        assertThat(code(() -> ask("silence"))).isEqualTo(Status.Code.INTERNAL);
    }

    @Test
    void shouldNotKnowAnUnknownMethod() {
        var unknown = ASK.toBuilder().setFullMethodName("test.Service/Nothing").build();

        assertThat(code(() -> ClientCalls.blockingUnaryCall(channel, unknown, options(), "")))
                .isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    @Test
    void shouldRefuseAMessageOverTheLimit() {
        assertThat(code(() -> ask("x".repeat(LIMIT + 1))))
                .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(ask("y".repeat(LIMIT - 1000))).hasSize(LIMIT - 1000);
    }

    @Test
    void shouldRefuseAMessageThatCannotBeParsed() {
        var method =
                MethodDescriptor.<String, String>newBuilder(TEXT, TEXT)
                        .setType(MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName("grpc.health.v1.Health/Check")
                        .build();

        StatusRuntimeException e =
                failure(
                        () ->
                                ClientCalls.blockingUnaryCall(
                                        channel, method, options(), "\u0007 no protobuf"));

        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void shouldInflateGzipOfAnySizeButNoBomb() {
        CallOptions gzip = options().withCompression("gzip");

        assertThat(ClientCalls.blockingUnaryCall(channel, ASK, gzip, "z".repeat(500_000)))
                .hasSize(500_000);
        assertThat(
                        code(
                                () ->
                                        ClientCalls.blockingUnaryCall(
                                                channel, ASK, gzip, "z".repeat(3_000_000))))
                .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    @Test
    void shouldHonourDeadlinesAndCancelTheWork() throws InterruptedException {
        CallOptions hasty = CallOptions.DEFAULT.withDeadlineAfter(200, TimeUnit.MILLISECONDS);

        assertThat(code(() -> ClientCalls.blockingUnaryCall(channel, ASK, hasty, "wait")))
                .isEqualTo(Status.Code.DEADLINE_EXCEEDED);

        assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(waiting.get().getDeadline()).isNotNull();
    }

    @Test
    void shouldMeasureByMethodAndNameNoUnknownOnes() {
        var unknown = ASK.toBuilder().setFullMethodName("evil.Name/Invented").build();
        code(() -> ClientCalls.blockingUnaryCall(channel, unknown, options(), ""));
        ask("hello");

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
    void shouldTurnToNotServingEndWatchesAndLetCallsFinishWhenItCloses() throws Exception {
        // given
        OpenDoorsFixture other = OpenDoorsFixture.open(doors -> doors.service(this::slowService));
        ManagedChannel its = channel(other);
        Iterator<io.grpc.health.v1.HealthCheckResponse> watch =
                HealthGrpc.newBlockingStub(its).watch(request(""));
        assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.SERVING);
        var answer = ClientCalls.futureUnaryCall(its.newCall(ASK, options()), "slow");
        entered.await();

        // when
        Thread closing = Thread.ofVirtual().start(other.doors::close);

        // then
        assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
        assertThatThrownBy(watch::next)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e ->
                                assertThat(e.getStatus().getCode())
                                        .isEqualTo(Status.Code.UNAVAILABLE));
        release.countDown();
        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("done");
        assertThat(closing.join(PATIENCE)).isTrue();
        its.shutdownNow();
        other.monitoring.close();
    }

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    private ServerServiceDefinition slowService() {
        return ServerServiceDefinition.builder("test.Service")
                .addMethod(
                        ASK,
                        ServerCalls.asyncUnaryCall(
                                (request, response) -> {
                                    entered.countDown();
                                    awaitQuietly(release);
                                    answer(response, "done");
                                }))
                .build();
    }

    private ServerServiceDefinition service() {
        return ServerServiceDefinition.builder("test.Service")
                .addMethod(ASK, ServerCalls.asyncUnaryCall(this::answer))
                .build();
    }

    private void answer(String request, StreamObserver<String> response) {
        switch (request) {
            case "throw" -> throw new IllegalStateException("secret");
            case "busy" -> throw new ArithmeticException();
            case "busy-observer" -> response.onError(new ArithmeticException());
            case "text" ->
                    response.onError(
                            Status.ABORTED
                                    .withDescription("{\"a\":1}\ncafé %")
                                    .asRuntimeException());
            case "silence" -> {}
            case "wait" -> {
                waiting.set(Context.current());
                Context.current().addListener(context -> cancelled.countDown(), Runnable::run);
                awaitQuietly(cancelled);
            }
            default -> answer(response, request);
        }
    }

    private static void answer(StreamObserver<String> response, String text) {
        response.onNext(text);
        response.onCompleted();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody came");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String ask(String text) {
        return ClientCalls.blockingUnaryCall(channel, ASK, options(), text);
    }

    private static CallOptions options() {
        return CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    private HealthGrpc.HealthBlockingStub health() {
        return HealthGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    private static HealthCheckRequest request(String name) {
        return HealthCheckRequest.newBuilder().setService(name).build();
    }

    private static ManagedChannel channel(OpenDoorsFixture fixture) {
        return NettyChannelBuilder.forAddress("127.0.0.1", fixture.doors.grpcPort())
                .usePlaintext()
                .build();
    }

    private static StatusRuntimeException failure(Runnable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call::run);
    }

    private static Status.Code code(Runnable call) {
        StatusRuntimeException e = failure(call);
        return e.getStatus().getCode();
    }

    private static final class TextMarshaller implements Marshaller<String> {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
