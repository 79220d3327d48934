package io.tradingecosystem.audit.access;

import io.tradingecosystem.audit.monitoring.Meters;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.ProblemException;

import java.util.List;
import java.util.function.Supplier;

/** Counts what was not served, by door and reason. Thread-safe. */
public final class Denials {
    private final Meters.Counters counters;

    private Denials(Meters.Counters counters) {
        this.counters = counters;
    }

    /** Counts that can be seen among the metrics. */
    public static Denials create(Meters meters) {
        return new Denials(
                meters.counters(
                        "access_denied_total",
                        "Requests that were not served because of who asked, or how",
                        List.of("door", "reason")));
    }

    void count(String door, Problem problem) {
        counters.increment(door, reason(problem));
    }

    /** Passes on what is answered; a refusal is counted. */
    <T> T counted(String door, Supplier<T> answer) {
        try {
            return answer.get();
        } catch (ProblemException e) {
            count(door, e.problem());
            throw e;
        }
    }

    /** The name of a refusal. */
    static String reason(Problem problem) {
        return String.valueOf(problem.members().getOrDefault("reason", "other"));
    }
}
