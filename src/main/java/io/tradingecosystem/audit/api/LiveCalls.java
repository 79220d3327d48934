package io.tradingecosystem.audit.api;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.server.grpc.PacedCall;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * The watchers of a gRPC method: each gets what grows from its place on, no faster than it reads.
 * Their number is bounded. Thread-safe.
 */
public final class LiveCalls {
    private static final int MAX_WATCHERS = 256;
    private static final int BATCH = 100;
    private static final Duration PULSE = Duration.ofSeconds(1);
    private static final int PULSES_PER_PROGRESS = 15;

    private final String name;
    private final Semaphore watchers = new Semaphore(MAX_WATCHERS);
    private volatile boolean ended;

    public LiveCalls(String name) {
        this.name = name;
    }

    /** Ends all of them. */
    public void end() {
        ended = true;
    }

    /**
     * Follows for a caller, on a thread of its own.
     *
     * @param after a place; 0 for the last there is, below for the first
     * @param message what to tell of an item
     * @param progress what to tell of a place when there has been nothing for a while, if anything
     */
    public <T, M> void watch(
            Live<T> live,
            StreamObserver<M> response,
            long after,
            Function<Live.Item<T>, M> message,
            LongFunction<Optional<M>> progress) {
        if (!watchers.tryAcquire()) {
            throw LiveStream.full(MAX_WATCHERS);
        }
        PacedCall<M> call = new PacedCall<>((ServerCallStreamObserver<M>) response, () -> ended);
        long start = after == 0 ? live.last() : Math.max(0, after);
        call.start(name, () -> follow(live, call, start, message, progress), watchers::release);
    }

    private static <T, M> void follow(
            Live<T> live,
            PacedCall<M> call,
            long start,
            Function<Live.Item<T>, M> message,
            LongFunction<Optional<M>> progress)
            throws InterruptedException {
        long after = start;
        int quiet = 0;
        while (!call.isOver()) {
            Live.Batch<T> batch = live.after(after, BATCH);
            for (Live.Item<T> item : batch.items()) {
                if (!call.send(message.apply(item))) {
                    break;
                }
                quiet = 0;
            }
            if (batch.upTo() == after) {
                live.await(after, PULSE);
                quiet++;
            }
            after = batch.upTo();
            if (quiet >= PULSES_PER_PROGRESS) {
                quiet = 0;
                Optional<M> reported = progress.apply(after);
                if (reported.isPresent()) {
                    call.send(reported.get());
                }
            }
        }
        call.leave();
    }
}
