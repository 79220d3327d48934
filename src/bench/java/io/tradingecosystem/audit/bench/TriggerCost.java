package io.tradingecosystem.audit.bench;

import io.tradingecosystem.audit.bench.Meter.Spent;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a trigger costs by how many events of its effect's type are in its window, of other keys:
 * late, when its effect came first, and in time. Each order has twenty triggers, so that the orders
 * that are measured do not fill the window themselves; the clock stands still meanwhile. Goal: the
 * same within 20 %.
 */
final class TriggerCost {
    private static final int BATCH = 500;
    private static final int OF_AN_ORDER = 20;
    private static final Instant START = Instant.parse("2026-01-15T12:00:00Z");
    private static final Duration FILLED = Orders.WITHIN.dividedBy(2);

    private final PrintStream out;
    private final BenchArguments sizes;
    private final int triggers;
    private final int rounds;
    private final Duration patience;

    TriggerCost(PrintStream out, BenchArguments sizes) {
        this.out = out;
        this.sizes = sizes;
        this.triggers = sizes.size("triggers");
        this.rounds = sizes.size("rounds");
        this.patience = Duration.ofSeconds(sizes.size("patience"));
    }

    void run() throws InterruptedException, IOException {
        Cost first = measure(sizes.size("few"));
        for (String size : List.of("some", "many")) {
            Cost more = measure(sizes.size(size));
            out.printf(
                    "trigger: with %,d in the window %.2f of the CPU when late, %.2f when in time"
                            + " (goal 1.2)%n",
                    sizes.size(size), more.late() / first.late(), more.inTime() / first.inTime());
        }
    }

    /** Microseconds of processor for a trigger. */
    private record Cost(double late, double inTime) {}

    private Cost measure(int inWindow) throws InterruptedException, IOException {
        InstantSource clock = InstantSource.fixed(START.plus(Orders.WITHIN));
        try (JudgedStore store = JudgedStore.judging(Orders.expectations(), clock)) {
            fill(store, inWindow);
            filled(store, 0);
            store.caughtUp(patience);
            List<Spent> late = new ArrayList<>();
            List<Spent> inTime = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                late.add(late(store, i));
            }
            for (int i = rounds; i < 2 * rounds; i++) {
                inTime.add(inTime(store, i));
            }
            Cost cost = new Cost(median(late), median(inTime));
            out.printf(
                    "trigger: with %,d in the window %.1f µs of CPU and %.0f bytes each when late,"
                            + " %.1f µs and %.0f bytes when in time; %s%n",
                    inWindow,
                    cost.late(),
                    late.getLast().bytes(triggers),
                    cost.inTime(),
                    inTime.getLast().bytes(triggers),
                    store.decisions().of(2 * rounds * triggers));
            return cost;
        }
    }

    private void fill(JudgedStore store, int inWindow) throws InterruptedException {
        int others = Math.max(0, inWindow - triggers / OF_AN_ORDER);
        long step = others == 0 ? 0 : Orders.WITHIN.toNanos() / others;
        Senders.flatOut(
                others,
                BATCH,
                from ->
                        store.append(
                                IntStream.range(from, Math.min(from + BATCH, others))
                                        .mapToObj(
                                                i ->
                                                        Orders.filled(
                                                                Integer.MAX_VALUE - i,
                                                                "nobody's-" + i,
                                                                START.plusNanos(i * step)))
                                        .toList()));
    }

    private Spent late(JudgedStore store, int round) throws InterruptedException {
        Meter.awaitQuiet();
        Meter meter = Meter.start();
        placed(store, round, 0);
        store.decided((round + 1) * triggers, patience);
        return meter.spent();
    }

    private Spent inTime(JudgedStore store, int round) throws InterruptedException {
        Meter.awaitQuiet();
        Meter meter = Meter.start();
        placed(store, round, round);
        store.caughtUp(patience);
        filled(store, round);
        store.decided((round + 1) * triggers, patience);
        return meter.spent();
    }

    /** Triggers of a round, for the orders of one. */
    private void placed(JudgedStore store, int round, int orders) throws InterruptedException {
        Senders.flatOut(
                triggers,
                BATCH,
                from ->
                        store.append(
                                IntStream.range(from, Math.min(from + BATCH, triggers))
                                        .mapToObj(
                                                i ->
                                                        Orders.placed(
                                                                round * triggers + i,
                                                                order(orders, i / OF_AN_ORDER),
                                                                START.plusNanos(1_000L * i)))
                                        .toList()));
    }

    private void filled(JudgedStore store, int orders) {
        store.append(
                IntStream.range(0, triggers / OF_AN_ORDER)
                        .mapToObj(
                                i ->
                                        Orders.filled(
                                                orders * triggers + i,
                                                order(orders, i),
                                                START.plus(FILLED)))
                        .toList());
    }

    private static String order(int orders, int number) {
        return "order-" + orders + "-" + number;
    }

    private double median(List<Spent> spent) {
        double[] sorted = spent.stream().mapToDouble(s -> s.micros(triggers)).sorted().toArray();
        return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElseThrow();
    }
}
