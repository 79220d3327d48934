package io.tradingecosystem.audit.api;

import io.tradingecosystem.audit.common.Signal;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Those who follow what grows, at one door; their number is bounded. Thread-safe. */
final class Watchers {
    private static final int MAX = 256;
    private static final int BATCH = 100;
    private static final Duration PULSE = Duration.ofSeconds(1);
    private static final Duration QUIET = Duration.ofSeconds(15);

    private final Semaphore places = new Semaphore(MAX);
    private final Signal end = new Signal();
    private volatile boolean ended;

    /** One of them. */
    interface Watcher<T> {
        /** Whether it is gone. */
        boolean isOver();

        /** Gives it an item; false if it is gone. */
        boolean send(Live.Item<T> item) throws InterruptedException;

        /** Says that places are not kept any more; false if it is gone. */
        boolean skip(Live.Skipped<T> places) throws InterruptedException;

        /** Says that places cannot be read; false if it is gone. */
        boolean lose(Live.Lost<T> places) throws InterruptedException;

        /** What grows cannot be read; nothing more comes. */
        void fail(RuntimeException failure);

        /** There has been nothing for a while, up to a place. */
        void quiet(long place) throws InterruptedException;
    }

    /** Takes a place, which is to be given back. */
    void enter() {
        if (!places.tryAcquire()) {
            throw new ProblemException(
                    Problem.of(Kind.BUSY, MAX + " watch already; try again later.")
                            .retryAfter(Duration.ofSeconds(10)));
        }
    }

    void leave() {
        places.release();
    }

    /** Ends all of them. */
    void end() {
        ended = true;
        end.raise();
    }

    boolean isEnded() {
        return ended;
    }

    private static <T> boolean give(Live.Entry<T> entry, Watcher<T> watcher)
            throws InterruptedException {
        return switch (entry) {
            case Live.Item<T> item -> watcher.send(item);
            case Live.Skipped<T> places -> watcher.skip(places);
            case Live.Lost<T> places -> watcher.lose(places);
        };
    }

    private static boolean isWokenEarly(Live<?> live, long after) throws InterruptedException {
        long start = System.nanoTime();
        live.await(after, PULSE);
        return System.nanoTime() - start < PULSE.toNanos() / 2;
    }

    /** Sends what comes behind a place until the watcher is gone, or all are ended. */
    <T> void follow(Live<T> live, long start, Watcher<T> watcher) throws InterruptedException {
        long after = start;
        long told = System.nanoTime();
        boolean early = false;
        while (!ended && !watcher.isOver()) {
            Live.Batch<T> batch;
            try {
                batch = LiveReading.after(live, after, BATCH);
            } catch (RuntimeException e) {
                watcher.fail(e);
                return;
            }
            for (Live.Entry<T> entry : batch.entries()) {
                if (!give(entry, watcher)) {
                    return;
                }
                told = System.nanoTime();
            }
            boolean stands = batch.upTo() == after;
            if (stands && early) {
                // Woken for nothing, as by a log that is closed: that would go on without a pause.
                end.await(() -> ended, PULSE);
            }
            early = stands && !early && isWokenEarly(live, after);
            after = batch.upTo();
            if (System.nanoTime() - told >= QUIET.toNanos()) {
                told = System.nanoTime();
                watcher.quiet(after);
            }
        }
    }
}
