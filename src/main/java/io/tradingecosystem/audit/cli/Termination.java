package io.tradingecosystem.audit.cli;

import io.tradingecosystem.audit.common.Threads;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * SIGTERM, SIGHUP and Ctrl-C: the first asks for an orderly end, a second one ends the process at
 * once. A command that has no orderly end is ended by the first. Shutdown hooks, the JVM's own way,
 * can neither exit with 0 nor see a second signal. Thread-safe.
 */
final class Termination {
    /** The exit code after Ctrl-C. */
    static final int INTERRUPTED = 130;

    private static final int KILLED_BY = 128;

    private final CountDownLatch asked = new CountDownLatch(1);
    private volatile boolean orderly;

    /** A signal came in. */
    void signalled(int number) {
        if (!orderly || asked.getCount() == 0) {
            Runtime.getRuntime().halt(KILLED_BY + number);
        }
        asked.countDown();
    }

    /** From now on the first signal does not end the process: somebody will {@link #await} it. */
    void beOrderly() {
        orderly = true;
    }

    /** Asks for the end from within. */
    void end() {
        asked.countDown();
    }

    /** Asks for the end from within, because of a failure; it comes in any case. */
    void fail(Duration patience) {
        asked.countDown();
        Thread.ofPlatform().daemon().name("last-resort").start(() -> halt(patience));
    }

    private static void halt(Duration patience) {
        Threads.untilInterrupted(() -> Thread.sleep(patience));
        Runtime.getRuntime().halt(1);
    }

    /** Waits for the first signal, or for an interrupt, which asks for the same. */
    void await() {
        Threads.untilInterrupted(asked::await);
    }
}
