package io.tradingecosystem.audit.comparison;

import io.tradingecosystem.audit.common.Spoken;
import io.tradingecosystem.audit.correlation.analysis.Delays;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.ToDoubleBiFunction;

/**
 * Whose times grew. The median of the run is held against the ninth decile of the baseline: what
 * half of the run exceeds and nine of ten of the baseline do not is no accident of one request. A
 * millisecond is added to both, so that microseconds have no ratio.
 */
final class TimeChanges {
    /** So many times as long, for a change of spans that counts. */
    private static final double MIN_RATIO = 3;

    /** So many spans of a kind have a median. */
    private static final int MIN_SPANS = 3;

    private static final double MILLISECOND = 1e6;

    private TimeChanges() {}

    /** Times by the service whose they are, and by what takes them. */
    static final class Times {
        private final Map<String, Map<String, List<Long>>> byService = new TreeMap<>();

        void add(String service, String name, long nanos) {
            byService
                    .computeIfAbsent(service, each -> new TreeMap<>())
                    .computeIfAbsent(name, each -> new ArrayList<>())
                    .add(nanos);
        }

        private void forEach(int min, Visitor visitor) {
            byService.forEach(
                    (service, times) ->
                            times.forEach(
                                    (name, nanos) -> {
                                        if (nanos.size() >= min) {
                                            visitor.visit(service, name, Delays.of(nanos));
                                        }
                                    }));
        }

        private Optional<Delays> of(String service, String name) {
            return Optional.ofNullable(byService.getOrDefault(service, Map.of()).get(name))
                    .map(Delays::of);
        }
    }

    /** Services of which a span takes three times as long as nearly ever before. */
    static Map<String, Change> slower(Times run, Times baseline) {
        return changes(
                run,
                baseline,
                MIN_SPANS,
                (own, other) -> ratio(own.p50(), other.p90()),
                (own, other) -> padded(own.p50()) >= MIN_RATIO * padded(other.p90()),
                (name, own, other) -> "own time of " + grown(name, own, other));
    }

    /** Services whose effects follow later than nearly ever before, be it once. */
    static Map<String, Change> later(Times run, Times baseline) {
        return changes(
                run,
                baseline,
                1,
                (own, other) -> ratio(own.p50(), other.p90()),
                (own, other) -> Alignment.isLater(own.p50().toNanos(), other.p90().toNanos()),
                (name, own, other) -> "delay of " + grown(name, own, other));
    }

    private static String grown(String name, Delays own, Delays other) {
        return "%s: half take %s or more; nine of ten took up to %s"
                .formatted(name, Spoken.of(own.p50()), Spoken.of(other.p90()));
    }

    /** Services of which the slowest tenth of something is slower. */
    static Map<String, Change> slowerTail(Times run, Times baseline) {
        return changes(
                run,
                baseline,
                MIN_SPANS,
                (own, other) -> ratio(own.p90(), other.p90()),
                (own, other) -> own.p90().compareTo(other.p90()) > 0,
                (name, own, other) ->
                        "own time of %s: one of ten takes %s or more; it was %s"
                                .formatted(name, Spoken.of(own.p90()), Spoken.of(other.p90())));
    }

    private static Map<String, Change> changes(
            Times run,
            Times baseline,
            int min,
            ToDoubleBiFunction<Delays, Delays> size,
            BiPredicate<Delays, Delays> counts,
            Words words) {
        Map<String, Change> changes = new TreeMap<>();
        run.forEach(
                min,
                (service, name, own) ->
                        baseline.of(service, name)
                                .filter(other -> other.count() >= min && counts.test(own, other))
                                .map(
                                        other ->
                                                new Change(
                                                        size.applyAsDouble(own, other),
                                                        words.of(name, own, other)))
                                .ifPresent(
                                        change -> changes.merge(service, change, Change::greater)));
        return changes;
    }

    private static double ratio(Duration own, Duration other) {
        return Math.log(padded(own) / padded(other));
    }

    /** Clocks may say that an effect was before its cause, which is no time. */
    private static double padded(Duration time) {
        return Math.max(0, time.toNanos()) + MILLISECOND;
    }

    private interface Visitor {
        void visit(String service, String name, Delays times);
    }

    private interface Words {
        String of(String name, Delays own, Delays other);
    }
}
