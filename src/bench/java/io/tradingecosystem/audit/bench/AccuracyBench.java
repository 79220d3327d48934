package io.tradingecosystem.audit.bench;

import io.tradingecosystem.audit.bench.ChaosLoad.Happened;
import io.tradingecosystem.audit.bench.ChaosLoad.Load;
import io.tradingecosystem.audit.scenario.OfflineVerdicts;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How often verdicts and links are right: precision and recall against the truth of made-up runs,
 * as a curve over how many run at once and how wrong their clocks are.
 *
 * <p>Each run has an ordinary and a critical expectation. A verdict is right if it says what really
 * happened. Where an event was lost in its window and the loss was reported, INCONCLUSIVE is right.
 */
public final class AccuracyBench {
    /** A reported loss touches a window that ends this much before it. */
    private static final Duration MARGIN = Duration.ofSeconds(4);

    private AccuracyBench() {}

    /** Prints the curve; the argument is how many runs per point, 2,000 by default. */
    public static void main(String[] arguments) throws IOException {
        int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000;
        PrintStream out = System.out;
        out.println(
                "keys       at once  skew ms  precision  recall  failed:prec  failed:rec"
                        + "  inconclusive  critical missed");
        for (boolean keys : new boolean[] {true, false}) {
            for (int concurrent : new int[] {1, 10, 100, 1_000}) {
                for (int skew : new int[] {0, 100, 500}) {
                    Load load =
                            new Load(
                                    runs, concurrent, Duration.ofMillis(skew), keys, 0.1, 0.005, 7);
                    out.println(measure(load));
                }
            }
        }
        out.println("\nlinks      at once  skew ms  precision  recall");
        for (boolean keys : new boolean[] {true, false}) {
            for (int concurrent : new int[] {1, 10, 100, 1_000}) {
                for (int skew : new int[] {0, 100, 500}) {
                    Load load =
                            new Load(
                                    runs, concurrent, Duration.ofMillis(skew), keys, 0.1, 0.005, 7);
                    out.println(LinkAccuracy.measure(load));
                }
            }
        }
    }

    /**
     * What was measured.
     *
     * @param load of what
     * @param right verdicts that say what happened
     * @param wrong verdicts that say the opposite
     * @param unsure INCONCLUSIVE though nothing was lost
     * @param failedRight FAILED, and rightly so
     * @param failedWrong FAILED, but the reaction came in time
     * @param failedMissed PASSED, but it did not
     * @param criticalMissed the same, of critical expectations
     */
    record Accuracy(
            Load load,
            int right,
            int wrong,
            int unsure,
            int failedRight,
            int failedWrong,
            int failedMissed,
            int criticalMissed) {

        /** Of the verdicts that decide, the part that is right. */
        double precision() {
            return (double) right / Math.max(1, right + wrong);
        }

        /** Of all occurrences, the part whose verdict is right. */
        double recall() {
            return (double) right / Math.max(1, right + wrong + unsure);
        }

        double failedPrecision() {
            return (double) failedRight / Math.max(1, failedRight + failedWrong);
        }

        double failedRecall() {
            return (double) failedRight / Math.max(1, failedRight + failedMissed);
        }

        @Override
        public String toString() {
            return "%-10s %7.0f  %7d  %9.4f  %6.4f  %11.4f  %10.4f  %12d  %15d"
                    .formatted(
                            load.keys() ? "joined" : "times only",
                            load.concurrent(),
                            load.skew().toMillis(),
                            precision(),
                            recall(),
                            failedPrecision(),
                            failedRecall(),
                            unsure,
                            criticalMissed);
        }
    }

    static Accuracy measure(Load load) throws IOException {
        Happened happened = ChaosLoad.happen(load);
        Path folder = Files.createTempDirectory("expectations");
        Path file = Files.writeString(folder.resolve("all.yaml"), expectations(load.keys()));
        try {
            // Two clocks that are wrong by up to skew differ by up to twice that.
            Tolerances tolerances =
                    new Tolerances(
                            Duration.ofSeconds(2),
                            load.skew().multipliedBy(2),
                            Duration.ofSeconds(30));
            OfflineVerdicts.Outcome outcome =
                    OfflineVerdicts.verify(
                            happened.events(),
                            Optional.of(folder),
                            tolerances,
                            Optional.of(Instant.MAX));
            return compare(load, happened, outcome);
        } finally {
            Files.delete(file);
            Files.delete(folder);
        }
    }

    private static Accuracy compare(Load load, Happened happened, OfflineVerdicts.Outcome outcome) {
        int[] count = new int[7];
        for (Verdict verdict : outcome.verdicts()) {
            boolean reacted = happened.reacted().getOrDefault(verdict.triggerId(), false);
            boolean lost =
                    happened.lost().stream()
                            .anyMatch(
                                    at ->
                                            at.isAfter(verdict.triggeredAt().minus(MARGIN))
                                                    && at.isBefore(
                                                            verdict.deadline().plus(MARGIN)));
            if (verdict.status() == Status.INCONCLUSIVE) {
                count[lost ? 0 : 2]++;
                continue;
            }
            boolean passed = verdict.status() == Status.PASSED;
            count[passed == reacted ? 0 : 1]++;
            if (!passed) {
                count[reacted ? 4 : 3]++;
            } else if (!reacted) {
                count[5]++;
                count[6] += verdict.critical() ? 1 : 0;
            }
        }
        return new Accuracy(
                load, count[0], count[1], count[2], count[3], count[4], count[5], count[6]);
    }

    private static String expectations(boolean keys) {
        StringBuilder yaml = new StringBuilder("expectations:\n");
        for (int kind = 0; kind < ChaosLoad.KINDS; kind++) {
            for (boolean critical : new boolean[] {false, true}) {
                yaml.append(
                        """
                          - name: kind-%d-%s
                            critical: %s
                            when: {type: chaos.injected.%d}
                            expect:
                              - name: alert
                                event: {service: risk-monitor, type: risk.alert.%d}
                                within: %ds
                                join: [%s]
                        """
                                .formatted(
                                        kind,
                                        critical ? "critical" : "ordinary",
                                        critical,
                                        kind,
                                        kind,
                                        ChaosLoad.WITHIN.toSeconds(),
                                        keys ? "scenario_id" : ""));
            }
        }
        return yaml.toString();
    }
}
