package io.tradingecosystem.audit.bench;

import com.sun.management.OperatingSystemMXBean;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** Measures what this process takes from a moment on. Processor time comes in steps of 10 ms. */
final class Meter {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final Path IO = Path.of("/proc/self/io");
    private static final String WRITTEN = "write_bytes: ";
    private static final long LOOK = 250_000_000;
    private static final int LOOKS = 60;

    private final long started = System.nanoTime();
    private final long cpu = SYSTEM.getProcessCpuTime();
    private final long written = written();

    private Meter() {}

    /** Begins to measure. */
    static Meter start() {
        return new Meter();
    }

    /** What was taken until now. */
    Spent spent() {
        return new Spent(
                (System.nanoTime() - started) / 1e9,
                (SYSTEM.getProcessCpuTime() - cpu) / 1e9,
                written() - written);
    }

    /**
     * What a stretch of work took.
     *
     * @param seconds by the wall clock
     * @param cpu seconds of processor, of all threads of the process
     * @param written bytes that the process made the system write; 0 where the system does not say
     */
    record Spent(double seconds, double cpu, long written) {
        /** Microseconds of processor for each of so many. */
        double micros(long of) {
            return cpu * 1e6 / of;
        }

        /** How many a second, if these were so many. */
        double rate(long of) {
            return of / seconds;
        }

        /** Bytes written for each of so many. */
        double bytes(long of) {
            return (double) written / of;
        }
    }

    /** Waits until nothing runs in the background, fifteen seconds at most. */
    static void awaitQuiet() {
        for (int i = 0; i < LOOKS; i++) {
            long before = SYSTEM.getProcessCpuTime();
            LockSupport.parkNanos(LOOK);
            if (SYSTEM.getProcessCpuTime() - before < LOOK / 10) {
                return;
            }
        }
    }

    private static long written() {
        try {
            return !Files.isReadable(IO)
                    ? 0
                    : Files.readAllLines(IO).stream()
                            .filter(line -> line.startsWith(WRITTEN))
                            .mapToLong(line -> Long.parseLong(line.substring(WRITTEN.length())))
                            .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
