package io.tradingecosystem.audit.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What judging costs, how soon a verdict can be seen, and whether either depends on how much else
 * there is. Every placed order wants to be filled within ten seconds, by its key. The log is
 * durable, judged through its public face alone, and as shipped but for its bounds; time is by the
 * wall, processor time is that of the whole process, bytes are those that it made the system write.
 * The parts, each of which can be run alone:
 *
 * <ul>
 *   <li>{@code cost}: {@link JudgingCost}
 *   <li>{@code latency}: {@link VerdictLatency}
 *   <li>{@code trigger}: {@link TriggerCost}
 *   <li>{@code expectations}: {@link JudgingCost#amongOthers}
 *   <li>{@code hot}, {@code burst}: {@link HotKeyCost}, {@link LateTriggers}
 *   <li>{@code memory}: {@link OpenWindows}; to be run with {@code -Xmx512m}
 * </ul>
 *
 * <p>Arguments: names of parts, all by default, and sizes as {@code name=number}; see {@link
 * #SIZES}. System properties that begin with {@code store.} or {@code scenario.} are settings.
 */
public final class VerdictThroughput {
    private static final List<String> MODES =
            List.of("cost", "latency", "trigger", "expectations", "hot", "burst", "memory");

    /** What can be set, and what it is otherwise. */
    private static final Map<String, Long> SIZES =
            new TreeMap<>(
                    Map.ofEntries(
                            // Events of a run whose cost an event is measured, and such runs.
                            Map.entry("events", 400_000L),
                            Map.entry("runs", 3L),
                            // Orders that are judged before anything is measured.
                            Map.entry("warm-up", 100_000L),
                            // Verdicts and other events a second, and for how long.
                            Map.entry("verdicts", 2_000L),
                            Map.entry("others", 20_000L),
                            Map.entry("seconds", 15L),
                            // Events of the effect's type in the window, and triggers of a round.
                            Map.entry("few", 1_000L),
                            Map.entry("some", 100_000L),
                            Map.entry("many", 1_000_000L),
                            Map.entry("triggers", 10_000L),
                            Map.entry("rounds", 3L),
                            // Expectations that concern nothing that happens.
                            Map.entry("expectations", 1_000L),
                            // Triggers and effects of one key.
                            Map.entry("hot", 10_000L),
                            // Effects that came first, triggers at once, and triggers a second.
                            Map.entry("effects", 60_000L),
                            Map.entry("burst", 7_500L),
                            Map.entry("slow", 200L),
                            Map.entry("fast", 400L),
                            Map.entry("late-seconds", 10L),
                            // Open windows.
                            Map.entry("open", 100_000L),
                            Map.entry("most-open", 1_000_000L),
                            // How many seconds are waited for what does not come.
                            Map.entry("patience", 60L)));

    private VerdictThroughput() {}

    /** Measures and prints. */
    public static void main(String[] arguments) throws Exception {
        BenchArguments asked = BenchArguments.of(arguments, MODES, SIZES);
        PrintStream out = System.out;
        out.printf("sizes %s%n", new TreeMap<>(asked.sizes()));
        JudgingCost cost = new JudgingCost(out, asked);
        cost.warmUp();
        for (String mode : asked.modes()) {
            switch (mode) {
                case "cost" -> cost.run();
                case "latency" -> new VerdictLatency(out, asked).run();
                case "trigger" -> new TriggerCost(out, asked).run();
                case "expectations" -> cost.amongOthers();
                case "hot" -> new HotKeyCost(out, asked).run();
                case "burst" -> new LateTriggers(out, asked).run();
                default -> new OpenWindows(out, asked).run();
            }
        }
    }
}
