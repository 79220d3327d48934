package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.expectations.Steady;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;

import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/** Whether events became steady behind a trigger, by counting at every moment that may differ. */
final class ModelSteady {
    private final Steady steady;
    private final List<Span> spans;

    /** From when to when after the trigger an event may have occurred, both included. */
    private record Span(long first, long last) {}

    /**
     * What is to be counted.
     *
     * @param skew by how much the clocks of the trigger and of an event may differ
     */
    ModelSteady(
            Steady steady,
            AuditEvent trigger,
            List<AuditEvent> events,
            ToLongFunction<AuditEvent> skew) {
        this.steady = steady;
        this.spans =
                events.stream()
                        .filter(event -> !event.id().equals(trigger.id()))
                        .map(event -> span(since(trigger, event), skew.applyAsLong(event)))
                        .toList();
    }

    private static Span span(long delay, long skew) {
        return new Span(delay - skew, delay + skew);
    }

    private static long since(AuditEvent trigger, AuditEvent event) {
        return Duration.between(trigger.occurredAt(), event.occurredAt()).toNanos();
    }

    /** How it stands when it is over. */
    State state(boolean lost) {
        TreeSet<Long> moments = moments();
        int max = steady.max().orElse(Integer.MAX_VALUE);
        boolean met =
                moments.stream()
                        .anyMatch(
                                moment ->
                                        surely(moment) >= steady.min()
                                                && (steady.max().isEmpty()
                                                        || (!lost && atMost(moment) <= max)));
        boolean perhaps =
                moments.stream()
                        .anyMatch(
                                moment ->
                                        surely(moment) <= max
                                                && (lost || atMost(moment) >= steady.min()));
        return met ? State.MET : perhaps ? State.UNCERTAIN : State.MISSED;
    }

    /** The first, the last, and all around which an event may begin or cease to count. */
    private TreeSet<Long> moments() {
        TreeSet<Long> moments = new TreeSet<>(List.of(0L, steady.settling().toNanos()));
        for (Span span : spans) {
            for (long edge : new long[] {span.first(), span.last()}) {
                for (long near = -1; near <= 1; near++) {
                    moments.add(edge + near);
                    moments.add(edge - steady.stretch().toNanos() + near);
                }
            }
        }
        moments.removeIf(moment -> moment < 0 || moment > steady.settling().toNanos());
        return moments;
    }

    private long surely(long moment) {
        long end = moment + steady.stretch().toNanos();
        return spans.stream().filter(each -> each.first() >= moment && each.last() < end).count();
    }

    private long atMost(long moment) {
        long end = moment + steady.stretch().toNanos();
        return spans.stream().filter(each -> each.last() >= moment && each.first() < end).count();
    }
}
