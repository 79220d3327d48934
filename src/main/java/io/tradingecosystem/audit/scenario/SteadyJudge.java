package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Spoken;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.scenario.Stretches.Look;
import io.tradingecosystem.audit.scenario.expectations.Steady;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Kind;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether a number of events came into its band and stayed there: met if some stretch surely has as
 * many as it may, missed if none can have. Lost events can only add to what came.
 *
 * @param steady what must become steady
 * @param occurrence the trigger
 * @param deadlines when it is over
 * @param clocks how far clocks may differ
 */
record SteadyJudge(Steady steady, Occurrence occurrence, Deadlines deadlines, ClockSkew clocks) {

    /**
     * Judges.
     *
     * @param unknown what may be missing, as a clause for people
     * @param over whether all that may count has been recorded
     */
    Finding judge(Stretches stretches, Optional<String> unknown, boolean over) {
        if (!over) {
            return open();
        }
        Optional<String> missing = unknown.or(() -> cut(stretches));
        Optional<Look> met = first(stretches, look -> isMet(look, missing.isPresent()));
        if (met.isPresent()) {
            return met(met.get());
        }
        if (first(stretches, look -> mayBeMet(look, missing.isPresent())).isEmpty()) {
            return missed(stretches);
        }
        return uncertain(missing.map(each -> ", but " + each).orElseGet(this::closeness));
    }

    private static Optional<String> cut(Stretches stretches) {
        return stretches.isCut()
                ? Optional.of(
                        "more than " + Stretches.MAX_LOOKED_AT + " came, and no more are counted")
                : Optional.empty();
    }

    private static Optional<Look> first(Stretches stretches, Predicate<Look> test) {
        return stretches.looks().stream().filter(test).findFirst();
    }

    private boolean isMet(Look look, boolean more) {
        return look.sure() >= steady.min()
                && (steady.max().isEmpty() || (!more && look.perhaps() <= max()));
    }

    private boolean mayBeMet(Look look, boolean more) {
        return look.sure() <= max() && (more || look.perhaps() >= steady.min());
    }

    private int max() {
        return steady.max().orElse(Integer.MAX_VALUE);
    }

    private Finding open() {
        String until = Times.format(occurrence.at().plus(steady.settling()));
        return finding(State.OPEN, deadline(), "may settle until " + until + ", and is to stay so");
    }

    private Finding met(Look look) {
        Duration from = Duration.ofNanos(look.from());
        String reason =
                "settled after %s: %s came in the %s from then on (%s)"
                        .formatted(Spoken.of(from), count(look), stretch(), band());
        return finding(State.MET, occurrence.at().plus(from).plus(steady.stretch()), reason);
    }

    private Finding missed(Stretches stretches) {
        int least = stretches.looks().stream().mapToInt(Look::sure).min().orElse(0);
        int most = stretches.looks().stream().mapToInt(Look::perhaps).max().orElse(0);
        String reason =
                least > max()
                        ? "at least %d came in each %s".formatted(least, stretch())
                        : most < steady.min()
                                ? "at most %d came in any %s".formatted(most, stretch())
                                : "the number that came left its band in each " + stretch();
        return finding(
                State.MISSED,
                deadline(),
                "did not settle within %s: %s (%s)"
                        .formatted(Spoken.of(steady.settling()), reason, band()));
    }

    private Finding uncertain(String why) {
        return finding(
                State.UNCERTAIN,
                deadline(),
                "may have settled within %s (%s)%s"
                        .formatted(Spoken.of(steady.settling()), band(), why));
    }

    private String closeness() {
        return ": too close to call, as clocks may differ by " + Spoken.of(clocks.max());
    }

    private static String count(Look look) {
        return look.sure() == look.perhaps()
                ? Integer.toString(look.sure())
                : look.sure() + " to " + look.perhaps();
    }

    private String stretch() {
        return Spoken.of(steady.stretch());
    }

    private String band() {
        if (steady.max().isEmpty()) {
            return "at least " + steady.min() + " expected";
        }
        return steady.min() == 0
                ? "at most " + max() + " allowed"
                : "from " + steady.min() + " to " + max() + " expected";
    }

    private Instant deadline() {
        return deadlines.deadline(steady);
    }

    private Finding finding(State state, Instant at, String reason) {
        return new Finding(
                steady.name(),
                Kind.STEADY,
                state,
                steady.within(),
                at,
                reason + steady.variables().clause(),
                List.of(),
                Optional.empty());
    }
}
