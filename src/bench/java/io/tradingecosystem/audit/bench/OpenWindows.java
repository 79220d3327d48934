package io.tradingecosystem.audit.bench;

import io.tradingecosystem.audit.bench.Meter.Spent;
import io.tradingecosystem.audit.event.AuditEvent;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The memory that open windows take: heap in use after a collection, and all of the process that is
 * in memory, with none, with some and with many; the clock stands still meanwhile. That they fit is
 * shown by {@code -Xmx512m}.
 */
final class OpenWindows {
    private static final int BATCH = 500;
    private static final double MIB = 1 << 20;
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();
    private static final Instant START = Instant.parse("2026-01-15T12:00:00Z");

    private final PrintStream out;
    private final BenchArguments sizes;
    private final Duration patience;

    OpenWindows(PrintStream out, BenchArguments sizes) {
        this.out = out;
        this.sizes = sizes;
        this.patience = Duration.ofSeconds(sizes.size("patience"));
    }

    void run() throws InterruptedException, IOException {
        InstantSource clock = InstantSource.fixed(START.plusSeconds(1));
        try (JudgedStore store = JudgedStore.judging(Orders.expectations(), clock)) {
            long none = heap();
            print("none", store, none, 0);
            int open = 0;
            for (String size : List.of("open", "most-open")) {
                Spent spent = open(store, open, sizes.size(size));
                out.printf(
                        "memory: opened at %,.0f/s, %.1f µs of CPU and %.0f bytes written each%n",
                        spent.rate(sizes.size(size) - open),
                        spent.micros(sizes.size(size) - open),
                        spent.bytes(sizes.size(size) - open));
                open = sizes.size(size);
                long heap = heap();
                print("%,d".formatted(open), store, heap, (double) (heap - none) / open);
            }
        }
    }

    private Spent open(JudgedStore store, int from, int to) throws InterruptedException {
        Meter meter = Meter.start();
        Senders.flatOut(to - from, BATCH, first -> store.append(placed(from + first, to)));
        store.caughtUp(patience);
        return meter.spent();
    }

    private static List<AuditEvent> placed(int from, int to) {
        return IntStream.range(from, Math.min(from + BATCH, to))
                .mapToObj(i -> Orders.placed(i, "order-" + i, START.plusNanos(500L * i)))
                .toList();
    }

    private void print(String windows, JudgedStore store, long heap, double each) {
        out.printf(
                "memory: %s open windows (%,d by the referee's own count): heap %.0f MiB after"
                        + " collection of at most %.0f, %.0f bytes a window; process %.0f MiB%n",
                windows,
                store.verdicts().statistics().open(),
                heap / MIB,
                Runtime.getRuntime().maxMemory() / MIB,
                each,
                resident() / MIB);
    }

    private static long heap() {
        MEMORY.gc();
        MEMORY.gc();
        return MEMORY.getHeapMemoryUsage().getUsed();
    }

    /** Bytes; 0 where the system does not say. */
    private static long resident() {
        try {
            return !Files.isReadable(STATUS)
                    ? 0
                    : Files.readAllLines(STATUS).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
                            .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
