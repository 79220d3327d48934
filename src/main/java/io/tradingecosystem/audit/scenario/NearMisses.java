package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.common.Spoken;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Effect;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Miss;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.NearestMiss;
import io.tradingecosystem.audit.store.Selection;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which event came nearest to being what was expected. It is looked for within a budget, among what
 * was recorded before the judgement was due, and never among what another trigger waits for.
 *
 * @param occurrence the trigger
 * @param tolerances how exact the world is
 * @param otherKeys finds events with other keys
 */
record NearMisses(Occurrence occurrence, Tolerances tolerances, OtherKeys otherKeys) {
    private static final int BUDGET = 100;
    private static final Duration LOOK_BEFORE = Duration.ofMinutes(1);
    private static final Duration MIN_LOOK_BEHIND = Duration.ofSeconds(10);
    private static final Duration MAX_LOOK_BEHIND = Duration.ofMinutes(10);

    /** Finds an event that fits an effect's pattern in time, but not its keys. */
    @FunctionalInterface
    interface OtherKeys {
        OtherKeys NONE = (effect, before) -> OtherKey.NONE;

        /** Looks at what was recorded before a time, in nanoseconds. */
        OtherKey find(Effect effect, long before);
    }

    /**
     * An event with another key.
     *
     * @param event the event, if there is one
     * @param difference what differs, as a clause for people
     * @param looked how many were looked at in vain if the budget was used up, else 0
     */
    record OtherKey(Optional<JoinedEvent> event, String difference, int looked) {
        static final OtherKey NONE = new OtherKey(Optional.empty(), "", 0);
    }

    /** How long before the trigger an event is still worth mentioning, in nanoseconds. */
    static long lookBefore() {
        return LOOK_BEFORE.toNanos();
    }

    /** How long after the end of a window an event is still worth mentioning, in nanoseconds. */
    static long lookBehind(Duration within) {
        boolean few = within.compareTo(MIN_LOOK_BEHIND) < 0;
        boolean many = within.compareTo(MAX_LOOK_BEHIND) > 0;
        return (few ? MIN_LOOK_BEHIND : many ? MAX_LOOK_BEHIND : within).toNanos();
    }

    /**
     * The event that came nearest to counting.
     *
     * @param counted what did count, or may have
     * @param due when the judgement was due: what was recorded then or later is not looked at, so
     *     that the answer stays
     */
    Nearest nearest(Effect effect, PartEvents events, List<JoinedEvent> counted, Instant due) {
        long before = nanos(due);
        Predicate<JoinedEvent> worth =
                event ->
                        event.recordedAt() < before
                                && !counted.contains(event)
                                && !events.isOfAnother(event, before);
        long opens = occurrence.trigger().at();
        long closes = Nanos.plus(opens, Nanos.of(effect.within()));
        Search late = new Search(worth);
        events.ascending(
                Nanos.plus(closes, 1), Nanos.plus(closes, lookBehind(effect.within())), late::look);
        Search early = new Search(worth);
        long earliest = Math.max(Nanos.plus(opens, -lookBefore()), events.keptFrom(before));
        events.descending(earliest, Nanos.plus(opens, -1), early::look);
        Search unordered = new Search(worth);
        if (!effect.after().isEmpty() || !effect.scope().isWindow()) {
            events.descending(opens, closes, unordered::look);
        }
        Optional<NearestMiss> nearest =
                Stream.of(
                                unordered.found.map(event -> outOfOrder(effect, event)),
                                late.found.map(event -> tooLate(event, closes)),
                                early.found.map(event -> tooEarly(event, opens)))
                        .flatMap(Optional::stream)
                        .min(Comparator.comparing(NearestMiss::by));
        return nearest.isPresent() ? new Nearest(nearest, 0) : otherKey(effect, due);
    }

    private static long nanos(Instant due) {
        return due.isBefore(Selection.END) ? Times.toEpochNanos(due) : Long.MAX_VALUE;
    }

    /**
     * What came nearest.
     *
     * @param miss the event, if there is one
     * @param looked how many were looked at in vain when the budget was used up, else 0
     */
    record Nearest(Optional<NearestMiss> miss, int looked) {}

    /** Looks for the first event that is worth it, at not too many. */
    private static final class Search {
        private final Predicate<JoinedEvent> worth;
        private Optional<JoinedEvent> found = Optional.empty();
        private int looked;

        Search(Predicate<JoinedEvent> worth) {
            this.worth = worth;
        }

        boolean look(JoinedEvent event) {
            if (worth.test(event)) {
                found = Optional.of(event);
            }
            return found.isEmpty() && ++looked < BUDGET;
        }
    }

    private NearestMiss outOfOrder(Effect effect, JoinedEvent event) {
        return new NearestMiss(
                Miss.OUT_OF_ORDER,
                Duration.ZERO,
                occurrence.sighting(event),
                effect.scope().isWindow()
                        ? "came before " + String.join(", ", effect.after())
                        : "came when it did not count");
    }

    private NearestMiss tooLate(JoinedEvent event, long closes) {
        Duration by = Duration.ofNanos(Nanos.between(closes, event.at()));
        return miss(Miss.TOO_LATE, by, event, "too late");
    }

    private NearestMiss tooEarly(JoinedEvent event, long opens) {
        Duration by = Duration.ofNanos(Nanos.between(event.at(), opens));
        return miss(Miss.BEFORE_TRIGGER, by, event, "before the trigger");
    }

    private NearestMiss miss(Miss why, Duration by, JoinedEvent event, String how) {
        return new NearestMiss(
                why, by, occurrence.sighting(event), "came " + Spoken.of(by) + " " + how);
    }

    /** Which windows an event with another key concerns is not known, should it be on its way. */
    private Nearest otherKey(Effect effect, Instant due) {
        OtherKey found = otherKeys.find(effect, nanos(due.minus(tolerances.allowedLateness())));
        Optional<NearestMiss> miss =
                found.event()
                        .map(
                                event ->
                                        new NearestMiss(
                                                Miss.OTHER_KEY,
                                                Duration.ZERO,
                                                occurrence.sighting(event),
                                                "came with " + found.difference()));
        return new Nearest(miss, found.looked());
    }

    /** Why an effect is missed, as a clause for people. */
    static String explain(Effect effect, int counted, Nearest nearest) {
        String within = "within " + Spoken.of(effect.within());
        String looked =
                nearest.looked() > 0
                        ? " (looked for a near miss among " + nearest.looked() + " others only)"
                        : "";
        String explanation = nearest.miss().map(NearestMiss::explanation).orElse("");
        if (effect.min() > 1) {
            String few = counted + " of " + effect.min() + " came " + within;
            return explanation.isEmpty() ? few + looked : few + "; one more " + explanation;
        }
        return explanation.isEmpty()
                ? "did not come " + within + looked
                : explanation + " (expected " + within + ")";
    }
}
