package io.tradingecosystem.audit.bench;

import com.sun.management.OperatingSystemMXBean;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.settings.StoreSettings;
import io.tradingecosystem.audit.store.EventIndex.Query;
import io.tradingecosystem.audit.store.EventStore;
import io.tradingecosystem.audit.store.IndexedField;
import io.tradingecosystem.audit.store.LogBusyException;
import io.tradingecosystem.audit.store.Selection;
import io.tradingecosystem.audit.store.StoreObserver;
import io.tradingecosystem.audit.store.StoreStatistics;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Appends events from 8 writers in batches of 512, one sync per group: as fast as they go, then at
 * half the speed that is the goal, because callers that are never idle wait for each other. Then
 * looks traces of 20 events up while 20,000 events a second come in, then opens the log again. In
 * the same run: a bare file with the same bytes and as many syncs, which is the limit, and SQLite
 * with the same indexes. Another log is filled before, so that the code is compiled.
 *
 * <p>Arguments: how many events, 1,000,000 by default; {@code alone} leaves the others out.
 */
public final class StoreAppend {
    private static final int WRITERS = 8;
    private static final int BATCH = 512;
    private static final int LOOKUPS = 4_000;
    private static final int PACED = 20_000;
    private static final int KEPT = 1_000_000;
    private static final int WARM_UP = 500_000;
    private static final int HALF_SPEED = 75_000;
    private static final int HALF_SPEED_SECONDS = 5;

    private final EventStore store;
    private final long events;
    private long written;

    private StoreAppend(EventStore store, long events) {
        this.store = store;
        this.events = events / BATCH * BATCH;
    }

    public static void main(String[] arguments) throws Exception {
        long events = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000;
        boolean alone = Arrays.asList(arguments).contains("alone");
        Path directory =
                Files.createTempDirectory(Files.createDirectories(Path.of("target")), "bench");
        try {
            try (EventStore store = open(directory.resolve("warm-up"))) {
                new StoreAppend(store, WARM_UP).append(WARM_UP, Long.MAX_VALUE);
            }
            StoreStatistics statistics = store(directory.resolve("log"), events);
            if (!alone) {
                file(directory.resolve("file"), events, statistics);
                SqliteTwin.run(directory.resolve("sqlite"), Math.min(events, 200_000));
            }
        } finally {
            Folders.delete(directory);
        }
    }

    private static StoreStatistics store(Path path, long events) throws InterruptedException {
        StoreStatistics statistics;
        try (EventStore store = open(path)) {
            StoreAppend bench = new StoreAppend(store, events);
            bench.fill();
            statistics = store.statistics();
            bench.answerInTime();
            bench.lookUp();
        }
        long started = System.nanoTime();
        try (EventStore store = open(path)) {
            StoreStatistics reopened = store.statistics();
            System.out.printf(
                    "opened again: %,d events in %d ms (goal 2000 at 10,000,000); closed and"
                            + " settled they take %.0f bytes each%n",
                    reopened.events(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started),
                    (double) reopened.diskBytes() / reopened.events());
        }
        return statistics;
    }

    private void fill() throws InterruptedException {
        long cpu = cpuNanos();
        long started = System.nanoTime();
        long[] nanos = append(events, Long.MAX_VALUE);
        double seconds = (System.nanoTime() - started) / 1e9;
        double micros = (cpuNanos() - cpu) / 1e3 / events;
        StoreStatistics statistics = store.statistics();
        System.out.printf(
                "log          %,9.0f events/s (goal 150,000), append p50 %.1f ms, p99 %.1f ms; %.1f"
                        + " us of CPU each; %d syncs; %.0f bytes/event written, %.0f on disk now"
                        + " (goal 200)%n",
                events / seconds,
                percentile(nanos, 50),
                percentile(nanos, 99),
                micros,
                statistics.commits(),
                (double) statistics.writtenBytes() / statistics.stored(),
                (double) statistics.diskBytes() / statistics.stored());
    }

    private void answerInTime() throws InterruptedException {
        long[] nanos = append(HALF_SPEED * HALF_SPEED_SECONDS, HALF_SPEED);
        System.out.printf(
                "at %,d events/s append p50 %.1f ms, p99 %.1f ms (goal 20)%n",
                HALF_SPEED, percentile(nanos, 50), percentile(nanos, 99));
    }

