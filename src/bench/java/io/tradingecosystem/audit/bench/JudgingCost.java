package io.tradingecosystem.audit.bench;

import io.tradingecosystem.audit.bench.Meter.Spent;
import io.tradingecosystem.audit.bench.Orders.Day;
import io.tradingecosystem.audit.event.AuditEvent;

import org.rocksdb.RocksDBException;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The same orders, placed and filled in time, appended by four senders in batches of 500 events:
 * made and thrown away, appended, appended and judged until all verdicts are taken in as well, and
 * given to {@link RocksTwin}. What judging adds is the third without the second. Goal: at most 10
 * µs of processor an event, and 15,000 verdicts a second.
 */
final class JudgingCost {
    private static final int BATCH = 250;
    private static final int OPEN = 15_000;
    private static final Duration STEP = Duration.ofNanos(20_000);

    private final PrintStream out;
    private final int events;
    private final int runs;
    private final int warmUp;
    private final int expectations;
    private final Duration patience;

    JudgingCost(PrintStream out, BenchArguments sizes) {
        this.out = out;
        this.events = sizes.size("events");
        this.runs = sizes.size("runs");
        this.warmUp = sizes.size("warm-up");
        this.expectations = sizes.size("expectations");
        this.patience = Duration.ofSeconds(sizes.size("patience"));
    }

    /** Gets the code compiled. */
    void warmUp() throws InterruptedException, IOException {
        if (warmUp > 0) {
            judged("warm-up", day(warmUp), Orders.expectations());
        }
    }

    /** Measures all four. */
    void run() throws InterruptedException, IOException, RocksDBException {
        Map<String, List<Spent>> all = new TreeMap<>();
        Day day = day(events / 2);
        for (int i = 0; i < runs; i++) {
            add(all, "made", send(day, batch -> {}));
            add(all, "appended", appended(day));
            add(all, "judged", judged("cost", day, Orders.expectations()));
            add(all, "twin", twin(day));
        }
        all.forEach((what, spent) -> print("cost: " + what, day, median(spent)));
        out.printf(
                "cost: %,.0f verdicts/s (goal 15,000)%n",
                median(all.get("judged")).rate(day.count()));
        double added = median(all.get("judged")).cpu() - median(all.get("appended")).cpu();
        double twin = median(all.get("twin")).cpu() - median(all.get("made")).cpu();
        double judged = median(all.get("judged")).cpu() - median(all.get("made")).cpu();
        out.printf(
                "cost: judging adds %.2f µs of CPU an event (goal 10); without making the events"
                        + " the judged log takes %.2f µs, the twin %.2f µs%n",
                added * 1e6 / day.events(), judged * 1e6 / day.events(), twin * 1e6 / day.events());
    }

    /** Measures what expectations cost that do not concern what happens. Goal: within 20 %. */
    void amongOthers() throws InterruptedException, IOException {
        Day day = day(events / 2);
        Map<String, List<Spent>> all = new TreeMap<>();
        String few = "1 other";
        String types = "%,d others of other types".formatted(expectations);
        String desks = "%,d others of this type".formatted(expectations);
        for (int i = 0; i < runs; i++) {
            add(all, few, judged(few, day, Orders.amongOtherTypes(1)));
            add(all, types, judged(types, day, Orders.amongOtherTypes(expectations)));
            add(all, desks, judged(desks, day, Orders.amongOtherDesks(expectations)));
        }
        all.forEach(
                (what, spent) -> {
                    print("expectations: " + what, day, median(spent));
                    out.printf(
                            "expectations: %s: %.2f of the CPU with one (goal 1.2)%n",
                            what, median(spent).cpu() / median(all.get(few)).cpu());
                });
    }

    private Day day(int orders) {
        return new Day(orders, Math.min(OPEN, orders / 4), 0, Instant.now(), STEP);
    }

    private static Spent send(Day day, Consumer<List<AuditEvent>> to) throws InterruptedException {
        Meter meter = Meter.start();
        Day today = new Day(day.count(), day.lag(), 0, Instant.now(), STEP);
        Senders.flatOut(day.steps(), BATCH, from -> to.accept(today.batch(from, BATCH)));
        return meter.spent();
    }

    private static Spent appended(Day day) throws InterruptedException, IOException {
        try (JudgedStore store = JudgedStore.silent()) {
            return send(day, store::append);
        }
    }

    private Spent judged(String what, Day day, String yaml)
            throws InterruptedException, IOException {
        try (JudgedStore store = JudgedStore.judging(yaml)) {
            Meter meter = Meter.start();
            send(day, store::append);
            boolean done = store.decided(day.count(), patience);
            Spent spent = meter.spent();
            out.printf(
                    "%s: %s%s%n",
                    what,
                    store.decisions().of(day.count()),
                    done ? "" : ", given up after " + patience.toSeconds() + " s");
            return spent;
        }
    }

    private static Spent twin(Day day) throws InterruptedException, IOException, RocksDBException {
        try (RocksTwin twin = new RocksTwin()) {
            Spent spent = send(day, twin::append);
            if (twin.passed() != day.count()) {
                throw new IllegalStateException(twin.passed() + " passed, not " + day.count());
            }
            return spent;
        }
    }

    private void print(String what, Day day, Spent spent) {
        out.printf(
                "%s: %,.0f events/s, half as many orders, %.2f µs of CPU and %.0f bytes an event%n",
                what,
                spent.rate(day.events()),
                spent.micros(day.events()),
                spent.bytes(day.events()));
    }

    private static void add(Map<String, List<Spent>> all, String what, Spent spent) {
        all.computeIfAbsent(what, name -> new ArrayList<>()).add(spent);
    }

    /** By the time of the processor. */
    private static Spent median(List<Spent> spent) {
        return spent.stream()
                .sorted(Comparator.comparingDouble(Spent::cpu))
                .toList()
                .get(spent.size() / 2);
    }
}
