package io.tradingecosystem.audit.peer;

import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tradingecosystem.audit.peer.ServiceUnavailableException.Reason;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * What the failure of an attempt means.
 *
 * @param outcome what it says about the instance
 * @param again whether another attempt may help
 * @param exception what the caller gets
 */
record Failure(Outcome outcome, boolean again, RuntimeException exception) {
    private static final Duration SOON = Duration.ofSeconds(1);

    /** How grpc-java begins the description of a status that no server sent. */
    private static final List<String> BROKEN =
            List.of(
                    "End of stream",
                    "io exception",
                    "error in frame handler",
                    "Keepalive failed",
                    "Channel shutdown");

    /**
     * Understands a failure.
     *
     * @param timeout what the attempt was given
     */
    static Failure of(Endpoint endpoint, Throwable failure, Duration timeout) {
        return switch (failure) {
            case StatusRuntimeException status -> ofStatus(endpoint, status, timeout);
            case HttpAnswerException answer -> ofAnswer(endpoint, answer);
            case UncheckedIOException broken
                    when broken.getCause() instanceof SocketTimeoutException ->
                    timedOut(endpoint, broken, timeout);
            case UncheckedIOException broken -> connectFailed(endpoint, broken);
            case CancellationException cancelled ->
                    new Failure(Outcome.UNDECIDED, false, cancelled);
            case RuntimeException other -> new Failure(Outcome.UNDECIDED, false, other);
            case Error error -> throw error;
            default -> throw new IllegalArgumentException(failure);
        };
    }

    boolean timedOut() {
        return exception instanceof ServiceUnavailableException unavailable
                && unavailable.reason() == Reason.TIMED_OUT;
    }

    private static Failure ofStatus(
            Endpoint endpoint, StatusRuntimeException failure, Duration timeout) {
        Status status = failure.getStatus();
        return switch (status.getCode()) {
            case UNAVAILABLE ->
                    broken(status)
                            ? connectFailed(endpoint, failure)
                            : refused(endpoint, failure, Outcome.FAILED, true);
            case DEADLINE_EXCEEDED -> timedOut(endpoint, failure, timeout);
            case CANCELLED ->
                    callerGaveUp()
                            ? gaveUp(failure)
                            : refused(endpoint, failure, Outcome.FAILED, true);
            case RESOURCE_EXHAUSTED ->
                    new Failure(
                            Outcome.FAILED,
                            true,
                            unavailable(endpoint, Reason.OVERLOADED, say(status), failure));
            case UNIMPLEMENTED ->
                    new Failure(Outcome.SUCCEEDED, false, new UnsupportedCallException(failure));
            case UNAUTHENTICATED, PERMISSION_DENIED ->
                    refused(endpoint, failure, Outcome.SUCCEEDED, false);
            case INTERNAL, UNKNOWN, DATA_LOSS ->
                    broken(status)
                            ? connectFailed(endpoint, failure)
                            : refused(endpoint, failure, Outcome.FAILED, false);
            case OK,
                    INVALID_ARGUMENT,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    FAILED_PRECONDITION,
                    ABORTED,
                    OUT_OF_RANGE ->
                    new Failure(Outcome.SUCCEEDED, false, failure);
        };
    }

    private static Failure ofAnswer(Endpoint endpoint, HttpAnswerException answer) {
        if (answer.notOffered()) {
            return new Failure(Outcome.SUCCEEDED, false, new UnsupportedCallException(answer));
        }
        if (answer.overloaded()) {
            return new Failure(
                    Outcome.FAILED,
                    true,
                    unavailable(endpoint, Reason.OVERLOADED, answer.detail(), answer));
        }
        Outcome outcome = answer.itsFault() ? Outcome.FAILED : Outcome.SUCCEEDED;
        return new Failure(
                outcome,
                answer.unavailable(),
                unavailable(endpoint, Reason.REFUSED, answer.detail(), answer));
    }

    private static Failure timedOut(Endpoint endpoint, Throwable failure, Duration timeout) {
        String detail = "no answer within " + timeout.toMillis() + " ms";
        return new Failure(
                Outcome.FAILED, true, unavailable(endpoint, Reason.TIMED_OUT, detail, failure));
    }

    private static Failure connectFailed(Endpoint endpoint, Throwable failure) {
        return new Failure(
                Outcome.FAILED,
                true,
                unavailable(endpoint, Reason.CONNECT_FAILED, deepest(failure), failure));
    }

    private static Failure refused(
            Endpoint endpoint, StatusRuntimeException failure, Outcome outcome, boolean again) {
        return new Failure(
                outcome,
                again,
                unavailable(endpoint, Reason.REFUSED, say(failure.getStatus()), failure));
    }

    private static Failure gaveUp(StatusRuntimeException failure) {
        CancellationException cancelled = new CancellationException(say(failure.getStatus()));
        cancelled.initCause(failure);
        return new Failure(Outcome.UNDECIDED, false, cancelled);
    }

    private static ServiceUnavailableException unavailable(
            Endpoint endpoint, Reason reason, String detail, Throwable cause) {
        return new ServiceUnavailableException(
                endpoint.instance().service(),
                Optional.of(endpoint.instance().id()),
                reason,
                detail,
                SOON,
                Optional.of(cause));
    }

    /** Whether it was grpc-java that said it, because there is no connection. */
    private static boolean broken(Status status) {
        String description = Optional.ofNullable(status.getDescription()).orElse("");
        return status.getCause() instanceof IOException
                || BROKEN.stream().anyMatch(description::startsWith);
    }

    private static boolean callerGaveUp() {
        return Thread.currentThread().isInterrupted() || Context.current().isCancelled();
    }

    private static String say(Status status) {
        return Optional.ofNullable(status.getDescription())
                .map(text -> status.getCode() + ": " + text)
                .orElse(status.getCode().name());
    }

    private static String deepest(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
    }
}
