package io.tradingecosystem.audit.ingest.otlp;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tradingecosystem.audit.ingest.Door;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.problem.Problems;
import io.tradingecosystem.audit.server.http.ProblemForm;
import io.tradingecosystem.audit.server.http.RequestBodies;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Function;

/**
 * OTLP/HTTP, in protobuf and JSON. Failures are {@code google.rpc.Status} messages in the encoding
 * of the request, as the OTLP specification wants them, with the statuses that its clients know to
 * try again: 503, with {@code Retry-After}.
 */
final class OtlpRoutes implements HttpService, ProblemForm {
    private final Exports exports;
    private final Unused unused;
    private final Problems problems;
    private final long maxBodySize;

    /** Routes for exports of at most so many bytes, decompressed. */
    OtlpRoutes(Exports exports, Unused unused, Problems problems, long maxBodySize) {
        this.exports = requireNonNull(exports, "exports is null");
        this.unused = requireNonNull(unused, "unused is null");
        this.problems = requireNonNull(problems, "problems is null");
        this.maxBodySize = maxBodySize;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/traces", this::traces)
                .post("/logs", this::logs)
                .post("/metrics", this::metrics);
    }

    private void traces(ServerRequest request, ServerResponse response) {
        handle(
                request,
                response,
                ExportTraceServiceRequest.newBuilder(),
                export -> exports.traces(Door.OTLP_HTTP, export.build()));
    }

    private void logs(ServerRequest request, ServerResponse response) {
        handle(
                request,
                response,
                ExportLogsServiceRequest.newBuilder(),
                export -> exports.logs(Door.OTLP_HTTP, export.build()));
    }

    private void metrics(ServerRequest request, ServerResponse response) {
        handle(
                request,
                response,
                ExportMetricsServiceRequest.newBuilder(),
                export -> exports.metrics(Door.OTLP_HTTP, export.build()));
    }

    private <B extends Message.Builder> void handle(
            ServerRequest request, ServerResponse response, B export, Function<B, Message> taker) {
        String type = mediaType(request);
        Optional<OtlpEncoding> known = OtlpEncoding.of(type);
        OtlpEncoding encoding = known.orElse(OtlpEncoding.JSON);
        boolean read = false;
        Message answer;
        try {
            if (known.isEmpty()) {
                throw new ProblemException(notExported(type));
            }
            long unknown = read(request, encoding, export);
            read = true;
            boolean foreign = unknown > 0 && export.getAllFields().isEmpty();
            answer = foreign ? nothingKept(export, taker) : taker.apply(export);
        } catch (RuntimeException e) {
            // OTLP has a form of its own for failures, so that this door answers them itself.
            Problem problem = problems.find(e).orElseThrow(() -> e);
            if (!read) {
                // What is unread would be read to its end otherwise, to reuse the connection.
                response.header(HeaderValues.CONNECTION_CLOSE);
            }
            answer = OtlpProblems.status(problem, response);
        }
        send(response, encoding, answer);
    }

    private static String mediaType(ServerRequest request) {
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        return type.split(";", 2)[0].strip();
    }

    /** A failure that the routes do not see: another method, a path that is none, the end. */
    @Override
    public void send(ServerRequest request, ServerResponse response, Problem problem) {
        OtlpEncoding encoding = OtlpEncoding.of(mediaType(request)).orElse(OtlpEncoding.JSON);
        send(response, encoding, OtlpProblems.status(problem, response));
    }

    private static Problem notExported(String type) {
        return Problem.of(
                Kind.UNSUPPORTED_MEDIA_TYPE,
                "The Content-Type of an export is application/x-protobuf or application/json, not"
                        + " \""
                        + type
                        + "\".");
    }

    /** Unknown fields are left out, as OTLP wants; of a body of theirs alone the sender is told. */
    private static <B extends Message.Builder> Message nothingKept(
            B export, Function<B, Message> taker) {
        Message.Builder answer = taker.apply(export).toBuilder();
        FieldDescriptor part = answer.getDescriptorForType().findFieldByName("partial_success");
        Message.Builder partial = answer.newBuilderForField(part);
        partial.setField(
                partial.getDescriptorForType().findFieldByName("error_message"),
                "The body has no field of an OTLP export, so that nothing was kept. This door"
                        + " takes OTLP, not the formats of Jaeger or Zipkin.");
        return answer.setField(part, partial.build()).build();
    }

    /** How many fields of it are unknown and were left out. */
    private long read(ServerRequest request, OtlpEncoding encoding, Message.Builder export) {
        try (InputStream body = RequestBodies.stream(request, maxBodySize)) {
            long unknown = encoding.read(body, export);
            unused.add(Unused.Kind.UNKNOWN_FIELDS, Door.OTLP_HTTP, unknown);
            return unknown;
        } catch (IOException e) {
            throw OtlpProblems.unreadable(e);
        }
    }

    private static void send(ServerResponse response, OtlpEncoding encoding, Message message) {
        response.header(HeaderNames.CONTENT_TYPE, encoding.mediaType());
        response.send(encoding.write(message));
    }
}
