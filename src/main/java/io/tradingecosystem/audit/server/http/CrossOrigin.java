package io.tradingecosystem.audit.server.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

import java.util.List;
import java.util.Optional;

/**
 * Which pages may read what their browsers are answered (the CORS protocol of the Fetch standard):
 * those of the configured origins everything, and any page what the older service told all pages.
 * No answer may be read with a page's credentials. Thread-safe.
 */
final class CrossOrigin {
    private static final HeaderName REQUEST_METHOD = HeaderNames.ACCESS_CONTROL_REQUEST_METHOD;
    private static final Header VARY = HeaderValues.create("Vary", "Origin");
    private static final Header METHODS =
            HeaderValues.create(
                    "Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE, OPTIONS");
    private static final Header FIELDS =
            HeaderValues.create(
                    "Access-Control-Allow-Headers",
                    "Authorization, Content-Type, Last-Event-ID, traceparent,"
                            + " Content-Encoding, Connect-Protocol-Version, Connect-Timeout-Ms,"
                            + " Connect-Content-Encoding, Connect-Accept-Encoding, X-Client,"
                            + " X-Client-Version");
    private static final Header EXPOSED =
            HeaderValues.create(
                    "Access-Control-Expose-Headers",
                    "Connect-Protocol-Version, Retry-After, audit-incomplete, audit-progress");
    private static final Header MAX_AGE = HeaderValues.create("Access-Control-Max-Age", "7200");

    /** Paths of the older service, and of the topology, which other origins' pages read. */
    private static final List<String> SHARED = List.of("/api/v1/audit/", "/audit.v1.");

    private final List<String> origins;

    /**
     * @param origins whose pages may call; {@code *} for all
     */
    CrossOrigin(List<String> origins) {
        this.origins = origins;
    }

    /**
     * Says in the answer which pages may read it.
     *
     * @return whether the request only asked for that, and is answered
     */
    boolean answer(RoutingRequest request, RoutingResponse response) {
        Optional<String> origin = request.headers().first(HeaderNames.ORIGIN);
        if (origin.isEmpty()) {
            return false;
        }
        boolean preflight =
                request.prologue().method().equals(Method.OPTIONS)
                        && request.headers().contains(REQUEST_METHOD);
        Optional<String> allowed = allowed(origin.get(), method(request, preflight), request);
        response.header(VARY);
        allowed.ifPresent(
                who -> {
                    response.header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, who);
                    response.header(EXPOSED);
                });
        if (allowed.isEmpty() || !preflight) {
            return false;
        }
        response.header(METHODS).header(FIELDS).header(MAX_AGE);
        response.status(Status.NO_CONTENT_204).send();
        return true;
    }

    private static String method(RoutingRequest request, boolean preflight) {
        return preflight
                ? request.headers().get(REQUEST_METHOD).get()
                : request.prologue().method().text();
    }

    private Optional<String> allowed(String origin, String method, RoutingRequest request) {
        if (origins.contains(origin)) {
            return Optional.of(origin);
        }
        return origins.contains("*") || isShared(request.path().path(), method)
                ? Optional.of("*")
                : Optional.empty();
    }

    private static boolean isShared(String path, String method) {
        boolean read = method.equals("GET") || method.equals("HEAD");
        return SHARED.stream().anyMatch(path::startsWith)
                && (read || path.startsWith(SHARED.getLast()));
    }
}
