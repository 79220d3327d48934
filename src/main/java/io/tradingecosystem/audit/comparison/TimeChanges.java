package io.tradingecosystem.audit.comparison;

import io.tradingecosystem.audit.common.Spoken;
import io.tradingecosystem.audit.correlation.analysis.Delays;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whose times grew. The median of the run is held against the ninth decile of the baseline: what
 * half of the run exceeds and nine of ten of the baseline do not is no accident of one request. A
 * millisecond is added to both, so that microseconds have no ratio.
 */
final class TimeChanges {
    /** So many times as long, for a change that counts. */
    private static final double MIN_RATIO = 3;

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

        private Optional<Delays> of(String service, String name) {
            return Optional.ofNullable(byService.getOrDefault(service, Map.of()).get(name))
                    .map(Delays::of);
        }
    }

    /** Services of which something takes three times as long as nearly ever before. */
    static Map<String, Change> slower(String what, Times run, Times baseline, int min) {
        return changes(
                run,
                baseline,
                min,
                Math.log(MIN_RATIO),
                (own, other) -> ratio(own.p50(), other.p90()),
                (name, own, other) ->
                        "%s of %s: half take over %s; nine of ten took up to %s"
                                .formatted(
                                        what, name, Spoken.of(own.p50()), Spoken.of(other.p90())));
    }

    /** Services of which the slowest tenth of something is slower. */
    static Map<String, Change> slowerTail(Times run, Times baseline, int min) {
        return changes(
                run,
                baseline,
                min,
                0,
                (own, other) -> ratio(own.p90(), other.p90()),
                (name, own, other) ->
                        "own time of %s: one of ten takes over %s; it was %s"
                                .formatted(name, Spoken.of(own.p90()), Spoken.of(other.p90())));
    }

    private static Map<String, Change> changes(
            Times run, Times baseline, int min, double floor, Size size, Words words) {
        Map<String, Change> changes = new TreeMap<>();
        run.byService.forEach(
                (service, names) ->
                        names.keySet()
                                .forEach(
                                        name -> {
                                            Optional<Delays> own = run.of(service, name);
                                            Optional<Delays> other = baseline.of(service, name);
                                            if (counts(own, min) && counts(other, min)) {
                                                double by =
                                                        size.of(
                                                                own.orElseThrow(),
                                                                other.orElseThrow());
                                                if (by > floor) {
                                                    changes.merge(
                                                            service,
                                                            new Change(
                                                                    by,
                                                                    words.of(
                                                                            name,
                                                                            own.orElseThrow(),
                                                                            other.orElseThrow())),
                                                            Change::greater);
                                                }
                                            }
                                        }));
        return changes;
    }

    private static boolean counts(Optional<Delays> times, int min) {
        return times.isPresent() && times.get().count() >= min;
    }

    private static double ratio(Duration own, Duration other) {
        return Math.log(padded(own) / padded(other));
    }

    /** Clocks may say that an effect was before its cause, which is no time. */
    private static double padded(Duration time) {
        return Math.max(0, time.toNanos()) + MILLISECOND;
    }

    private interface Size {
        double of(Delays own, Delays other);
    }

    private interface Words {
        String of(String name, Delays own, Delays other);
    }
}
