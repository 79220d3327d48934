package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.matching.IntervalJoin;
import io.tradingecosystem.audit.matching.JoinHash;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Effect;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Forbidden;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Marker;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.expectations.Steady;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Which windows are to be judged because of an event. A window that is over is, whenever the event
 * may count for it. One that is not over is judged when it is due in any case; before, it is judged
 * only if the event may settle it, that is, if it is the last of so many as decide: otherwise each
 * of ten thousand events of a key would cost a judgement in each of ten thousand windows. For one
 * thread.
 */
final class AffectedWindows {
    /** Where an order among effects counts, so many windows are judged before they are due. */
    private static final int MAX_ORDERED = 256;

    /** Of the events before one, so many more than decide are asked whether they count. */
    private static final int MORE_BEFORE = 8;

    private final ClockSkew clocks;
    private final long skew;

    AffectedWindows(Tolerances tolerances) {
        this.clocks = tolerances.clockSkew();
        this.skew = Nanos.of(clocks.max());
    }

    /**
     * Visits the triggers of the windows that are affected.
     *
     * @param ended windows that ended by then are over, in nanoseconds
     */
    void visit(
            Sought sought, JoinHash key, JoinedEvent event, long ended, Consumer<JoinedEvent> out) {
        Part part = sought.wanted();
        long within = Nanos.of(part.within());
        long first = Nanos.plus(event.at(), -Nanos.plus(within, skew));
        long last = Nanos.plus(event.at(), skew);
        // How long the window of another trigger is, or how many it waits for, is not known here.
        long over = isBound(sought) ? last : Math.min(last, Nanos.plus(ended, -within));
        IntervalJoin join = sought.join();
        if (first <= over) {
            join.triggers()
                    .ascending(
                            key,
                            first,
                            over,
                            trigger -> {
                                if (mayCount(event, trigger, within)) {
                                    out.accept(trigger);
                                }
                                return true;
                            });
        }
        long open = Math.max(first, Nanos.plus(over, 1));
        if (part instanceof Steady) {
            // It is judged when it is over; no event settles it before.
            return;
        }
        if (hangsOnOthers(part)) {
            ordered(join, key, event, within, open, last, out);
        } else {
            boolean strictly = sought.watched().expectation().critical() || isBounded(part);
            deciding(sought, key, event, deciding(part), strictly, open, last, out);
            timed(sought, key, event, open, last, out);
        }
    }

    /** A time hangs on what fulfils an effect, whatever clocks say and as far as they say. */
    private void timed(
            Sought sought,
            JoinHash key,
            JoinedEvent event,
            long from,
            long to,
            Consumer<JoinedEvent> out) {
        Expectation expectation = sought.watched().expectation();
        if (sought.wanted() instanceof Effect effect
                && expectation.slas().stream().anyMatch(sla -> sla.names(effect))) {
            deciding(sought, key, event, effect.min(), expectation.critical(), from, to, out);
            deciding(sought, key, event, effect.min(), true, from, to, out);
        }
    }

    /** Whether all triggers are here for which an event may count. */
    boolean knowsAll(Sought sought, JoinedEvent event) {
        long reach = Nanos.plus(Nanos.of(sought.wanted().within()), skew);
        return sought.join()
                .triggers()
                .isComplete(Nanos.plus(event.at(), -reach), Nanos.plus(event.at(), skew));
    }

    /** The parts of which windows may wait for an event, and those that cannot know. */
    Collection<Sought> concerned(SoughtSide sought, JoinHash key, JoinedEvent event) {
        if (sought.parts().size() == 1) {
            return sought.all();
        }
        Set<Integer> waiting = sought.side().waiting(key);
        if (allKnowAll(sought, event)) {
            return waiting.stream().flatMap(each -> sought.part(each).stream()).toList();
        }
        return sought.all().stream()
                .filter(each -> waiting.contains(each.join().number()) || !knows(each, event))
                .toList();
    }

    private boolean allKnowAll(SoughtSide sought, JoinedEvent event) {
        long reach = Nanos.plus(sought.longest(), skew);
        return sought.side()
                .isKnownToAll(
                        event.at(), Nanos.plus(event.at(), -reach), Nanos.plus(event.at(), skew));
    }

    private boolean knows(Sought sought, JoinedEvent event) {
        return sought.join().effects().isOwn(event.at()) && knowsAll(sought, event);
    }

    /** Whether an event counts for a window, or may. */
    boolean mayCount(JoinedEvent event, JoinedEvent trigger, long within) {
        return !event.id().equals(trigger.id())
                && Placement.of(event, trigger, within, clocks).isPresent();
    }

