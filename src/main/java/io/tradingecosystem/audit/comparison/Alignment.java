package io.tradingecosystem.audit.comparison;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.comparison.Difference.Kind;
import io.tradingecosystem.audit.comparison.Steps.Seen;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What of a run has no counterpart in its baselines, laid upon each other at their anchors. What
 * differs among the baselines is no difference: a count counts when it is below or above all of
 * theirs, a first occurrence when it is before or behind all of theirs by more than a tolerance.
 */
final class Alignment {
    /** Times that are nearer to each other are the same. */
    static final long MIN_SHIFT = Duration.ofMillis(10).toNanos();

    /** And so are those that are nearer than this part of the longer one. */
    static final double SAME_PART = 0.1;

    /** What is nearer to each other has no order that clocks could tell. */
    static final long ORDERED_APART = Duration.ofMillis(1).toNanos();

    /** So many kinds, the first of the baseline, are looked at in pairs for their order. */
    static final int MAX_ORDERED = 300;

    private final Map<Step, Seen> run;
    private final List<Map<Step, Seen>> baselines;
    private final List<Difference> differences = new ArrayList<>();

    private Alignment(Map<Step, Seen> run, List<Map<Step, Seen>> baselines) {
        this.run = run;
        this.baselines = baselines;
    }

    /** The differences by kind, within it the greatest first. */
    static List<Difference> of(Run run, List<Run> baselines) {
        Alignment alignment =
                new Alignment(
                        Steps.of(run.facts()),
                        baselines.stream().map(each -> Steps.of(each.facts())).toList());
        alignment.compare();
        alignment.differences.sort(order());
        return alignment.differences;
    }

    private static Comparator<Difference> order() {
        return Comparator.comparing(Difference::kind)
                .thenComparing(Comparator.comparingInt(Difference::by).reversed())
                .thenComparing(
                        each -> each.shift().map(Duration::abs).orElse(Duration.ZERO),
                        Comparator.reverseOrder())
                .thenComparing(Difference::step)
                .thenComparing(each -> each.before().orElse(each.step()));
    }

    private void compare() {
        TreeSet<Step> all = new TreeSet<>(run.keySet());
        baselines.forEach(each -> all.addAll(each.keySet()));
        all.forEach(this::compare);
        reorder();
    }

    private void compare(Step step) {
        int count = count(run, step);
        int min = baselines.stream().mapToInt(each -> count(each, step)).min().orElse(0);
        int max = baselines.stream().mapToInt(each -> count(each, step)).max().orElse(0);
        if (count < min) {
            add(Kind.MISSING, step, min - count);
        } else if (count > max) {
            add(Kind.EXTRA, step, count - max);
        }
        long shift = shift(step);
        if (shift != 0) {
            add(shift > 0 ? Kind.LATER : Kind.EARLIER, step, 0);
        }
    }

    private static int count(Map<Step, Seen> steps, Step step) {
        Seen seen = steps.get(step);
        return seen == null ? 0 : seen.count();
    }

    private void add(Kind kind, Step step, int by) {
        Optional<Long> own = first(run, step);
        Optional<Long> nearest = own.flatMap(time -> nearest(step, time)).or(() -> earliest(step));
        differences.add(
                new Difference(
                        kind,
                        step,
                        Optional.empty(),
                        count(run, step),
                        baselines.stream().mapToInt(each -> count(each, step)).min().orElse(0),
                        baselines.stream().mapToInt(each -> count(each, step)).max().orElse(0),
                        own.map(Duration::ofNanos),
                        nearest.map(Duration::ofNanos),
                        by,
                        own.flatMap(time -> nearest.map(other -> Duration.ofNanos(time - other)))));
    }

    private static Optional<Long> first(Map<Step, Seen> steps, Step step) {
        return Optional.ofNullable(steps.get(step)).map(Seen::first);
    }

    private Optional<Long> nearest(Step step, long time) {
        return baselines.stream()
                .flatMap(each -> first(each, step).stream())
                .min(
                        Comparator.comparingLong((Long other) -> Math.abs(time - other))
                                .thenComparing(Comparator.naturalOrder()));
    }

    private Optional<Long> earliest(Step step) {
        return baselines.stream().flatMap(each -> first(each, step).stream()).min(Long::compare);
    }

    /** By how much the first in the run is outside of what the baselines have; 0 within it. */
    private long shift(Step step) {
        Optional<Long> own = first(run, step);
        if (own.isEmpty()) {
            return 0;
        }
        List<Long> firsts = baselines.stream().flatMap(each -> first(each, step).stream()).toList();
        if (firsts.isEmpty()) {
            return 0;
        }
        long least = firsts.stream().min(Long::compare).orElseThrow();
        long greatest = firsts.stream().max(Long::compare).orElseThrow();
        if (own.get() > greatest && isApart(own.get(), greatest)) {
            return own.get() - greatest;
        }
        return own.get() < least && isApart(own.get(), least) ? own.get() - least : 0;
    }

    /** Whether a time is behind another by more than what is no difference. */
    static boolean isLater(long one, long other) {
        return one > other && isApart(one, other);
    }

    private static boolean isApart(long one, long other) {
        double tolerance = SAME_PART * (double) Math.max(Math.abs(one), Math.abs(other));
        return Math.abs(one - other) > Math.max((double) MIN_SHIFT, tolerance);
    }

    /** Pairs that every baseline has in one order, and the run in the other. */
    private void reorder() {
        List<Step> ordered = inOrder();
        for (int i = 0; i < ordered.size(); i++) {
            for (int j = i + 1; j < ordered.size(); j++) {
                if (isTurned(ordered.get(i), ordered.get(j))) {
                    differences.add(turned(ordered.get(i), ordered.get(j)));
                }
            }
        }
    }

    /** How many kinds that all have are not compared in their order. */
    static long unordered(Run run, List<Run> baselines) {
        Alignment alignment =
                new Alignment(
                        Steps.of(run.facts()),
                        baselines.stream().map(each -> Steps.of(each.facts())).toList());
        return Math.max(0, alignment.common().size() - MAX_ORDERED);
    }

    /** The kinds that all have, in the order of the first baseline. */
    private List<Step> inOrder() {
        return common().stream().limit(MAX_ORDERED).toList();
    }

    private List<Step> common() {
        Map<Step, Seen> common = new TreeMap<>(baselines.getFirst());
        common.keySet().retainAll(run.keySet());
        baselines.forEach(each -> common.keySet().retainAll(each.keySet()));
        return common.entrySet().stream()
                .sorted(Comparator.comparingLong(each -> each.getValue().first()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean isTurned(Step earlier, Step later) {
        return isClearlyBefore(run, later, earlier)
                && baselines.stream().allMatch(each -> isClearlyBefore(each, earlier, later));
    }

    private static boolean isClearlyBefore(Map<Step, Seen> steps, Step one, Step other) {
        return seen(steps, other).first() - seen(steps, one).first() > ORDERED_APART;
    }

    private static Seen seen(Map<Step, Seen> steps, Step step) {
        return requireNonNull(steps.get(step), "a step that all have is missing in one");
    }

    private Difference turned(Step earlier, Step later) {
        long first = seen(run, earlier).first();
        long other = seen(run, later).first();
        return new Difference(
                Kind.REORDERED,
                earlier,
                Optional.of(later),
                seen(run, earlier).count(),
                0,
                0,
                Optional.of(Duration.ofNanos(first)),
                nearest(earlier, first).map(Duration::ofNanos),
                0,
                Optional.of(Duration.ofNanos(first - other)));
    }
}
