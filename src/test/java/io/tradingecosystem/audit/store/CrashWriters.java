package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Severity;
import io.tradingecosystem.audit.settings.StoreSettings;
import io.tradingecosystem.audit.settings.StoreSettings.Durability;
import io.tradingecosystem.audit.testing.KilledProcess;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A process that appends from 8 threads and says on its output what was acknowledged, until it is
 * killed. Each event can be made again from its id.
 */
final class CrashWriters {
    static final int WRITERS = 8;

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private CrashWriters() {}

    /**
     * @param arguments the directory of the log, and the number of the run
     */
    public static void main(String[] arguments) {
        EventStore store = Stores.open(settings(Path.of(arguments[0])), InstantSource.system());
        int run = Integer.parseInt(arguments[1]);
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            Thread.ofPlatform().start(() -> write(store, run, writer, System.out));
        }
    }

    /** Small enough that tables are flushed and logs change while it runs. */
    static StoreSettings settings(Path path) {
        return new StoreSettings(
                path,
                Durability.FSYNC,
                65_536,
                64 << 20,
                Set.of("order_id"),
                Duration.ofDays(90),
                64 << 20,
                OptionalLong.of(64 << 20),
                0);
    }

    private static void write(EventStore store, int run, int writer, PrintStream out) {
        Random random = new Random(run * 31L + writer);
        int next = 0;
        while (true) {
            int from = next;
            int size = 1 + random.nextInt(60);
            next += size;
            List<AuditEvent> batch =
                    IntStream.range(from, next).mapToObj(n -> event(run, writer, n)).toList();
            AppendOutcome first = store.log().append(batch).getFirst();
            if (first instanceof AppendOutcome.Stored stored) {
                synchronized (out) {
                    out.println(
                            KilledProcess.line(
                                    new Acknowledged(run, writer, from, size, stored.position())
                                            .text()));
                    out.flush();
                }
            }
        }
    }

    /**
     * One batch that was acknowledged.
     *
     * @param position of its first event
     */
    record Acknowledged(int run, int writer, int from, int size, long position) {
        String text() {
            return run + " " + writer + " " + from + " " + size + " " + position;
        }

        static Acknowledged parse(String line) {
            String[] parts = line.split(" ");
            return new Acknowledged(
                    Integer.parseInt(parts[0]),
                    Integer.parseInt(parts[1]),
                    Integer.parseInt(parts[2]),
                    Integer.parseInt(parts[3]),
                    Long.parseLong(parts[4]));
        }
    }

    static AuditEvent event(int run, int writer, int number) {
        Random random = new Random(((long) run << 40) + ((long) writer << 32) + number);
        return AuditEvent.builder("service-" + writer, "type-" + random.nextInt(3))
                .id(run + "-" + writer + "-" + number)
                .severity(Severity.WARNING)
                .occurredAt(START.plusNanos(random.nextInt()))
                .traceId("trace-" + run + "-" + number / 20)
                .correlationId("flow-" + random.nextInt(100))
                .message("noise " + random.nextLong() + " " + random.nextLong())
                .attribute("order_id", "ORD-" + random.nextInt(1_000))
                .attribute("price", random.nextDouble())
                .build();
    }
}