    /** Visits events that may count for a trigger, at most so many. */
    void visitEffects(
            IntervalJoin join,
            JoinHash key,
            JoinedEvent trigger,
            long within,
            int max,
            Consumer<JoinedEvent> out) {
        int[] seen = {0};
        join.effects()
                .ascending(
                        key,
                        Nanos.plus(trigger.at(), -skew),
                        Nanos.plus(Nanos.plus(trigger.at(), within), skew),
                        event -> {
                            if (mayCount(event, trigger, within)) {
                                out.accept(event);
                            }
                            return ++seen[0] < max;
                        });
    }

    /** Whether any window waits for an event. */
    boolean isAwaited(Sought sought, JoinHash key, JoinedEvent event) {
        long within = Nanos.of(sought.wanted().within());
        return !sought.join()
                .triggers()
                .ascending(
                        key,
                        Nanos.plus(event.at(), -Nanos.plus(within, skew)),
                        Nanos.plus(event.at(), skew),
                        trigger -> !mayCount(event, trigger, within));
    }

    private void ordered(
            IntervalJoin join,
            JoinHash key,
            JoinedEvent event,
            long within,
            long from,
            long to,
            Consumer<JoinedEvent> out) {
        int[] seen = {0};
        join.triggers()
                .descending(
                        key,
                        from,
                        to,
                        trigger -> {
                            if (mayCount(event, trigger, within)) {
                                out.accept(trigger);
                            }
                            return ++seen[0] < MAX_ORDERED;
                        });
    }

    /**
     * Those for which this is the last of so many as decide; the rest know enough, or too little.
     */
    private void deciding(
            Sought sought,
            JoinHash key,
            JoinedEvent event,
            int count,
            boolean strictly,
            long from,
            long to,
            Consumer<JoinedEvent> out) {
        long within = Nanos.of(sought.wanted().within());
        int max = count + MORE_BEFORE;
        List<JoinedEvent> before = before(sought, key, event, max);
        boolean more = before.size() == max;
        boolean newest = isNewest(sought, key, event);
        long first = more ? Math.max(from, Nanos.plus(before.getLast().at(), -skew)) : from;
        Predicate<JoinedEvent> settled =
                trigger -> {
                    if (!counts(event, trigger, within, strictly)) {
                        return false;
                    }
                    int known = 0;
                    for (JoinedEvent each : before) {
                        if (known < count && counts(each, trigger, within, strictly)) {
                            known++;
                        }
                    }
                    return known < count && (!newest || more || known == count - 1);
                };
        sought.join()
                .triggers()
                .ascending(
                        key,
                        first,
                        to,
                        trigger -> {
                            if (settled.test(trigger)) {
                                out.accept(trigger);
                            }
                            return true;
                        });
    }

    private boolean counts(JoinedEvent event, JoinedEvent trigger, long within, boolean strictly) {
        return !event.id().equals(trigger.id())
                && Placement.of(event, trigger, within, clocks)
                        .filter(placement -> placement.countsAsKept(strictly))
                        .isPresent();
    }

    /** The last events before one, the nearest first. */
    private static List<JoinedEvent> before(
            Sought sought, JoinHash key, JoinedEvent event, int count) {
        List<JoinedEvent> before = new ArrayList<>();
        sought.join()
                .effects()
                .descending(
                        key,
                        Nanos.plus(event.at(), -2 * Nanos.of(sought.wanted().within())),
                        event.at(),
                        other -> {
                            if (JoinedEvent.ORDER.compare(other, event) < 0) {
                                before.add(other);
                            }
                            return before.size() < count;
                        });
        return before;
    }

    private boolean isNewest(Sought sought, JoinHash key, JoinedEvent event) {
        long until = Nanos.plus(event.at(), Nanos.plus(Nanos.of(sought.wanted().within()), skew));
        return sought.join()
                .effects()
                .ascending(
                        key,
                        event.at(),
                        until,
                        other -> JoinedEvent.ORDER.compare(other, event) <= 0);
    }

    private static boolean isBound(Sought sought) {
        return !sought.wanted().variables().isEmpty()
                || sought.watched().expectation().takesFrom(sought.wanted());
    }

    /** Whether more than how many came decides. */
    private static boolean hangsOnOthers(Part part) {
        return switch (part) {
            case Effect effect -> !effect.after().isEmpty() || !effect.scope().isWindow();
            case Forbidden forbidden -> !forbidden.scope().isWindow();
            case Steady steady -> false;
            case Marker marker -> true;
        };
    }

    private static boolean isBounded(Part part) {
        return switch (part) {
            case Effect effect -> effect.max().isPresent();
            case Forbidden forbidden -> true;
            case Steady steady -> true;
            case Marker marker -> true;
        };
    }

    /** How many events settle a part before its time. */
    private static int deciding(Part part) {
        return switch (part) {
            case Effect effect ->
                    effect.max().isPresent() ? effect.max().getAsInt() + 1 : effect.min();
            case Forbidden forbidden -> 1;
            case Steady steady -> 0;
            case Marker marker -> 1;
        };
    }
}
