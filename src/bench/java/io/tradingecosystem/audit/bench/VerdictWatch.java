package io.tradingecosystem.audit.bench;

import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader.Made;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A watcher of verdicts, and when the events were handed over and acknowledged that decide them, by
 * the number at the end of the trigger's id. Only the first verdict of each trigger counts.
 */
final class VerdictWatch {
    private static final int PAGE = 1_000;

    private final VerdictService verdicts;
    private final AtomicLongArray handedOver;
    private final AtomicLongArray acknowledged;
    private final long[] seen;
    private final Thread thread;

    /**
     * Begins to watch.
     *
     * @param expected how many triggers there are
     * @param patience how long to wait for the next verdict
     */
    VerdictWatch(VerdictService verdicts, int expected, Duration patience) {
        this.verdicts = verdicts;
        this.handedOver = new AtomicLongArray(expected);
        this.acknowledged = new AtomicLongArray(expected);
        this.seen = new long[expected];
        this.thread = Thread.ofVirtual().start(() -> watch(patience));
    }

    /** Appends some of the deciding events, and notes when. */
    void around(int from, int to, Runnable append) {
        note(handedOver, from, to);
        append.run();
        note(acknowledged, from, to);
    }

    private static void note(AtomicLongArray times, int from, int to) {
        long now = System.nanoTime();
        for (int i = Math.max(0, from); i < Math.min(to, times.length()); i++) {
            times.set(i, now);
        }
    }

    private void watch(Duration patience) {
        long sequence = 0;
        int count = 0;
        try {
            while (count < seen.length && verdicts.await(sequence, patience)) {
                for (Made made : verdicts.verdicts().madeAfter(sequence, PAGE)) {
                    sequence = made.sequence();
                    count += see(Decisions.number(made.verdict().triggerId()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int see(int number) {
        boolean first = seen[number] == 0;
        seen[number] = first ? System.nanoTime() : seen[number];
        return first ? 1 : 0;
    }

    /** Waits until the watcher has all, or gave up. */
    void await() throws InterruptedException {
        thread.join();
    }

    /** How long it took; for people. To be asked when the watcher is done. */
    String visible() {
        return "verdicts %,d of %,d; visible after the append's answer %s, after it was handed over %s"
                .formatted(
                        Arrays.stream(seen).filter(at -> at != 0).count(),
                        seen.length,
                        percentiles(acknowledged),
                        percentiles(handedOver));
    }

    /** A verdict may be seen before the sender has its answer. */
    private String percentiles(AtomicLongArray since) {
        long[] waits =
                IntStream.range(0, seen.length)
                        .filter(i -> seen[i] != 0)
                        .mapToLong(i -> Math.max(0, seen[i] - since.get(i)))
                        .sorted()
                        .toArray();
        return waits.length == 0
                ? "never"
                : "p50 %.1f ms, p99 %.1f ms, max %.1f ms"
                        .formatted(
                                waits[waits.length / 2] / 1e6,
                                waits[waits.length * 99 / 100] / 1e6,
                                LongStream.of(waits).max().orElseThrow() / 1e6);
    }
}
