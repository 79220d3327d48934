package io.tradingecosystem.audit.access;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.tradingecosystem.audit.access.log.Answer;
import io.tradingecosystem.audit.access.log.Disclosure;
import io.tradingecosystem.audit.access.log.Question.What;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problems;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A call that is recorded when it ends, whoever ends it: the method, a step of it that fails, or
 * the caller. What it asks is known from its first message on. Thread-safe.
 */
final class RecordedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final Caller caller;
    private final String address;
    private final Optional<What> what;
    private final AccessRecords records;
    private final Problems problems;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Optional<Disclosure> disclosure = Optional.empty();

    RecordedCall(
            ServerCall<Q, A> call,
            Caller caller,
            String address,
            Optional<What> what,
            AccessRecords records,
            Problems problems) {
        super(call);
        this.caller = caller;
        this.address = address;
        this.what = what;
        this.records = records;
        this.problems = problems;
    }

    /** What it asks has come. */
    void asked(Q message) {
        disclosure = Optional.of(begin(records.keys().of(message)));
    }

    /** Does a step of it. */
    void run(Runnable step) {
        try {
            Disclosure.run(disclosure.orElse(Disclosure.NONE), step);
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
            records.end(disclosure.orElseGet(() -> begin(Map.of())), answer);
        }
    }

    private Disclosure begin(Map<String, String> asked) {
        String route = getMethodDescriptor().getFullMethodName();
        return records.begin(what, caller, address, route, () -> asked);
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
