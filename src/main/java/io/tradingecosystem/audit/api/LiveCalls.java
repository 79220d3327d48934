package io.tradingecosystem.audit.api;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.access.log.Disclosure;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.server.grpc.PacedCall;
import io.tradingecosystem.audit.v1.Gap;
import io.tradingecosystem.audit.v1.Skipped;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * The watchers of a gRPC method: each gets what grows from its place on, no faster than it reads.
 * Their number is bounded. Thread-safe.
 */
public final class LiveCalls {
    private final String name;
    private final Watchers watchers = new Watchers();

    public LiveCalls(String name) {
        this.name = name;
    }

    /** Ends all of them. */
    public void end() {
        watchers.end();
    }

    /**
     * Follows for a caller, on a thread of its own.
     *
     * @param from where it starts
     * @param message what to tell of an item
     * @param skipped what to tell of places that are not kept any more
     * @param gap what to tell of places that cannot be read
     * @param progress what to tell of a place when there has been nothing for a while, if anything
     */
    public <T, M> void watch(
            Live<T> live,
            StreamObserver<M> response,
            From from,
            Function<Live.Item<T>, M> message,
            Function<Skipped, M> skipped,
            Function<Gap, M> gap,
            LongFunction<Optional<M>> progress) {
        from.requireIn(live);
        watchers.enter();
        PacedCall<M> call =
                new PacedCall<>((ServerCallStreamObserver<M>) response, watchers::isEnded);
        Disclosure disclosure = Disclosure.current();
        disclosure.isStream();
        long start = from.after() == 0 ? live.last() : Math.max(0, from.after());
        call.start(
                name,
                () -> {
                    watchers.follow(
                            live,
                            start,
                            new Caller<>(call, disclosure, message, skipped, gap, progress));
                    call.leave();
                },
                watchers::leave);
    }

    /**
     * A place to start behind.
     *
     * @param log the log that it is of; empty if that is not known
     * @param after a place, not behind the last; 0 for the last there is, below for the first
     */
    public record From(String log, long after) {

        /** A log that was shortened, or another one, must not leave its watcher waiting. */
        private void requireIn(Live<?> live) {
            if (after > 0 && !log.isEmpty() && !log.equals(live.log())) {
                throw refused("log is %s, and this one is %s".formatted(log, live.log()));
            }
            if (after > live.last()) {
                throw refused(
                        "after is %d, and the last is %d: the log was shortened or is another one"
                                .formatted(after, live.last()));
            }
        }

        private static ProblemException refused(String why) {
            return new ProblemException(
                    Problem.of(
                            Kind.OUT_OF_RANGE,
                            why + "; -1 watches from the first that is kept, 0 from now on"));
        }
    }

    private record Caller<T, M>(
            PacedCall<M> call,
            Disclosure disclosure,
            Function<Live.Item<T>, M> message,
            Function<Skipped, M> skipped,
            Function<Gap, M> gap,
            LongFunction<Optional<M>> progress)
            implements Watchers.Watcher<T> {
        @Override
        public boolean isOver() {
            return call.isOver();
        }

        @Override
        public boolean send(Live.Item<T> item) throws InterruptedException {
            boolean isSent = call.send(message.apply(item));
            if (isSent) {
                disclosure.tell(item.place());
            }
            return isSent;
        }

        @Override
        public boolean skip(Live.Skipped<T> places) throws InterruptedException {
            return call.send(
                    skipped.apply(
                            Skipped.newBuilder()
                                    .setFrom(places.from())
                                    .setTo(places.to())
                                    .build()));
        }

        @Override
        public boolean lose(Live.Lost<T> places) throws InterruptedException {
            return call.send(
                    gap.apply(
                            Gap.newBuilder()
                                    .setFrom(places.from())
                                    .setTo(places.to())
                                    .setReason(places.reason())
                                    .build()));
        }

        @Override
        public void fail(RuntimeException failure) {
            throw failure;
        }

        @Override
        public void quiet(long place) throws InterruptedException {
            Optional<M> reported = progress.apply(place);
            if (reported.isPresent()) {
                call.send(reported.get());
            }
        }
    }
}
