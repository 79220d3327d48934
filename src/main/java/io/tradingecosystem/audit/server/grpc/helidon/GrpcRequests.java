package io.tradingecosystem.audit.server.grpc.helidon;

import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.http2.Http2Headers;

/**
 * What tells a request of gRPC from others (gRPC over HTTP/2, Requests).
 *
 * <p>Fault: that of {@link OtherRequests}.
 */
final class GrpcRequests {
    private GrpcRequests() {}

    static boolean is(HttpPrologue prologue, Http2Headers headers) {
        return prologue.method().equals(Method.POST)
                && contentType(headers).startsWith("application/grpc");
    }

    /** The content type; empty if there is none. */
    static String contentType(Http2Headers headers) {
        return headers.httpHeaders().first(HeaderNames.CONTENT_TYPE).orElse("");
    }
}
