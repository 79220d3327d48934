package io.tradingecosystem.audit.server.grpc.helidon;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import io.helidon.http.http2.FlowControl;
import io.helidon.http.http2.Http2Flag;
import io.helidon.http.http2.Http2FrameData;
import io.helidon.http.http2.Http2FrameHeader;
import io.helidon.http.http2.Http2FrameTypes;
import io.helidon.http.http2.Http2Headers;
import io.helidon.http.http2.Http2Settings;
import io.helidon.http.http2.Http2StreamState;
import io.helidon.http.http2.Http2StreamWriter;
import io.helidon.http.http2.StreamFlowControl;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.http2.spi.Http2SubProtocolSelector;
import io.helidon.webserver.http2.spi.SubProtocolResult;

import java.nio.charset.StandardCharsets;

/**
 * Answers what is no request of gRPC, as grpc-java does: with 405 or 415 and a line that says why.
 *
 * <p>Fault: Helidon 4.5.0, {@code Http2ServerStream.handle}, resets the stream of such a request
 * without a word where a listener has no routes of HTTP. Held by: {@code
 * FrameRulesTest.shouldAnswerWhatIsNoGrpc}. Look again: Helidon 4.6.
 */
final class OtherRequests implements Http2SubProtocolSelector {
    @Override
    public SubProtocolResult subProtocol(
            ConnectionContext context,
            HttpPrologue prologue,
            Http2Headers headers,
            Http2StreamWriter writer,
            int streamId,
            Http2Settings serverSettings,
            Http2Settings clientSettings,
            StreamFlowControl flowControl,
            Http2StreamState state,
            Router router) {
        return GrpcRequests.is(prologue, headers)
                ? NOT_SUPPORTED
                : new SubProtocolResult(
                        true,
                        new Refusal(
                                refusal(prologue, headers),
                                writer,
                                streamId,
                                flowControl.outbound(),
                                state));
    }

    private static Text refusal(HttpPrologue prologue, Http2Headers headers) {
        String method = prologue.method().text();
        return prologue.method().equals(Method.POST)
                ? new Text(
                        Status.UNSUPPORTED_MEDIA_TYPE_415,
                        "Content-Type is not supported: %s"
                                .formatted(GrpcRequests.contentType(headers)))
                : new Text(
                        Status.METHOD_NOT_ALLOWED_405,
                        "HTTP Method is not supported: %s".formatted(method));
    }

    private record Text(Status status, String line) {
        Http2Headers head() {
            WritableHeaders<?> fields = WritableHeaders.create();
            fields.set(HeaderValues.create(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8"));
            return Http2Headers.create(fields).status(status);
        }

        Http2FrameData body(int streamId) {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            return new Http2FrameData(
                    Http2FrameHeader.create(
                            bytes.length,
                            Http2FrameTypes.DATA,
                            Http2Flag.DataFlags.create(Http2Flag.END_OF_STREAM),
                            streamId),
                    BufferData.create(bytes));
        }
    }

    private static final class Refusal extends AnsweredStream {
        private final Text text;
        private final Http2StreamWriter writer;
        private final int streamId;
        private final FlowControl.Outbound window;

        Refusal(
                Text text,
                Http2StreamWriter writer,
                int streamId,
                FlowControl.Outbound window,
                Http2StreamState state) {
            super(state);
            this.text = text;
            this.writer = writer;
            this.streamId = streamId;
            this.window = window;
        }

        @Override
        public void init() {
            writer.writeHeaders(
                    text.head(),
                    streamId,
                    Http2Flag.HeaderFlags.create(Http2Flag.END_OF_HEADERS),
                    text.body(streamId),
                    window);
            answered();
        }
    }
}
