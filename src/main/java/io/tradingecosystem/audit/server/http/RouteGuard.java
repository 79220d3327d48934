package io.tradingecosystem.audit.server.http;

import io.helidon.webserver.http.Handler;

/** Stands before routes, and decides whether they are served. */
@FunctionalInterface
public interface RouteGuard {
    /**
     * Puts itself before a route.
     *
     * @param method such as {@code GET}
     * @param path the pattern of the route, such as {@code /api/v1/events/{id}}
     */
    Handler guarded(String method, String path, Handler route);
}
