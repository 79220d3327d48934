package io.tradingecosystem.audit.server.http.connect;

import com.google.protobuf.Any;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.server.grpc.GrpcProblems;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A failure as Connect writes it: {@code {"code": "not_found", "message": "…", "details": [{"type":
 * "google.rpc.ErrorInfo", "value": "base64"}]}}. Immutable.
 *
 * @param code never OK
 * @param message for people; empty if there is nothing to say
 * @param details what else is said, as messages
 */
record ConnectError(Status.Code code, String message, List<Any> details) {
    private static final int MAX_DETAILS = 32;

    ConnectError {
        details = List.copyOf(details);
    }

    static ConnectError of(Status.Code code, String message) {
        return new ConnectError(code, message, List.of());
    }

    /** The same that gRPC tells of a problem. */
    static ConnectError of(Problem problem) {
        var status = GrpcProblems.status(problem);
        return of(
                status.getStatus(),
                Objects.requireNonNullElseGet(status.getTrailers(), Metadata::new));
    }

    /** A status with which a method of gRPC ends. */
    static ConnectError of(Status status, Metadata trailers) {
        com.google.rpc.Status rich = StatusProto.fromStatusAndTrailers(status, trailers);
        return new ConnectError(
                status.getCode(),
                Objects.requireNonNullElse(status.getDescription(), ""),
                rich.getDetailsList().stream().limit(MAX_DETAILS).toList());
    }

    /** The members of the object. */
    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("code", ConnectCode.name(code));
        if (!message.isEmpty()) {
            document.put("message", message);
        }
        if (!details.isEmpty()) {
            document.put("details", documents());
        }
        return document;
    }

    private List<Map<String, String>> documents() {
        List<Map<String, String>> documents = new ArrayList<>();
        for (Any detail : details) {
            String url = detail.getTypeUrl();
            Map<String, String> document = new LinkedHashMap<>();
            document.put("type", url.substring(url.lastIndexOf('/') + 1));
            document.put(
                    "value",
                    Base64.getEncoder()
                            .withoutPadding()
                            .encodeToString(detail.getValue().toByteArray()));
            documents.add(document);
        }
        return documents;
    }

    /** The whole object. */
    byte[] json() {
        return Json.line(document());
    }
}
