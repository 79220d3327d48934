package io.tradingecosystem.audit.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.rpc.RetryInfo;

import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.tradingecosystem.audit.server.OpenDoorsFixture;
import io.tradingecosystem.audit.testing.RawHttp2;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Clients that mean no good, or no longer mean anything, at the default engine. */
@Timeout(60)
class GrpcAttackTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String CHECK = "/grpc.health.v1.Health/Check";

    private final GrpcTestService service = new GrpcTestService();
    private OpenDoorsFixture fixture;
    private GrpcClient client;

    @BeforeEach
    void open() {
        fixture =
                OpenDoorsFixture.open(
                        Map.of(
                                "server.grpc.handshake-timeout", "1s",
                                "server.grpc.max-concurrent-calls", "50",
                                "server.grpc.max-inbound-memory", "4MiB",
                                "server.shutdown-grace", "1s"),
                        (doors, monitoring) -> doors.service(service));
        client = GrpcClient.of(fixture.doors.grpcPort());
    }

    @AfterEach
    void close() {
        client.close();
        fixture.close();
    }

    @Test
    void shouldCloseAConnectionThatSendsHalfAPrefaceAndWaits() throws IOException {
        try (RawHttp2 slow = new RawHttp2(fixture.doors.grpcPort())) {
            slow.write(Arrays.copyOf(RawHttp2.PREFACE, 12));

            assertThat(slow.isClosedWithin(PATIENCE)).isTrue();
        }
    }

    @Test
    void shouldCloseAConnectionThatSendsNothing() throws IOException {
        try (RawHttp2 silent = new RawHttp2(fixture.doors.grpcPort())) {
            assertThat(silent.isClosedWithin(PATIENCE)).isTrue();
        }
    }

    @Test
    void shouldNotReadFromAClientThatDoesNotRead() throws Exception {
        AtomicLong sent = new AtomicLong();
        try (RawHttp2 deaf = RawHttp2.greeted(fixture.doors.grpcPort())) {
            Thread sending = Thread.ofPlatform().start(() -> callOnAndOn(deaf, sent));

            // then it cannot send on
            AtomicLong before = new AtomicLong();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> sent.get() > 0 && before.getAndSet(sent.get()) == sent.get());
            assertThat(sent.get()).isLessThan(100_000_000);
            // and others are served
            assertThat(client.ask("hello")).isEqualTo("hello");
            deaf.close();
            assertThat(sending.join(PATIENCE)).isTrue();
        }
    }

    @Test
    void shouldServeOnAfterManyConnectionsThatCameAndWent() throws IOException {
        List<RawHttp2> many = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            many.add(RawHttp2.greeted(fixture.doors.grpcPort()));
        }
        assertThat(client.ask("among them")).isEqualTo("among them");
        for (RawHttp2 one : many) {
            one.close();
        }

        await().atMost(PATIENCE).until(() -> connections() == 1);
        assertThat(client.ask("after them")).isEqualTo("after them");
    }

    @Test
    void shouldRefuseCallsPastTheLimitAndTakeThemAgainWhenOthersEnd() throws Exception {
        List<Future<?>> calls = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            calls.add(client.asking("wait", GrpcClient.patient()));
        }
        await().atMost(PATIENCE).until(() -> service.waiting.get() == 50);

        var refused = GrpcClient.failure(() -> client.ask("one more"));

        assertThat(refused.getStatus().getDescription())
                .contains("server.grpc.max-concurrent-calls");
        assertThat(fixture.http.get("/metrics").body())
                .contains("grpc_server_handled_total{grpc_code=\"RESOURCE_EXHAUSTED\"");
        calls.forEach(call -> call.cancel(true));
        await().atMost(PATIENCE).until(() -> service.waiting.get() == 0);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(client.ask("now")).isEqualTo("now"));
    }

    @Test
    void shouldRefuseMessagesThatDoNotFitBesideOthersUntilThoseAreDone() throws Exception {
        String large = "x".repeat(1_000_000);
        List<Future<?>> calls = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            calls.add(client.asking("wait " + large, GrpcClient.patient()));
        }
        await().atMost(PATIENCE).until(() -> service.waiting.get() == 2);

        var refused = GrpcClient.failure(() -> client.ask(large));

        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(refused.getStatus().getDescription())
                .contains("server.grpc.max-inbound-memory, 4194304 bytes");
        assertThat(StatusProto.fromThrowable(refused).getDetails(0).unpack(RetryInfo.class))
                .isEqualTo(
                        RetryInfo.newBuilder()
                                .setRetryDelay(
                                        com.google.protobuf.Duration.newBuilder().setSeconds(1))
                                .build());
        assertThat(client.ask("small")).isEqualTo("small");
        calls.forEach(call -> call.cancel(true));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(client.ask(large)).isEqualTo(large));
    }

    @Test
    void shouldTakeAMessageThatIsLargerThanTheMemoryWhenItIsAlone() {
        String large = "x".repeat(5_000_000);

        for (int i = 0; i < 20; i++) {
            assertThat(client.ask(large)).isEqualTo(large);
        }
    }

    @Test
    void shouldNotLogAStackTraceForEachConnectionThatBreaksOff() throws IOException {
        List<LogRecord> records = new CopyOnWriteArrayList<>();
        Logger transport = Logger.getLogger("io.grpc.okhttp.OkHttpServerTransport");
        Handler handler = recording(records);
        transport.addHandler(handler);
        try {
            assertThat(client.ask("before")).isEqualTo("before");
            try (RawHttp2 broken = RawHttp2.greeted(fixture.doors.grpcPort())) {
                await().atMost(PATIENCE).until(() -> connections() == 2);
                byte[] headers = RawHttp2.encode(RawHttp2.HEADERS, 0, 1, new byte[100]);
                broken.write(Arrays.copyOf(headers, 50));
            }

            await().atMost(PATIENCE).until(() -> connections() == 1);
            assertThat(records).filteredOn(r -> r.getLevel() == Level.WARNING).isEmpty();
        } finally {
            transport.removeHandler(handler);
        }
    }

    private static Handler recording(List<LogRecord> records) {
        return new Handler() {
            @Override
            public void publish(LogRecord record) {
                records.add(record);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "1", "S", "-1S", "123456789S", "1s", ""})
    void shouldEndOnlyTheCallWhoseTimeoutIsNone(String timeout) throws IOException {
        try (RawHttp2 caller = RawHttp2.greeted(fixture.doors.grpcPort())) {
            byte[] head = RawHttp2.request(CHECK, "grpc-timeout", timeout);
            caller.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, head);
            caller.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, RawHttp2.message(new byte[0]));
            caller.readUntil(PATIENCE, frame -> frame.endsStream(1));

            caller.call(3, CHECK, new byte[0]);
            caller.readUntil(PATIENCE, frame -> frame.endsStream(3));
        }
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(fixture.http.get("/metrics").body())
                                        .contains("grpc_code=\"INVALID_ARGUMENT\""));
    }

    /** Two fields with the same name that is binary and no Base64: the transport throws. */
    @Test
    void shouldCloseAConnectionThatNobodyReadsAnyMore() throws IOException {
        try (RawHttp2 caller = RawHttp2.greeted(fixture.doors.grpcPort())) {
            byte[] head = RawHttp2.request(CHECK, "x-bin", "!");
            caller.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, head);

            assertThat(caller.isClosedWithin(PATIENCE)).isTrue();
        }
        assertThat(client.ask("on another connection")).isEqualTo("on another connection");
    }

    @Test
    void shouldCloseConnectionsThatComeAfterShutdownAtOnce() throws Exception {
        Future<?> inFlight = client.asking("wait", GrpcClient.patient());
        await().atMost(PATIENCE).until(() -> service.waiting.get() == 1);
        Thread closing = Thread.startVirtualThread(fixture.doors::close);

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> {
                            try (RawHttp2 late = new RawHttp2(fixture.doors.grpcPort())) {
                                assertThat(late.isClosedWithin(Duration.ofMillis(500))).isTrue();
                            } catch (java.net.ConnectException e) {
                                assertThat(e).hasMessageContaining("refused");
                            }
                        });
        inFlight.cancel(true);
        assertThat(closing.join(PATIENCE)).isTrue();
    }

    private long connections() {
        return io.tradingecosystem.audit.testing.Http.json(fixture.http.get("/api/v1/status"))
                .path("listeners")
                .path("grpc")
                .path("connections_open")
                .asLong();
    }

    /** Calls of a method that does not exist: their answers have no body and no window. */
    private static void callOnAndOn(RawHttp2 client, AtomicLong sent) {
        byte[] block = RawHttp2.request("/no.such.Service/Method");
        try {
            for (int stream = 1; stream > 0; stream += 200) {
                ByteArrayOutputStream batch = new ByteArrayOutputStream();
                for (int i = 0; i < 200; i += 2) {
                    int flags = RawHttp2.END_HEADERS | RawHttp2.END_STREAM;
                    batch.writeBytes(RawHttp2.encode(RawHttp2.HEADERS, flags, stream + i, block));
                }
                client.write(batch.toByteArray());
                sent.addAndGet(batch.size());
            }
        } catch (IOException e) {
            // The connection was closed, as it should be in the end.
        }
    }
}