    /**
     * Appends the next events from all writers.
     *
     * @param perSecond the pace of all together
     * @return how long each batch took from when it was due, in nanoseconds
     */
    private long[] append(long count, long perSecond) throws InterruptedException {
        long base = written / BATCH;
        int batches = (int) (count / BATCH);
        List<List<AuditEvent>> ready =
                Stream.iterate(base, batch -> batch + 1)
                        .limit(Math.min(batches, KEPT / BATCH))
                        .map(batch -> MarketDay.batch(batch * BATCH, BATCH))
                        .toList();
        AtomicLong next = new AtomicLong();
        long[] nanos = new long[batches];
        // The events above are many; to move them is not the log's work.
        System.gc();
        long started = System.nanoTime();
        Thread[] writers = new Thread[WRITERS];
        for (int i = 0; i < WRITERS; i++) {
            writers[i] =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        int batch = (int) next.getAndIncrement();
                                        while (batch < batches) {
                                            List<AuditEvent> mine =
                                                    batch < ready.size()
                                                            ? ready.get(batch)
                                                            : MarketDay.batch(
                                                                    (base + batch) * BATCH, BATCH);
                                            long due =
                                                    started
                                                            + (long)
                                                                    (1e9 * batch * BATCH
                                                                            / perSecond);
                                            sleep(Duration.ofNanos(due - System.nanoTime()));
                                            long began =
                                                    perSecond == Long.MAX_VALUE
                                                            ? System.nanoTime()
                                                            : due;
                                            append(mine);
                                            nanos[batch] = System.nanoTime() - began;
                                            batch = (int) next.getAndIncrement();
                                        }
                                    });
        }
        for (Thread writer : writers) {
            writer.join();
        }
        written += (long) batches * BATCH;
        return nanos;
    }

    private void append(List<AuditEvent> batch) {
        while (true) {
            try {
                store.log().append(batch);
                return;
            } catch (LogBusyException e) {
                sleep(e.retryAfter());
            }
        }
    }

    private void lookUp() throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> writePaced(done));
        long traces = events / MarketDay.OF_A_TRACE - 64;
        SplittableRandom random = new SplittableRandom(1);
        long[] nanos = new long[LOOKUPS];
        for (int i = -200; i < LOOKUPS; i++) {
            String traceId = MarketDay.traceId(random.nextLong(traces));
            long began = System.nanoTime();
            int found =
                    store.index()
                            .find(
                                    Query.of(
                                            Selection.of(
                                                    Selection.Key.of(
                                                            IndexedField.TRACE_ID, traceId)),
                                            100))
                            .events()
                            .size();
            if (found != MarketDay.OF_A_TRACE) {
                throw new IllegalStateException(traceId + " has " + found + " events");
            }
            if (i >= 0) {
                nanos[i] = System.nanoTime() - began;
            }
        }
        done.set(true);
        writer.join();
        System.out.printf(
                "trace of 20 out of %,d while writing: p50 %.2f ms (goal 1), p99 %.2f ms (goal"
                        + " 5)%n",
                events, percentile(nanos, 50), percentile(nanos, 99));
    }

    private void writePaced(AtomicBoolean done) {
        long began = System.nanoTime();
        long base = written / BATCH;
        for (long batch = base + 1; !done.get(); batch++) {
            append(MarketDay.batch(batch * BATCH, BATCH));
            long due = began + (batch - base) * BATCH * 1_000_000_000L / PACED;
            sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
        }
    }

    /** The same bytes, as many syncs, and nothing else. */
    private static void file(Path path, long events, StoreStatistics statistics)
            throws IOException {
        long group = statistics.writtenBytes() / statistics.commits();
        ByteBuffer bytes = ByteBuffer.allocateDirect((int) group);
        long started = System.nanoTime();
        try (FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (long i = 0; i < statistics.commits(); i++) {
                file.write(bytes.clear());
                file.force(false);
            }
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        System.out.printf(
                "bare file    %,9.0f events/s, %.2f ms per write and sync of %,d bytes%n",
                events / seconds, seconds * 1000 / statistics.commits(), group);
    }

    private static EventStore open(Path path) {
        StoreSettings settings =
                new StoreSettings(
                        path,
                        StoreSettings.Durability.FSYNC,
                        65_536,
                        64 << 20,
                        Set.of("order_id", "symbol", "trade_id", "strategy_id"),
                        Duration.ofDays(90),
                        200L << 30,
                        OptionalLong.empty(),
                        256 << 20);
        return EventStore.open(settings, StoreObserver.NONE, Time.system());
    }

    /**
     * Of this process, flushes and compactions too: it says more than the clock on a busy machine.
     */
    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static double percentile(long[] nanos, int percent) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[(int) ((sorted.length - 1) * (percent / 100.0))] / 1e6;
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
