package io.tradingecosystem.audit.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.server.OpenDoorsFixture;
import io.tradingecosystem.audit.testing.RawHttp2;
import io.tradingecosystem.audit.testing.RawHttp2.Frame;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;

/** At the limit of connections one without a call makes room, and is told so. */
@Timeout(60)
class GrpcRoomTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String CHECK = "/grpc.health.v1.Health/Check";
    private static final String WATCH = "/grpc.health.v1.Health/Watch";
    private static final int NO_ERROR = 0;

    @ParameterizedTest
    @ValueSource(strings = {"grpc-java", "helidon"})
    void shouldCloseTheConnectionThatIsIdleLongest(String engine) throws IOException {
        try (OpenDoorsFixture fixture = open(engine);
                RawHttp2 busy = RawHttp2.greeted(fixture.doors.grpcPort());
                RawHttp2 oldest = RawHttp2.greeted(fixture.doors.grpcPort())) {
            busy.call(1, WATCH, new byte[0]);
            busy.readUntil(PATIENCE, frame -> frame.is(RawHttp2.DATA));
            assertServed(oldest, 1);
            try (RawHttp2 idle = RawHttp2.greeted(fixture.doors.grpcPort())) {
                assertServed(idle, 1);

                try (RawHttp2 last = RawHttp2.greeted(fixture.doors.grpcPort())) {
                    assertServed(last, 1);
                    Frame goodbye = oldest.readUntil(PATIENCE, frame -> frame.is(RawHttp2.GOAWAY));
                    assertThat(goodbye.error()).isEqualTo(NO_ERROR);
                    assertThat(ByteBuffer.wrap(goodbye.payload()).getInt()).isEqualTo(1);
                    assertThat(oldest.isClosedWithin(PATIENCE)).isTrue();
                    assertServed(idle, 3);
                    assertServed(busy, 3);
                }
            }
        }
    }

    private static OpenDoorsFixture open(String engine) {
        return OpenDoorsFixture.open(
                Map.of("server.grpc.engine", engine, "server.grpc.max-connections", "4"),
                (doors, monitoring) -> {});
    }

    private static void assertServed(RawHttp2 caller, int stream) throws IOException {
        caller.call(stream, CHECK, new byte[0]);
        Frame end = caller.readUntil(PATIENCE, frame -> frame.endsStream(stream));
        assertThat(end.type()).isEqualTo(RawHttp2.HEADERS);
    }
}
