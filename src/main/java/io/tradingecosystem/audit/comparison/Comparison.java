package io.tradingecosystem.audit.comparison;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Omission;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A run beside its baselines. Every list has the greatest change first, and equal ones in the order
 * of their names. Immutable.
 *
 * @param run the run
 * @param baselines what it is held against, at least one
 * @param differences what is missing, extra, later, earlier, reordered
 * @param rules how long effects take to follow, by rule or kind
 * @param hops the same by kind of cause and effect
 * @param durations of spans, by kind
 * @param ownTimes of spans, by service; see {@link OwnTimes}
 * @param rates events, errors and warnings by service
 * @param messages what is said more often or less often
 * @param hopChanges which service leads to which, and did not; or does not, and did
 * @param ranking which service is most likely at fault
 * @param incomplete what bounds left out of this; what they left out of a run stands there
 */
public record Comparison(
        Run run,
        List<Run> baselines,
        List<Difference> differences,
        List<TimeShift> rules,
        List<TimeShift> hops,
        List<TimeShift> durations,
        List<TimeShift> ownTimes,
        List<ServiceRates> rates,
        List<MessageChange> messages,
        List<HopChange> hopChanges,
        Ranking ranking,
        List<Omission> incomplete) {
    /** So many rows of each list are told. */
    static final int MAX_ROWS = 500;

    public Comparison {
        requireNonNull(run, "run is null");
        baselines = List.copyOf(baselines);
    }

    /** Compares a run with at least one other. */
    public static Comparison of(Run run, List<Run> baselines) {
        return of(run, baselines, MAX_ROWS);
    }

    static Comparison of(Run run, List<Run> baselines, int maxRows) {
        Sample own = Sample.of(run);
        List<Sample> others = baselines.stream().map(Sample::of).toList();
        Sample other = Sample.together(others);
        Rows rows = new Rows(maxRows);
        return new Comparison(
                run,
                baselines,
                rows.of(Alignment.of(run, baselines)),
                rows.of(shifts(own, other, Comparison::rules)),
                rows.of(shifts(own, other, Comparison::hops)),
                rows.of(shifts(own, other, Comparison::durations)),
                rows.of(shifts(own, other, Comparison::ownTimes)),
                rows.of(ServiceRates.of(own, other)),
                rows.of(MessageChange.of(own, other)),
                rows.of(HopChange.of(own, other)),
                FaultSearch.of(own, others),
                Omission.all(
                        Omission.ifAny(Bound.COMPARED_ORDER, Alignment.unordered(run, baselines)),
                        Omission.ifAny(Bound.COMPARED_ROWS, rows.cut)));
    }

    /** Whether nothing is missing, extra, later, earlier or reordered, and no hop came or went. */
    public boolean isSame() {
        return differences.isEmpty() && hopChanges.isEmpty();
    }

    /** Whether all runs are over, as far as is known. */
    public boolean isComplete() {
        return run.complete() && baselines.stream().allMatch(Run::complete);
    }

    private static List<TimeShift> shifts(
            Sample run, Sample baseline, Function<Sample, Map<String, List<Long>>> times) {
        return TimeShift.of(times.apply(run), times.apply(baseline));
    }

    private static Map<String, List<Long>> rules(Sample sample) {
        return collect(add -> sample.hops().forEach(hop -> add.accept(hop.rule(), hop.nanos())));
    }

    private static Map<String, List<Long>> hops(Sample sample) {
        return collect(
                add ->
                        sample.hops().stream()
                                .filter(hop -> hop.best() && hop.cause().isPresent())
                                .forEach(
                                        hop ->
                                                add.accept(
                                                        hop.cause().get() + " -> " + hop.effect(),
                                                        hop.nanos())));
    }

    private static Map<String, List<Long>> durations(Sample sample) {
        return collect(
                add ->
                        sample.facts().stream()
                                .filter(Fact::isSpan)
                                .forEach(
                                        span ->
                                                add.accept(
                                                        span.step().toString(), span.duration())));
    }

    private static Map<String, List<Long>> ownTimes(Sample sample) {
        return collect(
                add -> sample.ownTimes().forEach(own -> add.accept(own.service(), own.nanos())));
    }

    private static Map<String, List<Long>> collect(Consumer<BiConsumer<String, Long>> walk) {
        Map<String, List<Long>> times = new TreeMap<>();
        walk.accept(
                (name, nanos) -> times.computeIfAbsent(name, each -> new ArrayList<>()).add(nanos));
        return times;
    }

    /** Cuts lists, and counts what it cuts. */
    private static final class Rows {
        private final int max;
        private long cut;

        Rows(int max) {
            this.max = max;
        }

        <T> List<T> of(List<T> all) {
            cut += Math.max(0, all.size() - max);
            return List.copyOf(all.subList(0, Math.min(all.size(), max)));
        }
    }
}
