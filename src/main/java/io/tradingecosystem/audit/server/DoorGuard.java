package io.tradingecosystem.audit.server;

import io.grpc.ServerInterceptor;
import io.helidon.webserver.http.Handler;

/**
 * Stands before every route and method, and decides whether they are served, when no more than the
 * head of the request was read. It is asked by many threads at once.
 */
public interface DoorGuard {

    /**
     * Puts itself before a route.
     *
     * @param method such as {@code GET}
     * @param path the pattern of the route, such as {@code /api/v1/events/{id}}
     * @param route throws a {@link io.tradingecosystem.audit.problem.ProblemException} where it is
     *     not served
     */
    Handler guarded(String method, String path, Handler route);

    /** Stands before every method of gRPC; it throws the same. */
    ServerInterceptor calls();

    /** Sees the messages of every method of gRPC, once they were read. */
    ServerInterceptor messages();
}
