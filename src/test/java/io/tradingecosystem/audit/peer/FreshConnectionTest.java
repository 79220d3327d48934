package io.tradingecosystem.audit.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.egress.EgressPolicy;
import io.tradingecosystem.audit.registry.Protocol;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Whatever the other side does, a question ends in time and leaves nothing behind. */
class FreshConnectionTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final byte[] SETTINGS = bytes("000000 04 00 00000000");
    private static final byte[] HEADERS = bytes("000001 01 04 00000001 88");

    private final List<AutoCloseable> open = new ArrayList<>();
    private final ConnectionCounts counts = new ConnectionCounts();
    private final OwnAddresses own = new OwnAddresses();
    private final AtomicInteger running = new AtomicInteger();
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(
                    task -> {
                        running.incrementAndGet();
                        return Thread.ofVirtual()
                                .unstarted(
                                        () -> {
                                            try {
                                                task.run();
                                            } finally {
                                                running.decrementAndGet();
                                            }
                                        });
                    });
    private final FreshConnection fresh =
            new FreshConnection(
                    TestSettings.of(Map.of()).peers().policy(TestPeer.SERVICE).connection(),
                    counts,
                    new PeerParts(
                            PeerObserver.NONE,
                            Time.system(),
                            new Random(),
                            threads,
                            own,
                            EgressPolicy.create(List.of(), kind -> {}),
                            new TracePropagation(new Random())));

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        threads.shutdownNow();
    }

    @Test
    void shouldAskByNameAndThenAsAWhole() {
        TestPeer peer = opened(TestPeer.start("risk-1"));

        assertThat(ask(peer.port(), PATIENCE)).isEqualTo(PeerHealth.State.SERVING);
        assertThat(peer.traceparent()).isNotNull();
        peer.health.setStatus(TestPeer.SERVICE, ServingStatus.NOT_SERVING);
        assertThat(ask(peer.port(), PATIENCE)).isEqualTo(PeerHealth.State.NOT_SERVING);

        assertNothingLeft(3);
    }

    @Test
    void shouldTellThatThereIsNoHealthService() throws IOException {
        Server server =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .build()
                        .start();
        open.add(server::shutdownNow);

        assertThat(failure(server.getPort(), PATIENCE)).isEqualTo(Status.Code.UNIMPLEMENTED);
        assertNothingLeft(1);
    }

    @Test
    void shouldLeaveNothingBehindWhenTheOtherSideSaysNothing() throws Exception {
        Raw silent = raw((in, out) -> {});
        List<Future<Status.Code>> asked = new ArrayList<>();
        long started = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            asked.add(threads.submit(() -> failure(silent.port(), Duration.ofSeconds(2))));
        }
        for (Future<Status.Code> each : asked) {
            assertThat(each.get()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(PATIENCE);
        assertNothingLeft(50);
        silent.assertAllEnded();
    }

    @Test
    void shouldLeaveNothingBehindWhenInterrupted() throws Exception {
        Raw silent = raw((in, out) -> {});
        for (int i = 0; i < 20; i++) {
            Thread asking = Thread.ofVirtual().start(() -> failed(silent.port(), PATIENCE));
            int opened = i + 1;
            await().atMost(PATIENCE).until(() -> counts.connections().opened() == opened);

            asking.interrupt();

            assertThat(asking.join(PATIENCE)).isTrue();
            assertNothingLeft(opened);
        }
        silent.assertAllEnded();
    }

    @Test
    void shouldEndInTimeWhenOnlyTheAnswerIsMissing() {
        Raw mute = raw((in, out) -> out.write(SETTINGS));

        assertThat(failure(mute.port(), SHORT)).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertNothingLeft(1);
        mute.assertAllEnded();
    }

    @Test
    void shouldEndInTimeWhenTheAnswerDripsForEver() {
        // A ping every few milliseconds before the first settings; and an answer without an end.
        byte[] ping = bytes("000008 06 01 00000000 0000000000000000");
        Raw pinging = raw((in, out) -> forEver(out, ping, 5));
        byte[] drop = bytes("000001 00 00 00000001 0a");
        Raw dripping =
                raw(
                        (in, out) -> {
                            out.write(SETTINGS);
                            in.skipNBytes(24);
                            awaitHeaders(in);
                            out.write(HEADERS);
                            out.write(bytes("000005 00 00 00000001 00 7fffffff"));
                            forEver(out, drop, 5);
                        });

        assertThat(failure(pinging.port(), SHORT)).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(failure(dripping.port(), SHORT)).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertNothingLeft(2);
        pinging.assertAllEnded();
        dripping.assertAllEnded();
    }

    @Test
    void shouldBoundWhatTheOtherSideCanMakeItRead() {
        AtomicInteger frames = new AtomicInteger();
        byte[] full = new byte[9 + 16_384];
        System.arraycopy(bytes("004000 00 00 00000001"), 0, full, 0, 9);
        Raw flooding =
                raw(
                        (in, out) -> {
                            out.write(SETTINGS);
                            in.skipNBytes(24);
                            awaitHeaders(in);
                            out.write(HEADERS);
                            out.write(bytes("000005 00 00 00000001 00 7fffffff"));
                            while (true) {
                                out.write(full);
                                frames.incrementAndGet();
                            }
                        });

        failure(flooding.port(), Duration.ofSeconds(1));
        // Helidon bounds no message; the small buffer of the socket slows what flows to 14 MiB
        // here.
        assertThat(frames.get() * 16L >> 10).as("MiB written").isLessThan(100);
        assertNothingLeft(1);
        flooding.assertAllEnded();
    }

    @Test
    void shouldSayWhatSpeaksAnotherProtocol() {
        byte[] refusal = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        Raw web =
                raw(
                        (in, out) -> {
                            out.write(refusal);
                            out.close();
                        });
        Raw keepingOpen = raw((in, out) -> out.write(refusal));
        Raw hangingUp = raw((in, out) -> in.close());

        assertThat(failure(web.port(), PATIENCE)).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(failure(hangingUp.port(), PATIENCE)).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(failure(keepingOpen.port(), SHORT)).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertNothingLeft(3);
        keepingOpen.assertAllEnded();
    }

    @Test
    void shouldSayWhereNothingListensAndNeverAskItself() throws IOException {
        int dead;
        try (ServerSocket socket = new ServerSocket(0)) {
            dead = socket.getLocalPort();
        }
        TestPeer ourselves = opened(TestPeer.start("risk-1"));
        own.add(new InetSocketAddress("127.0.0.1", ourselves.port()));

        assertThat(failed(dead, PATIENCE)).hasMessageContaining("refused");
        assertThat(failed(ourselves.port(), PATIENCE)).hasMessageContaining("is this process");
        assertNothingLeft(0);
        assertThat(counts.connections().failed()).isEqualTo(2);
    }

    private PeerHealth.State ask(int port, Duration timeout) {
        return fresh.health(
                new Endpoint.Address("risk-1", Protocol.GRPC, "127.0.0.1", port),
                TestPeer.SERVICE,
                timeout);
    }

    private StatusRuntimeException failed(int port, Duration timeout) {
        return catchThrowableOfType(StatusRuntimeException.class, () -> ask(port, timeout));
    }

    private Status.Code failure(int port, Duration timeout) {
        return failed(port, timeout).getStatus().getCode();
    }

    private void assertNothingLeft(int opened) {
        assertThat(counts.connections().open()).isZero();
        assertThat(counts.connections().opened()).isEqualTo(opened);
        await().atMost(PATIENCE).until(() -> running.get() == 0);
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.add(resource);
        return resource;
    }

    private Raw raw(Raw.Script script) {
        return opened(new Raw(script));
    }

    private static void awaitHeaders(InputStream in) throws IOException {
        while (true) {
            byte[] head = in.readNBytes(9);
            in.skipNBytes((head[0] & 0xff) << 16 | (head[1] & 0xff) << 8 | (head[2] & 0xff));
            if (head[3] == 1) {
                return;
            }
        }
    }

    private static void forEver(OutputStream out, byte[] bytes, long everyMillis)
            throws IOException, InterruptedException {
        while (true) {
            out.write(bytes);
            Thread.sleep(everyMillis);
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** What listens on loopback and does to each connection what a script says. */
    private static final class Raw implements AutoCloseable {
        private final ServerSocket listening;
        private final Queue<Socket> accepted = new ConcurrentLinkedQueue<>();

        Raw(Script script) {
            try {
                listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Thread.ofVirtual().start(() -> accept(script));
        }

        int port() {
            return listening.getLocalPort();
        }

        /** The other side has closed every connection. */
        void assertAllEnded() {
            assertThat(accepted).isNotEmpty().allSatisfy(Raw::assertEnded);
        }

        @Override
        public void close() throws IOException {
            listening.close();
            for (Socket each : accepted) {
                each.close();
            }
        }

        private static void assertEnded(Socket socket) throws IOException {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            try {
                socket.getInputStream().readAllBytes();
            } catch (SocketTimeoutException e) {
                throw new AssertionError("still open", e);
            } catch (SocketException reset) {
                // An end as well: there were bytes that the other side had not read.
                assertThat(reset).hasMessageContaining("reset");
            }
        }

        private void accept(Script script) {
            try {
                while (true) {
                    Socket socket = listening.accept();
                    accepted.add(socket);
                    Thread.ofVirtual().start(() -> play(script, socket));
                }
            } catch (IOException closed) {
                // The test is over.
            }
        }

        private static void play(Script script, Socket socket) {
            try {
                script.play(socket.getInputStream(), socket.getOutputStream());
            } catch (IOException | InterruptedException ended) {
                // The other side has had enough, which is what most scripts wait for.
                Thread.currentThread().interrupt();
            }
        }

        /** What to do with a connection; it stays open afterwards. */
        @FunctionalInterface
        private interface Script {
            void play(InputStream in, OutputStream out) throws IOException, InterruptedException;
        }
    }
}
