package io.tradingecosystem.audit.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.tradingecosystem.audit.testing.RawHttp2;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The faults of a bare server of grpc-okhttp for which classes stand in {@code server.grpc}. A test
 * that fails means that a fault is mended, and that the class which names the test can go.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class OkHttpFaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LIMIT = 10_000;
    private static final int INITIAL_WINDOW = 65_535;
    private static final int FRAME = 13_107;

    private Server server;

    @BeforeAll
    void start() throws IOException {
        server =
                OkHttpServerBuilder.forPort(0, InsecureServerCredentials.create())
                        .maxInboundMessageSize(LIMIT)
                        .addService(new GrpcTestService())
                        .build()
                        .start();
    }

    @AfterAll
    void stop() {
        server.shutdownNow();
    }

    @Test
    void shouldNeverCreditTheDataOfAStreamThatIsOver() throws IOException {
        AtomicInteger credited = new AtomicInteger();
        try (RawHttp2 client = RawHttp2.greeted(server.getPort())) {
            client.frame(
                    RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.request("/no.Service/At"));
            client.readUntil(PATIENCE, frame -> frame.endsStream(1));

            for (int sent = 0; sent < INITIAL_WINDOW; sent += FRAME) {
                client.frame(RawHttp2.DATA, 0, 1, new byte[FRAME]);
            }
            client.frame(RawHttp2.PING, 0, 0, new byte[8]);

            client.readUntil(
                    PATIENCE,
                    frame -> {
                        if (frame.is(RawHttp2.WINDOW_UPDATE) && frame.stream() == 0) {
                            credited.incrementAndGet();
                        }
                        return frame.is(RawHttp2.PING);
                    });
        }

        assertThat(credited).hasValue(0);
    }

    @Test
    void shouldResetTheStreamOfAMessageOverTheLimitWithoutAWord() {
        try (GrpcClient client = GrpcClient.of(server.getPort())) {
            Status status = GrpcClient.failure(() -> client.ask("x".repeat(LIMIT + 1))).getStatus();

            assertThat(status.getCode()).isNotEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        }
    }
}
