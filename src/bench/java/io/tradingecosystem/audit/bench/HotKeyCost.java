package io.tradingecosystem.audit.bench;

import io.tradingecosystem.audit.bench.Meter.Spent;
import io.tradingecosystem.audit.event.AuditEvent;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What a trigger and its effect cost when all have one key, and when each has its own: placed,
 * filled, placed, filled, a millisecond apart. Goal: the same within 20 %.
 */
final class HotKeyCost {
    private static final int BATCH = 250;
    private static final Duration STEP = Duration.ofMillis(1);

    private final PrintStream out;
    private final int triggers;
    private final int runs;
    private final Duration patience;

    HotKeyCost(PrintStream out, BenchArguments sizes) {
        this.out = out;
        this.triggers = sizes.size("hot");
        this.runs = sizes.size("runs");
        this.patience = Duration.ofSeconds(sizes.size("patience"));
    }

    void run() throws IOException {
        List<Double> own = new ArrayList<>();
        List<Double> hot = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            own.add(measure("its own key", number -> "order-" + number));
            hot.add(measure("one key", number -> "order"));
        }
        out.printf(
                "hot: a trigger of one key takes %.2f of the CPU of one with its own (goal 1.2)%n",
                median(hot) / median(own));
    }

    private double measure(String what, IntFunction<String> order) throws IOException {
        try (JudgedStore store = JudgedStore.judging(Orders.expectations())) {
            Instant start = Instant.now();
            Meter meter = Meter.start();
            for (int from = 0; from < triggers; from += BATCH) {
                store.append(batch(from, Math.min(from + BATCH, triggers), start, order));
            }
            boolean done = store.decided(triggers, patience);
            Spent spent = meter.spent();
            out.printf(
                    "hot: %,d with %s%s: %.1f µs of CPU and %.0f bytes a trigger, %.1f s; %s%n",
                    triggers,
                    what,
                    done ? "" : ", given up",
                    spent.micros(triggers),
                    spent.bytes(triggers),
                    spent.seconds(),
                    store.decisions().of(triggers));
            return spent.micros(triggers);
        }
    }

    private static List<AuditEvent> batch(
            int from, int to, Instant start, IntFunction<String> order) {
        List<AuditEvent> batch = new ArrayList<>(2 * BATCH);
        for (int i = from; i < to; i++) {
            Instant at = start.plus(STEP.multipliedBy(i));
            batch.add(Orders.placed(i, order.apply(i), at));
            batch.add(Orders.filled(i, order.apply(i), at.plus(STEP.dividedBy(2))));
        }
        return batch;
    }

    private static double median(List<Double> all) {
        return all.stream().sorted().toList().get(all.size() / 2);
    }
}
