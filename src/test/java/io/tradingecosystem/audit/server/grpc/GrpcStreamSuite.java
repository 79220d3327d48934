package io.tradingecosystem.audit.server.grpc;

import static io.tradingecosystem.audit.server.grpc.GrpcClient.healthOf;
import static io.tradingecosystem.audit.server.grpc.GrpcClient.patient;
import static io.tradingecosystem.audit.server.grpc.GrpcClient.within;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.server.OpenDoorsFixture;
import io.tradingecosystem.audit.testing.RawHttp2;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What an engine must bear: many messages, slow readers, hasty callers, the end. */
public abstract class GrpcStreamSuite {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Fixed, or the client widens it while it measures. */
    private static final int WINDOW = 1 << 20;

    /** Of a connection, where the setting is not changed. */
    private static final int MAX_STREAMS = 1_000;

    private static final byte[] LINGER = StringValue.of("linger").toByteArray();

    private final String engine;
    private final Duration patienceForMany;
    private final GrpcTestService service = new GrpcTestService();
    private OpenDoorsFixture fixture;
    GrpcClient client;

    /**
     * @param patienceForMany how long 60,000 messages may take; less where it is known that they
     *     will not arrive
     */
    public GrpcStreamSuite(String engine, Duration patienceForMany) {
        this.engine = engine;
        this.patienceForMany = patienceForMany;
    }

    @BeforeEach
    void open() {
        fixture =
                OpenDoorsFixture.open(
                        Map.of("server.grpc.engine", engine, "server.shutdown-grace", "1s"),
                        (doors, monitoring) -> doors.service(service));
        client = GrpcClient.of(fixture.doors.grpcPort(), c -> c.flowControlWindow(WINDOW));
    }

    @AfterEach
    void close() {
        client.close();
        fixture.close();
    }

    @Test
    public void shouldBring60000MessagesOfOneBidirectionalStream() throws Exception {
        int count = 60_000;
        Echoes echoes = new Echoes();
        ClientCalls.asyncBidiStreamingCall(
                client.channel.newCall(
                        GrpcTestService.ECHO, within((int) patienceForMany.toMillis())),
                echoes);

        for (int i = 0; i < count; i++) {
            echoes.send(StringValue.of("message " + i));
        }
        echoes.complete();

        assertThat(echoes.done.get(20, TimeUnit.SECONDS)).isEqualTo(count);
    }

