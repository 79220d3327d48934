package io.tradingecosystem.audit.server.http.connect;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problems;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What failed methods are answered with. Thread-safe. */
final class ConnectFailures {
    private static final EventLogger LOG = EventLogger.of(ConnectFailures.class);

    private final Problems problems;

    ConnectFailures(Problems problems) {
        this.problems = problems;
    }

    /** What a method ended with, or what it gave as the cause of that. */
    ConnectError error(MethodDescriptor<?, ?> method, ConnectCall.Ending ending) {
        Throwable cause = ending.status().getCause();
        if (ending.status().getCode() != Status.Code.UNKNOWN || cause == null) {
            return ConnectError.of(ending.status(), ending.trailers());
        }
        Optional<Problem> problem = problems.find(cause);
        return problem.map(ConnectError::of).orElseGet(() -> logged(method, cause));
    }

    private static ConnectError logged(MethodDescriptor<?, ?> method, Throwable failure) {
        String id = UUID.randomUUID().toString();
        LOG.error(
                "connect.call.failed",
                failure,
                "error_id",
                id,
                "method",
                method.getFullMethodName());
        return ConnectError.of(
                Status.Code.INTERNAL, "An error of ours; the log tells more under this id: " + id);
    }

    /** Answers a method with one answer. */
    static void send(ServerResponse response, ConnectError error) {
        send(response, error, ConnectCode.httpStatus(error.code()));
    }

    /** The same with an HTTP status of its own. */
    static void send(ServerResponse response, ConnectError error, int httpStatus) {
        response.status(io.helidon.http.Status.create(httpStatus))
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .send(error.json());
    }

    /** The last frame of a stream that failed. */
    static byte[] end(ConnectError error, Metadata trailers) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("error", error.document());
        return end(document, trailers);
    }

    /** The last frame of a stream that went well. */
    static byte[] end(Metadata trailers) {
        return end(new LinkedHashMap<>(), trailers);
    }

    private static byte[] end(Map<String, Object> document, Metadata trailers) {
        Map<String, List<String>> metadata = ConnectHeaders.texts(trailers);
        if (!metadata.isEmpty()) {
            document.put("metadata", metadata);
        }
        return Json.text(document).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
