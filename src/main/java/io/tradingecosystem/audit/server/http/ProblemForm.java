package io.tradingecosystem.audit.server.http;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.problem.Problem;

/**
 * The form of failures under a path whose clients know another than problem details. Routes that
 * implement it get theirs told in it, whoever finds them.
 */
@FunctionalInterface
public interface ProblemForm {
    /** Sends an answer; the response has the headers already that every form has. */
    void send(ServerRequest request, ServerResponse response, Problem problem);
}
