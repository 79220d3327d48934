package io.tradingecosystem.audit.server.grpc;

import static java.util.Objects.requireNonNull;

import io.grpc.stub.ServerCallStreamObserver;
import io.tradingecosystem.audit.common.Signal;
import io.tradingecosystem.audit.problem.Problems;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * The answers of a streaming call, sent no faster than its caller reads them: an answer that is not
 * read waits in its source, not in memory. Made on the thread of the call, used by one thread that
 * is not the call's, because that one must stay free to hear that the caller is ready. A {@code
 * StreamObserver} of grpc-java takes any number of answers at once and keeps them.
 */
public final class PacedCall<T> {
    private static final Duration PULSE = Duration.ofSeconds(1);

    private final ServerCallStreamObserver<T> call;
    private final BooleanSupplier ended;
    private final Signal changed = new Signal();

    /**
     * Takes a call over.
     *
     * @param ended whether the service ends such calls now
     */
    public PacedCall(ServerCallStreamObserver<T> call, BooleanSupplier ended) {
        this.call = requireNonNull(call, "call is null");
        this.ended = requireNonNull(ended, "ended is null");
        call.setOnReadyHandler(changed::raise);
        call.setOnCancelHandler(changed::raise);
    }

    /**
     * Runs what sends on a virtual thread of its own, and ends the call if that fails.
     *
     * @param thread its name
     * @param afterwards runs in any case
     */
    public void start(String thread, Sending sending, Runnable afterwards) {
        Thread.ofVirtual()
                .name(thread)
                .start(
                        () -> {
                            try {
                                sending.run();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                                leave();
                            } catch (RuntimeException e) {
                                fail(e);
                            } finally {
                                afterwards.run();
                            }
                        });
    }

    /** Sends one message after another. */
    @FunctionalInterface
    public interface Sending {
        void run() throws InterruptedException;
    }

    /** Whether there is nobody to send to any more, or the service ends. */
    public boolean isOver() {
        return call.isCancelled() || ended.getAsBoolean();
    }

    /** Whether the caller is gone. */
    public boolean isCancelled() {
        return call.isCancelled();
    }

    /**
     * Sends when the caller is ready.
     *
     * @return false if the call is over, and nothing was sent
     */
    public boolean send(T message) throws InterruptedException {
        awaitReady();
        if (isOver()) {
            return false;
        }
        call.onNext(message);
        return true;
    }

    /** Ends the call well. */
    public void complete() {
        if (!call.isCancelled()) {
            call.onCompleted();
        }
    }

    /** Ends the call because the service goes away. */
    public void leave() {
        if (!call.isCancelled()) {
            call.onError(GrpcCallFilter.goingAway().asException());
        }
    }

    /** Ends the call with a failure, reported as {@link Problems} knows it. */
    public void fail(Throwable failure) {
        if (!call.isCancelled()) {
            call.onError(failure);
        }
    }

    private void awaitReady() throws InterruptedException {
        boolean go = false;
        while (!go) {
            // Wakes up in between to see whether the service ends.
            go = changed.await(() -> call.isReady() || isOver(), PULSE);
        }
    }
}
