package io.tradingecosystem.audit.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.http2.Http2ErrorCode;
import io.tradingecosystem.audit.testing.ManualTicker;
import io.tradingecosystem.audit.testing.RawHttp2;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

/** What a caller may send on the streams of a connection, and when it has none. */
class StreamStatesTest {
    private static final int MAX_STREAMS = 10;
    private static final int MAX_UNHEARD = MAX_STREAMS + 1_000;

    private final ManualTicker ticker = new ManualTicker();
    private final StreamStates streams = new StreamStates(MAX_STREAMS, ticker);

    @ParameterizedTest
    @ValueSource(ints = {FrameHeaders.DATA, FrameHeaders.RST_STREAM, FrameHeaders.WINDOW_UPDATE})
    void shouldRefuseFramesOfAStreamThatWasNeverOpened(int type) {
        open(1);

        assertThat(streams.received(type, 0, 3, 0)).contains(Http2ErrorCode.PROTOCOL);
        assertThat(streams.received(type, 0, 2, 0)).contains(Http2ErrorCode.PROTOCOL);
        assertThat(streams.received(type, 0, 1, 0)).isEmpty();
    }

    @Test
    void shouldRefuseMoreOfAStreamThatTheCallerHasEnded() {
        open(1);
        streams.received(FrameHeaders.DATA, FrameHeaders.END_STREAM, 1, 0);

        assertThat(streams.received(FrameHeaders.DATA, 0, 1, 0))
                .contains(Http2ErrorCode.STREAM_CLOSED);
        assertThat(streams.received(FrameHeaders.HEADERS, FrameHeaders.END_HEADERS, 1, 0))
                .contains(Http2ErrorCode.STREAM_CLOSED);
        assertThat(streams.received(FrameHeaders.WINDOW_UPDATE, 0, 1, 9)).isEmpty();
        assertThat(streams.received(FrameHeaders.RST_STREAM, 0, 1, 0)).isEmpty();
    }

    @Test
    void shouldTakeMoreOfAStreamWhoseResetTheCallerHasNotHeardOf() {
        open(1);
        streams.sent(FrameHeaders.RST_STREAM, 0, 1, 4);
        for (int reset = 1; reset < MAX_UNHEARD; reset++) {
            openAndReset(2 * reset + 1);
        }

        assertThat(streams.received(FrameHeaders.DATA, 0, 1, 0)).isEmpty();
        openAndReset(2 * MAX_UNHEARD + 1);
        assertThat(streams.received(FrameHeaders.DATA, 0, 1, 0))
                .contains(Http2ErrorCode.STREAM_CLOSED);
    }

    /** As Netty's client does, whose calls ended at their deadline. */
    @Test
    void shouldTakeDataThatComesAfterTheCallersOwnReset() {
        open(1);
        streams.received(FrameHeaders.RST_STREAM, 0, 1, 0);

        assertThat(streams.received(FrameHeaders.DATA, FrameHeaders.END_STREAM, 1, 0)).isEmpty();
    }

    @Test
    void shouldWantTheRestOfAHeadAndNothingElseUntilItsEnd() {
        streams.received(FrameHeaders.HEADERS, 0, 1, 0);

        assertThat(streams.received(FrameHeaders.SETTINGS, 0, 0, 0))
                .contains(Http2ErrorCode.PROTOCOL);
        assertThat(streams.received(FrameHeaders.CONTINUATION, 0, 3, 0))
                .contains(Http2ErrorCode.PROTOCOL);
        assertThat(streams.received(FrameHeaders.CONTINUATION, FrameHeaders.END_HEADERS, 1, 0))
                .isEmpty();
        assertThat(streams.received(FrameHeaders.CONTINUATION, 0, 1, 0))
                .contains(Http2ErrorCode.PROTOCOL);
    }

    @Test
    void shouldRefuseAStreamThatDependsOnItself() {
        assertThat(streams.received(FrameHeaders.PRIORITY, 0, 5, 5))
                .contains(Http2ErrorCode.PROTOCOL);
        assertThat(streams.received(FrameHeaders.PRIORITY, 0, 5, 3)).isEmpty();
        assertThat(streams.received(FrameHeaders.HEADERS, FrameHeaders.END_HEADERS, 5, 5))
                .contains(Http2ErrorCode.PROTOCOL);
    }

    @Test
    void shouldBoundTheWindowOfTheConnectionByWhatWasSent() {
        int most = Integer.MAX_VALUE - RawHttp2.INITIAL_WINDOW;
        assertThat(streams.received(FrameHeaders.WINDOW_UPDATE, 0, 0, most)).isEmpty();
        streams.sent(FrameHeaders.DATA, 0, 1, 7);

        assertThat(streams.received(FrameHeaders.WINDOW_UPDATE, 0, 0, 7)).isEmpty();
        assertThat(streams.received(FrameHeaders.WINDOW_UPDATE, 0, 0, 1))
                .contains(Http2ErrorCode.FLOW_CONTROL);
    }

    @Test
    void shouldBoundTheStreamsThatNobodyEnds() {
        for (int stream = 1; stream < 2 * (2 * MAX_STREAMS + 1_000); stream += 2) {
            open(stream);
        }

        assertThat(streams.received(FrameHeaders.HEADERS, FrameHeaders.END_HEADERS, 100_001, 0))
                .contains(Http2ErrorCode.ENHANCE_YOUR_CALM);
    }

    @Test
    void shouldBeIdleSinceTheLastStreamEndedBothWays() {
        open(1);
        streams.received(FrameHeaders.DATA, FrameHeaders.END_STREAM, 1, 0);
        ticker.advance(Duration.ofSeconds(1));

        assertThat(streams.idleSince()).isEmpty();
        assertThat(streams.leave()).isFalse();
        streams.sent(FrameHeaders.HEADERS, FrameHeaders.END_STREAM, 1, 0);
        assertThat(streams.idleSince()).hasValue(ticker.getAsLong());
    }

    @Test
    void shouldTakeNothingOnceItHasLeft() {
        assertThat(streams.leave()).isTrue();

        assertThat(streams.leave()).isFalse();
        assertThat(streams.hasLeft()).isTrue();
        assertThat(streams.received(FrameHeaders.HEADERS, 0, 1, 0))
                .contains(Http2ErrorCode.NO_ERROR);
        assertThat(streams.last()).isZero();
    }

    private void openAndReset(int stream) {
        open(stream);
        streams.sent(FrameHeaders.RST_STREAM, 0, stream, 4);
    }

    private void open(int stream) {
        assertThat(streams.received(FrameHeaders.HEADERS, FrameHeaders.END_HEADERS, stream, 0))
                .isEmpty();
    }
}
