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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** What a caller may send, and how one that sends anything else is told, at both engines. */
@Timeout(60)
class FrameRulesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String CHECK = "/grpc.health.v1.Health/Check";
    private static final int STREAM_CLOSED = 5;
    private static final int RESERVED_CODE = 0x00ffff00;

    /** Of the static table (RFC 7541, appendix A). */
    private static final byte METHOD_GET = (byte) 0x82;

    @ParameterizedTest
    @ValueSource(strings = {"grpc-java", "helidon"})
    void shouldSayWhyAConnectionEnds(String engine) throws IOException {
        try (OpenDoorsFixture fixture = open(engine);
                RawHttp2 caller = RawHttp2.greeted(fixture.doors.grpcPort())) {
            caller.call(1, CHECK, new byte[0]);
            caller.readUntil(PATIENCE, frame -> frame.endsStream(1));

            caller.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, RawHttp2.message(new byte[0]));

            Frame last = caller.readUntil(PATIENCE, frame -> frame.is(RawHttp2.GOAWAY));
            assertThat(last.error()).isEqualTo(STREAM_CLOSED);
            assertThat(caller.isClosedWithin(PATIENCE)).isTrue();
        }
    }

    /** Byte by byte, so that the code is read in pieces. */
    @ParameterizedTest
    @ValueSource(strings = {"grpc-java", "helidon"})
    void shouldServeOnAfterAResetForAReasonOfTomorrow(String engine) throws IOException {
        try (OpenDoorsFixture fixture = open(engine);
                RawHttp2 caller = RawHttp2.greeted(fixture.doors.grpcPort())) {
            caller.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.request(CHECK));
            byte[] code = ByteBuffer.allocate(4).putInt(RESERVED_CODE).array();
            for (byte one : RawHttp2.encode(RawHttp2.RST_STREAM, 0, 1, code)) {
                caller.write(new byte[] {one});
            }

            assertServed(caller, 3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc-java", "helidon"})
    void shouldAnswerWhatIsNoGrpc(String engine) throws IOException {
        try (OpenDoorsFixture fixture = open(engine);
                RawHttp2 caller = RawHttp2.greeted(fixture.doors.grpcPort())) {
            byte[] get = RawHttp2.request("/");
            get[0] = METHOD_GET;
            caller.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, 1, get);

            Frame text = caller.readUntil(PATIENCE, frame -> frame.endsStream(1));
            assertThat(new String(text.payload(), StandardCharsets.UTF_8))
                    .contains("HTTP Method is not supported: GET");
            assertServed(caller, 3);
        }
    }

    private static OpenDoorsFixture open(String engine) {
        return OpenDoorsFixture.open(
                Map.of("server.grpc.engine", engine), (doors, monitoring) -> {});
    }

    private static void assertServed(RawHttp2 caller, int stream) throws IOException {
        caller.call(stream, CHECK, new byte[0]);
        Frame end = caller.readUntil(PATIENCE, frame -> frame.endsStream(stream));
        assertThat(end.type()).isEqualTo(RawHttp2.HEADERS);
    }
}
