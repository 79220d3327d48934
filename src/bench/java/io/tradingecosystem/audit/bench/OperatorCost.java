package io.tradingecosystem.audit.bench;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.OfflineVerdicts;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an operator of expectations costs: a recording of orders is judged in memory by nothing that
 * fits, by one expectation of each kind, and by twenty of all kinds: each wants every order, or
 * those of its own book, of which there are twenty, or those of a book with one order in a hundred.
 * Told are events a second of the best of some rounds, how much of the throughput without that is,
 * and processor time. Goal: 70 % with twenty.
 *
 * <p>Arguments: {@code kinds}, {@code every}, {@code own}, {@code rare}, all by default, and {@code
 * events=1000000 rounds=3}.
 */
public final class OperatorCost {
    private static final Instant START = Instant.parse("2026-01-15T12:00:00Z");
    private static final Map<String, Long> SIZES = Map.of("events", 1_000_000L, "rounds", 3L);
    private static final List<String> MODES = List.of("kinds", "every", "own", "rare");
    private static final int MANY = 20;
    private static final int RARE = 100;

    private static final String FILLED = "{type: order.filled}";
    private static final String OF_SERVICE = "{service: exchange-simulator, type: order.filled}";
    private static final String SPEAKS = "\nspeaks: [{service: exchange-simulator, every: 10s}]";
    private static final String WINDOW = window(FILLED, "");
    private static final String LET =
            "expect: [{name: e, event: {type: order.filled, attributes: {order_id: '${oid}'}},"
                    + " within: 10s}]";
    private static final String STEADY =
            "steady: [{name: s, event: {type: order.filled}, within: 10s, for: 10s, at-most: 2,"
                    + " join: [order_id]}]";
    private static final String RUN = "run: {silence: 1m}";

    private final PrintStream out;
    private final BenchArguments sizes;
    private final List<AuditEvent> events;

    private OperatorCost(PrintStream out, BenchArguments sizes) {
        this.out = out;
        this.sizes = sizes;
        this.events = events(sizes.size("events"));
    }

    /** Measures and prints. */
    public static void main(String[] arguments) throws IOException {
        new OperatorCost(System.out, BenchArguments.of(arguments, MODES, SIZES)).run();
    }

    /**
     * A quarter are orders, a quarter their effects, the rest is measured or nothing to anybody.
     */
    private static List<AuditEvent> events(int count) {
        int orders = count / 4;
        Orders.Day day = new Orders.Day(orders, 10, 2, START, Duration.ofNanos(1_000_000));
        List<AuditEvent> events = day.batch(0, day.steps());
        int[] placed = {0};
        events.replaceAll(
                each -> each.type().equals("order.placed") ? of(placed[0]++, each) : each);
        return events;
    }

    private static AuditEvent of(int number, AuditEvent order) {
        return order.toBuilder()
                .attribute("book", "book-" + number % MANY)
                .attribute("rare", number % RARE == 0)
                .build();
    }

    private static Map<String, String> operators() {
        Map<String, String> operators = new LinkedHashMap<>();
        operators.put("window", WINDOW);
        operators.put("never", "never: [{name: e, event: {type: order.rejected}, within: 10s}]");
        operators.put("any-of", window("{any-of: [{type: order.filled}, {type: x}]}", ""));
        operators.put("until", window(FILLED, ", until: {type: session.closed}"));
        operators.put("once", window(FILLED, ", once: true"));
        operators.put("unless", window(FILLED, ", unless: {event: {type: order.rejected}}"));
        operators.put("let", "let: {oid: trigger.order_id}\n" + LET);
        operators.put("steady", STEADY);
        operators.put("speaks", window(OF_SERVICE, "") + SPEAKS);
        operators.put("each", WINDOW + "\n" + RUN);
        operators.put("share", WINDOW + "\n" + RUN + "\neach: {at-least: 99%}");
        operators.put("rate", measure("rate: true"));
        operators.put("distinct", measure("distinct: order_id"));
        operators.put("sum", measure("sum: price"));
        return operators;
    }

    private static String window(String event, String more) {
        return "expect: [{name: e, event: %s, within: 10s, join: [order_id]%s}]"
                .formatted(event, more);
    }

    private static String measure(String what) {
        return "measure: [{name: m, event: {type: order.filled}, %s, at-least: 0}]\n%s"
                .formatted(what, RUN);
    }

    private void run() throws IOException {
        double without = measured("none", List.of("when: {type: nothing}\n" + WINDOW), 0);
        Map<String, String> operators = operators();
        for (String mode : sizes.modes()) {
            switch (mode) {
                case "kinds" -> kinds(operators, without);
                case "every" -> twenty("every order", "", without);
                case "own" -> twenty("orders of its own", ", attributes: {book: book-%d}", without);
                case "rare" -> twenty("one order in 100", ", attributes: {rare: true}", without);
                default -> throw new IllegalArgumentException(mode);
            }
        }
    }

    private void kinds(Map<String, String> operators, double without) throws IOException {
        for (Map.Entry<String, String> each : operators.entrySet()) {
            String body = "when: {type: order.placed}\n" + each.getValue();
            measured(each.getKey(), List.of(body), without);
        }
    }

    /**
     * Twenty of all kinds.
     *
     * @param which orders each wants, with a place for its number
     */
    private void twenty(String name, String which, double without) throws IOException {
        List<String> kinds = List.copyOf(operators().values());
        List<String> twenty = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            String when = "when: {type: order.placed" + which.formatted(i) + "}\n";
            twenty.add(when + kinds.get(i % kinds.size()));
        }
        measured("twenty of all kinds, each for " + name, twenty, without);
    }

    private double measured(String name, List<String> bodies, double without) throws IOException {
        Path folder = folder(bodies);
        double best = 0;
        double least = Double.MAX_VALUE;
        for (int round = 0; round < sizes.size("rounds"); round++) {
            Meter meter = Meter.start();
            OfflineVerdicts.verify(
                    events, Optional.of(folder), Tolerances.DEFAULT, Optional.of(Instant.MAX));
            Meter.Spent spent = meter.spent();
            best = Math.max(best, spent.rate(events.size()));
            least = Math.min(least, spent.micros(events.size()));
        }
        out.printf(
                "%s: %,.0f events/s, %.0f %% of without, %.1f µs of CPU an event%n",
                name, best, without == 0 ? 100 : 100 * best / without, least);
        return best;
    }

    private static Path folder(List<String> bodies) throws IOException {
        Path folder = Files.createTempDirectory("operator-cost");
        for (int i = 0; i < bodies.size(); i++) {
            Files.writeString(
                    folder.resolve("x" + i + ".yaml"), "name: x" + i + "\n" + bodies.get(i) + "\n");
        }
        return folder;
    }
}
