package io.tradingecosystem.audit.scenario.runs;

import io.tradingecosystem.audit.scenario.expectations.Measure;
import io.tradingecosystem.audit.scenario.expectations.Measure.Limit;
import io.tradingecosystem.audit.scenario.expectations.Measure.Of;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How it stands with what is measured over a run: a pure function of what was measured.
 *
 * @param measure what is asked
 * @param measured what was measured
 * @param took how long the run took
 * @param over whether it is over
 * @param lost why nothing is sure
 * @param silence why there may be more events than were told
 * @param baseline what it is compared with, where it is
 */
public record MeasureJudge(
        Measure measure,
        Measured measured,
        Duration took,
        boolean over,
        Optional<String> lost,
        Optional<String> silence,
        Optional<Baseline> baseline) {
    private static final MathContext SHOWN = new MathContext(12, RoundingMode.HALF_EVEN);

    /** How it stands. */
    public State state() {
        if (!over) {
            return State.OPEN;
        }
        if (doubt().isPresent()) {
            return State.UNCERTAIN;
        }
        State least = measure.atLeast().map(limit -> against(limit, true)).orElse(State.MET);
        State most = measure.atMost().map(limit -> against(limit, false)).orElse(State.MET);
        return silence.isEmpty() ? both(least, most) : withMore(least, most);
    }

    /** How it stands whatever else came: a sum may go down again, the others only up. */
    private State withMore(State least, State most) {
        boolean up = measure.of() != Of.SUM;
        if (up && most == State.MISSED) {
            return State.MISSED;
        }
        return up && least == State.MET && measure.atMost().isEmpty() ? least : State.UNCERTAIN;
    }

    private static State both(State least, State most) {
        if (least == State.MISSED || most == State.MISSED) {
            return State.MISSED;
        }
        return least == State.MET ? most : least;
    }

    private Optional<String> doubt() {
        Optional<String> base = baseline.flatMap(Baseline::doubt);
        return lost.or(this::unread)
                .or(() -> few().map(silence::orElse))
                .or(() -> base)
                .or(this::instant);
    }

    private Optional<String> unread() {
        return measured.unreadable() == 0
                ? Optional.empty()
                : Optional.of(
                        "UNREADABLE: "
                                + measured.unreadable()
                                + " events have no "
                                + measure.attribute()
                                + " that can be "
                                + (measure.of() == Of.SUM ? "added up" : "told apart"));
    }

    private Optional<String> few() {
        long fewest =
                other().isPresent() && measure.of() != Of.RATE
                        ? Math.min(measured.count(), base().measured().count())
                        : measured.count();
        return fewest < measure.minSamples()
                ? Optional.of("MIN_SAMPLES: fewer than " + measure.minSamples() + " events came")
                : Optional.empty();
    }

    private Optional<String> instant() {
        boolean none = took.isZero() || (other().isPresent() && base().took().isZero());
        return measure.of() == Of.RATE && none
                ? Optional.of("a run that takes no time has no rate")
                : Optional.empty();
    }

    /** The baseline, where that is another run. */
    private Optional<Baseline> other() {
        return baseline.filter(some -> !some.itself());
    }

    private Baseline base() {
        return baseline.orElseThrow();
    }

    private State against(Limit limit, boolean least) {
        if (limit.ofBaseline() && base().itself()) {
            return State.MET;
        }
        if (limit.ofBaseline() && measure.of() == Of.RATE) {
            return tested(limit.value().doubleValue(), least);
        }
        int compared = product().compareTo(bound(limit));
        if (measure.of() == Of.DISTINCT && measured.more()) {
            return compared < 0 ? State.UNCERTAIN : least ? State.MET : over(compared);
        }
        return (least ? compared >= 0 : compared <= 0) ? State.MET : State.MISSED;
    }

    /** There are more than were counted. */
    private static State over(int compared) {
        return compared >= 0 ? State.MISSED : State.UNCERTAIN;
    }

    /** What is compared: exact, so a rate is not divided but its limit multiplied. */
    private BigDecimal product() {
        return switch (measure.of()) {
            case RATE -> BigDecimal.valueOf(measured.count()).scaleByPowerOfTen(9);
            case DISTINCT -> BigDecimal.valueOf(measured.distinct());
            case SUM -> measured.sum();
        };
    }

    private BigDecimal bound(Limit limit) {
        return switch (measure.of()) {
            case RATE -> limit.value().multiply(BigDecimal.valueOf(took.toNanos()));
            case DISTINCT ->
                    limit.ofBaseline()
                            ? limit.value()
                                    .multiply(BigDecimal.valueOf(base().measured().distinct()))
                            : limit.value();
            case SUM ->
                    limit.ofBaseline()
                            ? limit.value().multiply(base().measured().sum())
                            : limit.value();
        };
    }

    private State tested(double times, boolean least) {
        RateTest test = test();
        double above = test.orMore(times);
        double below = test.orFewer(times);
        if ((least ? above : below) <= RateTest.LEVEL) {
            return State.MET;
        }
        return (least ? below : above) <= RateTest.LEVEL ? State.MISSED : State.UNCERTAIN;
    }

    private RateTest test() {
        return new RateTest(
                measured.count(),
                took.toNanos() / 1e9,
                base().measured().count(),
                base().took().toNanos() / 1e9);
    }

    /** A sentence for people. */
    public String reason() {
        StringBuilder reason = new StringBuilder(what());
        measure.atLeast()
                .ifPresent(limit -> reason.append(", at least ").append(limit).append(" asked"));
        measure.atMost()
                .ifPresent(limit -> reason.append(", at most ").append(limit).append(" allowed"));
        if (over) {
            baseline.filter(some -> some.doubt().isEmpty())
                    .ifPresent(some -> reason.append("; ").append(compared(some)));
            doubt().or(this::close).ifPresent(why -> reason.append("; ").append(why));
        }
        return reason.toString();
    }

    private String what() {
        String more = measured.more() ? "more than " : "";
        return switch (measure.of()) {
            case RATE -> "is " + rate(measured, took) + "/s (" + measured.count() + " events)";
            case DISTINCT ->
                    "is " + more + measured.distinct() + " values of " + measure.attribute();
            case SUM -> "is " + measured.sum().toPlainString() + " of " + measure.attribute();
        };
    }

    private String compared(Baseline base) {
        String value =
                switch (measure.of()) {
                    case RATE -> rate(base.measured(), base.took()) + "/s";
                    case DISTINCT -> "" + base.measured().distinct();
                    case SUM -> base.measured().sum().toPlainString();
                };
        if (base.itself()) {
            return "this run is the baseline";
        }
        return "the baseline " + base.run() + " has " + value + tested();
    }

    private String tested() {
        if (measure.of() != Of.RATE || took.isZero() || base().took().isZero()) {
            return "";
        }
        Limit limit = measure.atMost().filter(Limit::ofBaseline).or(measure::atLeast).orElseThrow();
        double times = limit.value().doubleValue();
        return String.format(
                Locale.ROOT,
                " (exact conditional binomial test: so many or more %.4f, or fewer %.4f)",
                test().orMore(times),
                test().orFewer(times));
    }

    private Optional<String> close() {
        if (state() != State.UNCERTAIN) {
            return Optional.empty();
        }
        if (silence.isPresent()) {
            return silence;
        }
        return Optional.of(
                measure.of() == Of.DISTINCT
                        ? "MAX_DISTINCT: no more than " + Measured.MAX_DISTINCT + " are told apart"
                        : "too few to tell it from chance");
    }

    private static String rate(Measured measured, Duration took) {
        return took.isZero() ? "?" : value(measured, took).toPlainString();
    }

    private static BigDecimal value(Measured measured, Duration took) {
        return BigDecimal.valueOf(measured.count())
                .divide(BigDecimal.valueOf(took.toNanos()).scaleByPowerOfTen(-9), SHOWN)
                .stripTrailingZeros();
    }

    /** What was measured, by name. */
    public Map<String, BigDecimal> figures() {
        Map<String, BigDecimal> figures = new LinkedHashMap<>();
        figures.put("events", BigDecimal.valueOf(measured.count()));
        switch (measure.of()) {
            case RATE -> {
                if (!took.isZero()) {
                    figures.put("rate", plain(value(measured, took)));
                }
            }
            case DISTINCT -> figures.put("distinct", BigDecimal.valueOf(measured.distinct()));
            case SUM -> figures.put("sum", measured.sum());
        }
        if (measured.unreadable() > 0) {
            figures.put("unreadable", BigDecimal.valueOf(measured.unreadable()));
        }
        return figures;
    }

    private static BigDecimal plain(BigDecimal value) {
        return value.scale() < 0 ? value.setScale(0, RoundingMode.UNNECESSARY) : value;
    }
}
