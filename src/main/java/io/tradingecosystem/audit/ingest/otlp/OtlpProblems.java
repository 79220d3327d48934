package io.tradingecosystem.audit.ingest.otlp;

import com.google.rpc.Status;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.problem.Problem;

/**
 * Failures in the form of OTLP/HTTP: a {@code google.rpc.Status} in the encoding of the request, in
 * place of problem details, and the same HTTP status and {@code Retry-After}. What a failure means
 * is mapped in its own room; here is only the form.
 */
final class OtlpProblems {
    private OtlpProblems() {}

    /** Sets status and headers of a response; gives its body. */
    static Status status(Problem problem, ServerResponse response) {
        response.status(
                io.helidon.http.Status.create(problem.kind().httpStatus(), problem.kind().title()));
        problem.retryAfterSeconds()
                .ifPresent(after -> response.header(HeaderNames.RETRY_AFTER, after));
        StringBuilder message = new StringBuilder(problem.detail());
        problem.members()
                .forEach(
                        (name, value) ->
                                message.append("; ").append(name).append(" ").append(value));
        return Status.newBuilder()
                .setCode(problem.kind().grpcCode().value())
                .setMessage(message.toString())
                .build();
    }
}
