package io.tradingecosystem.audit.access;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.tradingecosystem.audit.access.log.Answer;
import io.tradingecosystem.audit.access.log.Disclosure;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problems;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A call that is recorded when it ends, whoever ends it: the method, a step of it that fails, or
 * the caller. Thread-safe.
 */
final class RecordedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final AccessRecords records;
    private final Problems problems;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Disclosure disclosure;

    RecordedCall(
            ServerCall<Q, A> call,
            Disclosure disclosure,
            AccessRecords records,
            Problems problems) {
        super(call);
        this.disclosure = disclosure;
        this.records = records;
        this.problems = problems;
    }

    /** Does a step of it. */
    void run(Runnable step) {
        try {
            Disclosure.run(disclosure, step);
        } catch (RuntimeException | Error e) {
            end(answer(e));
            throw e;
        }
    }

    @Override
    public void close(Status status, Metadata trailers) {
        Throwable cause = status.getCause();
        end(
                status.getCode() == Status.Code.UNKNOWN && cause != null
                        ? answer(cause)
                        : new Answer(status.getCode().name()));
        super.close(status, trailers);
    }

    /** The caller has left, or has its answer. */
    void left() {
        end(Answer.CANCELLED);
    }

    private void end(Answer answer) {
        if (ended.compareAndSet(false, true)) {
            records.end(disclosure, answer);
        }
    }

    private Answer answer(Throwable failure) {
        return new Answer(
                problems.find(failure)
                        .map(Problem::kind)
                        .orElse(Problem.Kind.INTERNAL)
                        .grpcCode()
                        .name());
    }
}
