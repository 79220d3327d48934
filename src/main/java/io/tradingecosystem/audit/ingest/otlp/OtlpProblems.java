package io.tradingecosystem.audit.ingest.otlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.server.http.RequestBodies;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Failures in the form of OTLP/HTTP: a {@code google.rpc.Status} in the encoding of the request, in
 * place of problem details, and {@code Retry-After}. What a failure of the log means is mapped in
 * its own room; here is the form, and what a body can be blamed for.
 */
final class OtlpProblems {
    private OtlpProblems() {}

    /** A body cannot be read, or is not what is expected of it. */
    static RuntimeException unreadable(IOException failure) {
        return switch (failure) {
            case InvalidProtocolBufferException e when e.getCause() instanceof IOException broken ->
                    new UncheckedIOException(broken);
            case InvalidProtocolBufferException e ->
                    new ProblemException(
                            Problem.of(
                                    Kind.INVALID,
                                    "The body is not the protobuf expected here: "
                                            + e.getMessage()));
            case JsonProcessingException e -> new ProblemException(RequestBodies.notJson(e));
            default -> new UncheckedIOException(failure);
        };
    }

    /**
     * Sets status and headers of a response; gives its body. Who is busy says 503: exporters that
     * try again after 429 are few, and the others drop what they have.
     */
    static Status status(Problem reported, ServerResponse response) {
        Problem problem = reported.kind() == Kind.BUSY ? reported.as(Kind.UNAVAILABLE) : reported;
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
