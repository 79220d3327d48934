package io.tradingecosystem.audit.bench;

import io.tradingecosystem.audit.bench.Meter.Spent;
import io.tradingecosystem.audit.event.AuditEvent;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Triggers that come seconds after their effects, of which there are many: all at once, and at two
 * paces. Every one of them has an effect and is to pass; goal: the pace is kept, and the last
 * verdict is there within a second of the last trigger.
 */
final class LateTriggers {
    private static final int BATCH = 500;
    private static final Duration EFFECTS = Duration.ofSeconds(6);
    private static final Duration BEFORE = Duration.ofMillis(500);

    private final PrintStream out;
    private final BenchArguments sizes;
    private final int effects;
    private final Duration patience;

    LateTriggers(PrintStream out, BenchArguments sizes) {
        this.out = out;
        this.sizes = sizes;
        this.effects = sizes.size("effects");
        this.patience = Duration.ofSeconds(sizes.size("patience"));
    }

    void run() throws InterruptedException, IOException {
        measure("at once", sizes.size("burst"), BATCH, Double.POSITIVE_INFINITY);
        for (String pace : List.of("slow", "fast")) {
            int rate = sizes.size(pace);
            measure("at %,d/s".formatted(rate), rate * sizes.size("late-seconds"), 1, rate);
        }
    }

    private void measure(String what, int triggers, int together, double rate)
            throws InterruptedException, IOException {
        try (JudgedStore store = JudgedStore.judging(Orders.expectations())) {
            Instant start = Instant.now().minus(EFFECTS);
            Senders.flatOut(effects, BATCH, from -> store.append(filled(from, start)));
            store.caughtUp(patience);
            VerdictWatch watch = new VerdictWatch(store.verdicts(), triggers, patience);
            Meter.awaitQuiet();
            Meter meter = Meter.start();
            Senders.paced(
                    triggers,
                    together,
                    rate,
                    from ->
                            watch.around(
                                    from,
                                    from + together,
                                    () -> store.append(placed(from, together, triggers, start))));
            double sent = meter.spent().seconds();
            boolean done = store.decided(triggers, patience);
            Spent spent = meter.spent();
            watch.await();
            out.printf(
                    "burst: %,d late triggers %s%s, sent in %.1f s, all judged %.2f s later; %.1f"
                            + " µs of CPU and %.0f bytes each; %s%n",
                    triggers,
                    what,
                    done ? "" : ", given up",
                    sent,
                    spent.seconds() - sent,
                    spent.micros(triggers),
                    spent.bytes(triggers),
                    store.decisions().of(triggers));
            out.printf("burst: %s: %s%n", what, watch.visible());
        }
    }

    private Instant filledAt(int number, Instant start) {
        return start.plus(EFFECTS.multipliedBy(number).dividedBy(effects));
    }

    private List<AuditEvent> filled(int from, Instant start) {
        return IntStream.range(from, Math.min(from + BATCH, effects))
                .mapToObj(i -> Orders.filled(i, "order-" + i, filledAt(i, start)))
                .toList();
    }

    /** Their effects lie evenly among all. */
    private List<AuditEvent> placed(int from, int together, int triggers, Instant start) {
        return IntStream.range(from, Math.min(from + together, triggers))
                .mapToObj(
                        i -> {
                            int effect = (int) ((long) i * effects / triggers);
                            Instant at = filledAt(effect, start).minus(BEFORE);
                            return Orders.placed(i, "order-" + effect, at);
                        })
                .toList();
    }
}
