package io.tradingecosystem.audit.bench;

import io.tradingecosystem.audit.bench.Meter.Spent;
import io.tradingecosystem.audit.bench.Orders.Day;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/**
 * How soon a verdict can be read by a watcher after the event that decides it, at an even pace: a
 * number of orders a second, filled half a second later, beside other events. Four senders append
 * two orders' worth at a time. Goal: 99 % within 50 ms.
 */
final class VerdictLatency {
    private static final int TOGETHER = 2;

    private final PrintStream out;
    private final int rate;
    private final int others;
    private final int seconds;
    private final Duration patience;

    VerdictLatency(PrintStream out, BenchArguments sizes) {
        this.out = out;
        this.rate = sizes.size("verdicts");
        this.others = sizes.size("others") / rate;
        this.seconds = sizes.size("seconds");
        this.patience = Duration.ofSeconds(Math.min(20, sizes.size("patience")));
    }

    void run() throws InterruptedException, IOException {
        try (JudgedStore store = JudgedStore.judging(Orders.expectations())) {
            Duration step = Duration.ofSeconds(1).dividedBy(rate);
            Day day = new Day(rate * seconds, rate / 2, others, Instant.now(), step);
            VerdictWatch watch = new VerdictWatch(store.verdicts(), day.count(), patience);
            Meter meter = Meter.start();
            Senders.paced(day.steps(), TOGETHER, rate, from -> send(store, day, watch, from));
            Spent spent = meter.spent();
            watch.await();
            out.printf("latency: %s%n", watch.visible());
            out.printf(
                    "latency: at %,.0f events/s and %,.0f verdicts/s, %.0f %% of one processor,"
                            + " %.2f µs of CPU and %.0f bytes an event; %s%n",
                    spent.rate(day.events()),
                    spent.rate(day.count()),
                    100 * spent.cpu() / spent.seconds(),
                    spent.micros(day.events()),
                    spent.bytes(day.events()),
                    store.decisions().of(day.count()));
        }
    }

    private static void send(JudgedStore store, Day day, VerdictWatch watch, int from) {
        int filled = from - day.lag();
        watch.around(filled, filled + TOGETHER, () -> store.append(day.batch(from, TOGETHER)));
    }
}
