package io.tradingecosystem.audit.server.grpc.helidon;

import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.WritableHeaders;
import io.helidon.http.http2.FlowControl;
import io.helidon.http.http2.Http2Flag;
import io.helidon.http.http2.Http2FrameHeader;
import io.helidon.http.http2.Http2FrameTypes;
import io.helidon.http.http2.Http2Headers;
import io.helidon.http.http2.Http2RstStream;
import io.helidon.http.http2.Http2Settings;
import io.helidon.http.http2.Http2StreamState;
import io.helidon.http.http2.Http2StreamWriter;
import io.helidon.http.http2.Http2WindowUpdate;
import io.helidon.http.http2.StreamFlowControl;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.http2.spi.Http2SubProtocolSelector;
import io.helidon.webserver.http2.spi.SubProtocolResult;

import java.util.Set;

/**
 * Answers calls of methods that do not exist with {@code UNIMPLEMENTED}.
 *
 * <p>Fault: Helidon 4.5.0, {@code GrpcProtocolSelector.subProtocol}, answers with status 404 and
 * {@code NOT_FOUND}, which a client may take for the word of a service. Shown by: {@code
 * HelidonGrpcFaultsTest.shouldAnswerAnUnknownMethodAsAnUnknownPath}. Held by: {@code
 * GrpcCallSuite.shouldNotKnowAnUnknownMethod}. Look again: Helidon 4.6.
 */
final class UnknownMethods implements Http2SubProtocolSelector {
    private final Set<String> known;
    private final ServerStreamTracer.Factory metrics;

    UnknownMethods(Set<String> known, ServerStreamTracer.Factory metrics) {
        this.known = Set.copyOf(known);
        this.metrics = metrics;
    }

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
        String path = prologue.uriPath().path();
        String method = path.startsWith("/") ? path.substring(1) : path;
        boolean grpc =
                prologue.method().equals(Method.POST)
                        && headers.httpHeaders()
                                .first(HeaderNames.CONTENT_TYPE)
                                .orElse("")
                                .startsWith("application/grpc");
        return grpc && !known.contains(method)
                ? new SubProtocolResult(true, new Answer(method, writer, streamId, state))
                : NOT_SUPPORTED;
    }

    private final class Answer implements SubProtocolHandler {
        private final String method;
        private final Http2StreamWriter writer;
        private final int streamId;
        private Http2StreamState state;

        Answer(String method, Http2StreamWriter writer, int streamId, Http2StreamState state) {
            this.method = method;
            this.writer = writer;
            this.streamId = streamId;
            this.state = state;
        }

        @Override
        public void init() {
            Status status =
                    StatusText.encoded(
                            Status.UNIMPLEMENTED.withDescription("Method not found: " + method));
            WritableHeaders<?> fields = WritableHeaders.create();
            fields.set(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/grpc"));
            fields.set(
                    HeaderValues.create(
                            HeaderNames.create("grpc-status"), status.getCode().value()));
            fields.set(
                    HeaderValues.create(
                            HeaderNames.create("grpc-message"), status.getDescription()));
            Http2Headers headers = Http2Headers.create(fields);
            headers.status(io.helidon.http.Status.OK_200);
            int last = Http2Flag.END_OF_HEADERS | Http2Flag.END_OF_STREAM;
            writer.writeHeaders(
                    headers,
                    streamId,
                    Http2Flag.HeaderFlags.create(last),
                    FlowControl.Outbound.NOOP);
            state =
                    state == Http2StreamState.HALF_CLOSED_REMOTE
                            ? Http2StreamState.CLOSED
                            : Http2StreamState.HALF_CLOSED_LOCAL;
            metrics.newServerStreamTracer(method, new Metadata()).streamClosed(status);
        }

        @Override
        public Http2StreamState streamState() {
            return state;
        }

        @Override
        public void rstStream(Http2RstStream reset) {}

        @Override
        public void windowUpdate(Http2WindowUpdate update) {}

        @Override
        public void data(Http2FrameHeader header, BufferData data) {
            if (header.flags(Http2FrameTypes.DATA).endOfStream()) {
                state = Http2StreamState.CLOSED;
            }
        }
    }
}
