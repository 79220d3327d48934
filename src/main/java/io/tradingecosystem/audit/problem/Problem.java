package io.tradingecosystem.audit.problem;

import io.grpc.Status.Code;
import io.tradingecosystem.audit.common.PrintableText;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to a caller when a request fails: the same over HTTP (problem details, RFC 9457) and
 * gRPC (a status). Immutable.
 *
 * @param kind what sort of failure it is
 * @param detail one sentence for the caller: what was wrong, where, what to do
 * @param retryAfter when trying again may help
 * @param members more facts, written beside the standard members
 */
public record Problem(
        Kind kind, String detail, Optional<Duration> retryAfter, Map<String, Object> members) {

    /** Copies the members; what the detail quotes of the request is made printable. */
    public Problem {
        detail = PrintableText.line(detail);
        members = Map.copyOf(members);
    }

    /** A problem with nothing more to say than its detail. */
    public static Problem of(Kind kind, String detail) {
        return new Problem(kind, detail, Optional.empty(), Map.of());
    }

    /** The same problem, saying when trying again may help. */
    public Problem retryAfter(Duration delay) {
        return new Problem(kind, detail, Optional.of(delay), members);
    }

    /** The same problem, told as one of another kind. */
    public Problem as(Kind other) {
        return new Problem(other, detail, retryAfter, members);
    }

    /** The header {@code Retry-After}: whole seconds, rounded up, as it knows no smaller unit. */
    public Optional<String> retryAfterSeconds() {
        return retryAfter.map(
                delay ->
                        Long.toString(Math.max(1, delay.plusSeconds(1).minusNanos(1).toSeconds())));
    }

    /** The same problem with one more fact. */
    public Problem with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new Problem(kind, detail, retryAfter, more);
    }

    /** The sorts of failure, each with its HTTP status and gRPC code. */
    public enum Kind {
        /** The request itself is wrong; sending it again will not help. */
        INVALID(400, "Bad Request", Code.INVALID_ARGUMENT),
        /** It asks for a place behind the last there is. */
        OUT_OF_RANGE(400, "Bad Request", Code.OUT_OF_RANGE),
        /** The caller is not known. */
        UNAUTHENTICATED(401, "Unauthorized", Code.UNAUTHENTICATED),
        /** The caller may not do this. */
        FORBIDDEN(403, "Forbidden", Code.PERMISSION_DENIED),
        /** There is no such thing, or no such path. */
        NOT_FOUND(404, "Not Found", Code.NOT_FOUND),
        /** The path exists, the method does not. */
        METHOD_NOT_ALLOWED(405, "Method Not Allowed", Code.UNIMPLEMENTED),
        /** No representation that the caller accepts. */
        NOT_ACCEPTABLE(406, "Not Acceptable", Code.INVALID_ARGUMENT),
        /** The client was too slow to send its request. */
        REQUEST_TIMEOUT(408, "Request Timeout", Code.DEADLINE_EXCEEDED),
        /** It contradicts what is there already. */
        CONFLICT(409, "Conflict", Code.ALREADY_EXISTS),
        /** What it asks for was there, and was removed. */
        GONE(410, "Gone", Code.OUT_OF_RANGE),
        /** The request, or a part of it, is over a limit. */
        TOO_LARGE(413, "Content Too Large", Code.RESOURCE_EXHAUSTED),
        /** The path and the query are over a limit. */
        URI_TOO_LONG(414, "URI Too Long", Code.RESOURCE_EXHAUSTED),
        /** The body is of a type that is not understood here. */
        UNSUPPORTED_MEDIA_TYPE(415, "Unsupported Media Type", Code.INVALID_ARGUMENT),
        /** The client expects what is not done here. */
        EXPECTATION_FAILED(417, "Expectation Failed", Code.INVALID_ARGUMENT),
        /** Too much at once; the same request may be taken later. */
        BUSY(429, "Too Many Requests", Code.RESOURCE_EXHAUSTED),
        /** The fields of the head are over a limit. */
        FIELDS_TOO_LARGE(431, "Request Header Fields Too Large", Code.RESOURCE_EXHAUSTED),
        /** A fault of the service itself. */
        INTERNAL(500, "Internal Server Error", Code.INTERNAL),
        /** Not offered here. */
        UNIMPLEMENTED(501, "Not Implemented", Code.UNIMPLEMENTED),
        /** Something needed is away, or the service is going away. */
        UNAVAILABLE(503, "Service Unavailable", Code.UNAVAILABLE),
        /** The work did not end in time. */
        TIMEOUT(504, "Gateway Timeout", Code.DEADLINE_EXCEEDED),
        /** Another version of HTTP than the one spoken here. */
        VERSION(505, "HTTP Version Not Supported", Code.UNIMPLEMENTED);

        private final int httpStatus;
        private final String title;
        private final Code grpcCode;

        Kind(int httpStatus, String title, Code grpcCode) {
            this.httpStatus = httpStatus;
            this.title = title;
            this.grpcCode = grpcCode;
        }

        /** The HTTP status code. */
        public int httpStatus() {
            return httpStatus;
        }

        /** The short name of the HTTP status. */
        public String title() {
            return title;
        }

        /** The gRPC status code. */
        public Code grpcCode() {
            return grpcCode;
        }

        /** The kind with this HTTP status; its class of status where there is none. */
        public static Kind ofHttpStatus(int status) {
            for (Kind kind : values()) {
                if (kind.httpStatus == status) {
                    return kind;
                }
            }
            return status < 500 ? INVALID : INTERNAL;
        }
    }
}
