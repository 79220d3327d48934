package io.tradingecosystem.audit.server.grpc.helidon;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.http2.Http2FrameHeader;
import io.helidon.http.http2.Http2FrameTypes;
import io.helidon.http.http2.Http2RstStream;
import io.helidon.http.http2.Http2StreamState;
import io.helidon.http.http2.Http2WindowUpdate;
import io.helidon.webserver.http2.spi.Http2SubProtocolSelector;

/**
 * A stream that is answered at once, whatever else comes on it. The threads of the stream and of
 * the connection use it.
 *
 * <p>Fault: that of {@link OtherRequests} and of {@link UnknownMethods}.
 */
abstract class AnsweredStream implements Http2SubProtocolSelector.SubProtocolHandler {
    private volatile Http2StreamState state;

    AnsweredStream(Http2StreamState state) {
        this.state = state;
    }

    /** The last frame of the answer is written. */
    final void answered() {
        state =
                state == Http2StreamState.HALF_CLOSED_REMOTE
                        ? Http2StreamState.CLOSED
                        : Http2StreamState.HALF_CLOSED_LOCAL;
    }

    @Override
    public final Http2StreamState streamState() {
        return state;
    }

    @Override
    public final void rstStream(Http2RstStream reset) {}

    @Override
    public final void windowUpdate(Http2WindowUpdate update) {}

    @Override
    public final void data(Http2FrameHeader header, BufferData data) {
        if (header.flags(Http2FrameTypes.DATA).endOfStream()) {
            state = Http2StreamState.CLOSED;
        }
    }
}
