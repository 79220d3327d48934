package io.tradingecosystem.audit.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.server.OpenDoorsFixture;
import io.tradingecosystem.audit.testing.RawHttp2;
import io.tradingecosystem.audit.testing.RawHttp2.Frame;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Frames without an end, at both engines: their connection ends, and others are served. */
@Timeout(120)
class FrameFloodTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CHECK = "/grpc.health.v1.Health/Check";
    private static final int CONTINUATION = 9;
    private static final int BATCHES = 2_000;

    /** More than what a connection may credit for nothing, and earns while they last. */
    private static final int CALLS = 20_000;

    private static final int AT_ONCE = 50;

    private OpenDoorsFixture fixture;

    @BeforeEach
    void open() {
        fixture =
                OpenDoorsFixture.open(
                        Map.of("server.grpc.handshake-timeout", "1s"), (doors, monitoring) -> {});
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void shouldEndAHeadWithoutAnEnd() throws IOException {
        try (RawHttp2 caller = greeted()) {
            caller.frame(RawHttp2.HEADERS, 0, 1, RawHttp2.request(CHECK));
            assertFloodEnds(caller, RawHttp2.encode(CONTINUATION, 0, 1, field(100)));
        }
        assertServedOn();
    }

    @Test
    void shouldEndEmptyDataWithoutAnEnd() throws IOException {
        try (RawHttp2 caller = greeted()) {
            caller.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.request(CHECK));
            assertFloodEnds(caller, RawHttp2.encode(RawHttp2.DATA, 0, 1, new byte[0]));
        }
        assertServedOn();
    }

    @ParameterizedTest
    @CsvSource({"2, 3, 5", "4, 0, 0", "8, 0, 4", "200, 0, 3"})
    void shouldEndFramesWithoutEffect(int type, int stream, int size) throws IOException {
        byte[] payload = new byte[size];
        if (size > 3) {
            payload[3] = 1;
        }
        try (RawHttp2 caller = greeted()) {
            assertFloodEnds(caller, RawHttp2.encode(type, 0, stream, payload));
        }
        assertServedOn();
    }

    @Test
    void shouldEndAHeadThatDoesNotComeToItsEnd() throws IOException {
        try (RawHttp2 caller = greeted()) {
            caller.frame(RawHttp2.HEADERS, 0, 1, RawHttp2.request(CHECK));

            assertThat(caller.isClosedWithin(PATIENCE)).isTrue();
        }
    }

    /** Many calls, each read and credited, are no flood. */
    @Test
    void shouldServeACallerThatCallsAndCredits() throws IOException {
        try (RawHttp2 caller = greeted()) {
            for (int call = 0; call < CALLS; call += AT_ONCE) {
                for (int i = call; i < call + AT_ONCE; i++) {
                    caller.call(2 * i + 1, CHECK, new byte[0]);
                    caller.frame(RawHttp2.WINDOW_UPDATE, 0, 0, new byte[] {0, 0, 0, 7});
                }
                for (int i = 0; i < AT_ONCE; i++) {
                    Frame end =
                            caller.readUntil(PATIENCE, frame -> frame.endsStream(frame.stream()));
                    assertThat(end.type()).isEqualTo(RawHttp2.HEADERS);
                }
            }
        }
    }

    private RawHttp2 greeted() throws IOException {
        return RawHttp2.greeted(fixture.doors.grpcPort());
    }

    private static byte[] field(int count) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            block.writeBytes(new byte[] {0, 1, 'a', 1, 'b'});
        }
        return block.toByteArray();
    }

    /** It is told to calm down, or finds itself cut off, before all was sent. */
    private static void assertFloodEnds(RawHttp2 caller, byte[] frame) throws IOException {
        ByteArrayOutputStream batch = new ByteArrayOutputStream();
        for (int i = 0; i < 200; i++) {
            batch.writeBytes(frame);
        }
        int sent = 0;
        try {
            while (sent < BATCHES) {
                caller.write(batch.toByteArray());
                sent++;
            }
        } catch (IOException e) {
            assertThat(sent).isLessThan(BATCHES);
        }
        try {
            Frame last = caller.readUntil(PATIENCE, each -> each.is(RawHttp2.GOAWAY));
            assertThat(last.error()).isEqualTo(RawHttp2.ENHANCE_YOUR_CALM);
        } catch (EOFException | java.net.SocketException e) {
            // What is closed with something unread may lose its last word on the way.
            assertThat(sent).isLessThan(BATCHES);
        }
    }

    private void assertServedOn() throws IOException {
        try (RawHttp2 other = greeted()) {
            other.call(1, CHECK, new byte[0]);
            Frame end = other.readUntil(PATIENCE, frame -> frame.endsStream(1));
            assertThat(end.type()).isEqualTo(RawHttp2.HEADERS);
        }
    }
}