    @Test
    void shouldLetASlowReaderStallItselfOnly() throws Exception {
        // given a reader that asks for one message of a million
        ClientCall<StringValue, StringValue> slow =
                client.channel.newCall(GrpcTestService.PRODUCE, patient());
        slow.start(new ClientCall.Listener<>() {}, new Metadata());
        slow.sendMessage(StringValue.of("1000000"));
        slow.halfClose();
        slow.request(1);
        await().atMost(PATIENCE).until(() -> service.produced.get() > 1);

        // then others on its connection are served
        for (int i = 0; i < 100; i++) {
            assertThat(client.ask("quick " + i)).isEqualTo("quick " + i);
        }
        assertThat(client.ask("z".repeat(1_000_000))).hasSize(1_000_000);
        // and what is sent ahead is bounded by windows and buffers, not by the heap
        AtomicInteger before = new AtomicInteger();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> before.getAndSet(service.produced.get()) == service.produced.get());
        assertThat(service.produced).hasValueLessThan(100_000);
        slow.cancel("enough", null);
    }

    @Test
    public void shouldStopWritingToAReaderThatStallsAndGoes() throws Exception {
        try (RawHttp2 reader = RawHttp2.greeted(fixture.doors.grpcPort())) {
            // given a reader that never widens its window, and a writer that has filled it
            reader.call(1, "/test.Service/Produce", StringValue.of("1000000").toByteArray());
            int filled = 0;
            while (filled < RawHttp2.INITIAL_WINDOW) {
                filled += reader.readUntil(PATIENCE, f -> f.is(RawHttp2.DATA)).payload().length;
            }

            // when
            reader.frame(RawHttp2.RST_STREAM, 0, 1, new byte[] {0, 0, 0, RawHttp2.CANCEL});

            // then
            await("the end of the writer")
                    .atMost(PATIENCE)
                    .until(() -> service.producing.get() == 0);
        }
    }

    @Test
    public void shouldLeaveALongCallAloneWhileThousandsOfDeadlinesPass() throws Exception {
        Echoes longCall = new Echoes();
        ClientCalls.asyncBidiStreamingCall(
                client.channel.newCall(GrpcTestService.ECHO, within(20_000)), longCall);
        Semaphore room = new Semaphore(100);
        AtomicInteger late = new AtomicInteger();

        for (int i = 0; i < 3_000; i++) {
            assertThat(room.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            var call = client.channel.newCall(GrpcTestService.ASK, within(5));
            ClientCalls.asyncUnaryCall(call, StringValue.of("wait"), new Ending(room, late));
            if (i % 100 == 0) {
                longCall.send(StringValue.of("still here"));
            }
        }
        assertThat(room.tryAcquire(100, 10, TimeUnit.SECONDS)).isTrue();
        longCall.complete();

        assertThat(longCall.done.get(10, TimeUnit.SECONDS)).isEqualTo(30);
        assertThat(late).hasValue(3_000);
        await().atMost(PATIENCE).until(() -> service.waiting.get() == 0);
    }

    @Test
    void shouldBringManyLargeRepliesAtOnceToAClientWithASmallWindow() throws Exception {
        try (GrpcClient small =
                GrpcClient.of(fixture.doors.grpcPort(), c -> c.flowControlWindow(65_535))) {
            for (int round = 0; round < 5; round++) {
                List<Future<StringValue>> replies = new ArrayList<>();
                for (int i = 0; i < 32; i++) {
                    replies.add(small.asking("large", patient()));
                }
                for (Future<StringValue> reply : replies) {
                    assertThat(reply.get(10, TimeUnit.SECONDS).getValue()).hasSize(150_000);
                }
            }
        }
    }

    @Test
    void shouldAnswer2000CallsOfFourClientsAtOnce() throws Exception {
        List<GrpcClient> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clients.add(GrpcClient.of(fixture.doors.grpcPort()));
        }

        try {
            assertAnswers2000CallsAtOnce(clients);
        } finally {
            clients.forEach(GrpcClient::close);
        }
    }

    /** Twice as many as may be open on a connection, if it is one client. */
    static void assertAnswers2000CallsAtOnce(List<GrpcClient> clients) throws Exception {
        List<Future<StringValue>> replies = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            replies.add(clients.get(i % clients.size()).asking("call " + i, within(20_000)));
        }

        for (int i = 0; i < 2_000; i++) {
            assertThat(replies.get(i).get(10, TimeUnit.SECONDS).getValue()).isEqualTo("call " + i);
        }
    }

    @Test
    public void shouldServeTheNextCallWhenTheClientHasSeenTheEndOfAsManyAsMayBeOpen()
            throws Exception {
        try (RawHttp2 raw = RawHttp2.greeted(fixture.doors.grpcPort()).withoutFlowControl()) {
            // given as many calls as may be open; the service clears up after their end
            for (int i = 0; i < MAX_STREAMS; i++) {
                raw.call(2 * i + 1, "/test.Service/Ask", LINGER);
            }
            for (int i = 0; i < MAX_STREAMS; i++) {
                raw.readUntil(PATIENCE, f -> f.stream() > 0 && f.endsStream(f.stream()));
            }

            // when
            int next = 2 * MAX_STREAMS + 1;
            raw.call(next, "/test.Service/Ask", StringValue.of("next").toByteArray());

            // then
            var end = raw.readUntil(PATIENCE, f -> f.endsStream(next) || f.is(RawHttp2.GOAWAY));
            assertThat(end.is(RawHttp2.HEADERS)).as("not served: %s", end).isTrue();
        } finally {
            service.clearedUp.countDown();
        }
    }

    @Test
    void shouldTurnToNotServingEndWatchesAndLetCallsFinishWhenItCloses() throws Exception {
        // given
        Iterator<HealthCheckResponse> watch = client.health().watch(healthOf(""));
        assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.SERVING);
        Echoes inFlight = new Echoes();
        ClientCalls.asyncBidiStreamingCall(
                client.channel.newCall(GrpcTestService.ECHO, patient()), inFlight);
        inFlight.send(StringValue.of("before"));
        await().atMost(PATIENCE).until(() -> inFlight.count.get() == 1);

        // when
        Thread closing = Thread.startVirtualThread(fixture.doors::close);

        // then
        assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
        assertThatThrownBy(watch::next)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e ->
                                assertThat(e.getStatus().getCode())
                                        .isEqualTo(Status.Code.UNAVAILABLE));
        // once the client has heard of it
        await().atMost(PATIENCE).until(() -> outcome("too late"), Status.Code.UNAVAILABLE::equals);
        inFlight.send(StringValue.of("after"));
        inFlight.complete();
        assertThat(inFlight.done.get(10, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(closing.join(PATIENCE)).isTrue();
    }

    @Test
    void shouldTellThoseWhoseCallsRunLongerThanTheGraceToGoElsewhere() {
        Future<StringValue> stubborn = client.asking("wait", patient());
        await().atMost(PATIENCE).until(() -> service.waiting.get() == 1);

        fixture.doors.close();

        assertThatThrownBy(() -> stubborn.get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .rootCause()
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e ->
                                assertThat(e.getStatus().getCode())
                                        .isEqualTo(Status.Code.UNAVAILABLE));
        await().atMost(PATIENCE).until(() -> service.waiting.get() == 0);
    }

    private Status.Code outcome(String text) {
        try {
            client.ask(text);
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    /** Counts what comes back, and sends no faster than the transport takes. */
    private static final class Echoes implements ClientResponseObserver<StringValue, StringValue> {
        final AtomicInteger count = new AtomicInteger();
        final CompletableFuture<Integer> done = new CompletableFuture<>();
        private final Semaphore ready = new Semaphore(0);
        private ClientCallStreamObserver<StringValue> requests;

        @Override
        public void beforeStart(ClientCallStreamObserver<StringValue> stream) {
            requests = stream;
            stream.setOnReadyHandler(ready::release);
        }

        void send(StringValue message) throws InterruptedException {
            while (!requests.isReady() && !done.isDone()) {
                ready.tryAcquire(100, TimeUnit.MILLISECONDS);
            }
            requests.onNext(message);
        }

        void complete() {
            requests.onCompleted();
        }

        @Override
        public void onNext(StringValue message) {
            count.incrementAndGet();
        }

        @Override
        public void onError(Throwable failure) {
            done.completeExceptionally(failure);
            ready.release();
        }

        @Override
        public void onCompleted() {
            done.complete(count.get());
        }
    }

    private record Ending(Semaphore room, AtomicInteger late)
            implements StreamObserver<StringValue> {
        @Override
        public void onNext(StringValue message) {}

        @Override
        public void onError(Throwable failure) {
            if (Status.fromThrowable(failure).getCode() == Status.Code.DEADLINE_EXCEEDED) {
                late.incrementAndGet();
            }
            room.release();
        }

        @Override
        public void onCompleted() {
            room.release();
        }
    }
}
