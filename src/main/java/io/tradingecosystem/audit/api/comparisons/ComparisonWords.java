package io.tradingecosystem.audit.api.comparisons;

import io.tradingecosystem.audit.common.Spoken;
import io.tradingecosystem.audit.comparison.Comparison;
import io.tradingecosystem.audit.comparison.Difference;
import io.tradingecosystem.audit.comparison.HopChange;
import io.tradingecosystem.audit.comparison.MessageChange;
import io.tradingecosystem.audit.comparison.Ranking;
import io.tradingecosystem.audit.comparison.Run;
import io.tradingecosystem.audit.comparison.TimeShift;
import io.tradingecosystem.audit.correlation.analysis.Delays;

import java.time.Duration;
import java.util.Optional;

/** What is different, in sentences without their full stops; the same at every door. */
final class ComparisonWords {
    private ComparisonWords() {}

    static String of(Difference each) {
        return switch (each.kind()) {
            case MISSING ->
                    "%s is missing %s: %s, baseline %s"
                            .formatted(
                                    each.step(),
                                    times(each.by()),
                                    times(each.count()),
                                    baseline(each));
            case EXTRA ->
                    "%s is there %s too often: %s, baseline %s"
                            .formatted(
                                    each.step(),
                                    times(each.by()),
                                    times(each.count()),
                                    baseline(each));
            case LATER, EARLIER ->
                    "%s comes %s %s: at %s, baseline at %s"
                            .formatted(
                                    each.step(),
                                    Spoken.of(each.shift().orElse(Duration.ZERO).abs()),
                                    each.kind() == Difference.Kind.LATER ? "later" : "earlier",
                                    at(each.first()),
                                    at(each.baselineFirst()));
            case REORDERED ->
                    "%s comes behind %s, by %s; in the baseline before it"
                            .formatted(
                                    each.step(),
                                    each.before().map(Object::toString).orElse(""),
                                    Spoken.of(each.shift().orElse(Duration.ZERO).abs()));
        };
    }

    private static String times(int count) {
        return count == 1 ? "once" : count + " times";
    }

    private static String baseline(Difference each) {
        return each.baselineMin() == each.baselineMax()
                ? times(each.baselineMin())
                : each.baselineMin() + " to " + each.baselineMax() + " times";
    }

    private static String at(Optional<Duration> offset) {
        return offset.map(each -> (each.isNegative() ? "" : "+") + Spoken.of(each)).orElse("never");
    }

    static String of(HopChange each) {
        return each.isNew()
                ? "%s leads to %s, %s, and did not".formatted(each.from(), each.to(), each.count())
                : "%s does not lead to %s any more, and did, %s"
                        .formatted(each.from(), each.to(), each.baselineCount());
    }

    static String of(MessageChange each) {
        return "%s says \"%s\" %d times, baseline %d"
                .formatted(each.service(), each.template(), each.count(), each.baselineCount());
    }

    static String of(TimeShift each) {
        return "%s: %s, baseline %s"
                .formatted(each.name(), of(each.times().actual()), of(each.times().baseline()));
    }

    private static String of(Optional<Delays> times) {
        return times.map(
                        each ->
                                "half %s, nine of ten %s (%d)"
                                        .formatted(
                                                Spoken.of(each.p50()),
                                                Spoken.of(each.p90()),
                                                each.count()))
                .orElse("none");
    }

    static String of(Ranking ranking) {
        return ranking.mostLikely()
                .map(service -> "most likely at fault is " + service + ": " + ranking.reason())
                .orElseGet(() -> "cannot tell who is at fault: " + ranking.reason());
    }

    static String quiet(Ranking ranking) {
        return switch (ranking.quiet()) {
            case BASELINES -> "quiet runs are the baselines, each beside the others";
            case HALVES -> "quiet runs are the halves of the baseline's traces";
            case UNKNOWN ->
                    "how far quiet runs are apart is not known: give several baselines, or one"
                            + " with more traces";
        };
    }

    static String of(Run run) {
        String aligned =
                switch (run.anchor().by()) {
                    case TRIGGER ->
                            "at the first trigger of "
                                    + run.anchor().expectation()
                                    + ", "
                                    + run.anchor().eventId();
                    case FIRST_EVENT -> "at its first event, " + run.anchor().eventId();
                };
        return "%s: %d events, aligned %s%s"
                .formatted(
                        run.id(),
                        run.events(),
                        aligned,
                        run.complete() ? "" : "; " + run.stillOpen());
    }

    static String summary(Comparison comparison) {
        return comparison.isSame()
                ? "nothing is missing, extra, later, earlier or reordered"
                : comparison.differences().size()
                        + " differences, "
                        + comparison.hopChanges().size()
                        + " hops came or went";
    }
}
