package io.tradingecosystem.audit.server.grpc.helidon;

import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.http.http2.FlowControl;
import io.helidon.http.http2.Http2Flag;
import io.helidon.http.http2.Http2Headers;
import io.helidon.http.http2.Http2Settings;
import io.helidon.http.http2.Http2StreamState;
import io.helidon.http.http2.Http2StreamWriter;
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
        return GrpcRequests.is(prologue, headers) && !known.contains(method)
                ? new SubProtocolResult(true, new Answer(method, writer, streamId, state))
                : NOT_SUPPORTED;
    }

    private final class Answer extends AnsweredStream {
        private final String method;
        private final Http2StreamWriter writer;
        private final int streamId;

        Answer(String method, Http2StreamWriter writer, int streamId, Http2StreamState state) {
            super(state);
            this.method = method;
            this.writer = writer;
            this.streamId = streamId;
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
            answered();
            metrics.newServerStreamTracer(method, new Metadata()).streamClosed(status);
        }
    }
}
