package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Spoken;
import io.tradingecosystem.audit.scenario.Evidence.EventFact;
import io.tradingecosystem.audit.scenario.Evidence.PartSightings;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Effect;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Miss;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.NearestMiss;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which event came nearest to being what was expected.
 *
 * @param occurrence the trigger
 * @param otherKeys finds events with other keys
 * @param knownBy what was recorded later is not looked at, so that the answer stays the same: it is
 *     the allowed lateness before the judgement, so nothing recorded by then is still on its way
 */
record NearMisses(Occurrence occurrence, OtherKeys otherKeys, Instant knownBy) {

    /** Finds an event that fits an effect's pattern in time, but not its keys. */
    @FunctionalInterface
    interface OtherKeys {
        OtherKeys NONE = (effect, knownBy) -> Optional.empty();

        /**
         * The first such event that was recorded by {@code knownBy}, with what differs as a clause
         * for people.
         */
        Optional<Map.Entry<EventFact, String>> find(Effect effect, Instant knownBy);
    }

    /** The event that came nearest to counting. */
    Optional<NearestMiss> nearest(Effect effect, PartSightings track, List<EventFact> counted) {
        Instant deadline = occurrence.at().plus(effect.within());
        Stream<NearestMiss> late =
                track.late().stream()
                        .map(
                                fact ->
                                        miss(
                                                Miss.TOO_LATE,
                                                Duration.between(deadline, fact.occurredAt()),
                                                fact,
                                                "too late"));
        Stream<NearestMiss> before =
                track.before().stream()
                        .map(
                                fact ->
                                        miss(
                                                Miss.BEFORE_TRIGGER,
                                                Duration.between(
                                                        fact.occurredAt(), occurrence.at()),
                                                fact,
                                                "before the trigger"));
        Stream<NearestMiss> unordered =
                track.inside().stream()
                        .filter(fact -> !counted.contains(fact))
                        .reduce((a, b) -> b)
                        .map(fact -> outOfOrder(effect, fact))
                        .stream();
        return Stream.of(unordered, late, before)
                .flatMap(s -> s)
                .min(Comparator.comparing(NearestMiss::by))
                .or(() -> otherKey(effect));
    }

    private NearestMiss outOfOrder(Effect effect, EventFact fact) {
        return new NearestMiss(
                Miss.OUT_OF_ORDER,
                Duration.ZERO,
                occurrence.sighting(fact),
                "came before " + String.join(", ", effect.after()));
    }

    private Optional<NearestMiss> otherKey(Effect effect) {
        return otherKeys
                .find(effect, knownBy)
                .map(
                        found ->
                                new NearestMiss(
                                        Miss.OTHER_KEY,
                                        Duration.ZERO,
                                        occurrence.sighting(found.getKey()),
                                        "came with " + found.getValue()));
    }

    private NearestMiss miss(Miss why, Duration by, EventFact fact, String how) {
        return new NearestMiss(
                why, by, occurrence.sighting(fact), "came " + Spoken.of(by) + " " + how);
    }

    /** Why an effect is missed, as a clause for people. */
    static String explain(Effect effect, List<EventFact> counted, Optional<NearestMiss> miss) {
        String explanation = miss.map(NearestMiss::explanation).orElse("");
        if (effect.min() > 1) {
            String few =
                    counted.size()
                            + " of "
                            + effect.min()
                            + " came within "
                            + Spoken.of(effect.within());
            return explanation.isEmpty() ? few : few + "; another " + explanation;
        }
        return explanation.isEmpty()
                ? "never came within " + Spoken.of(effect.within())
                : explanation + " (expected within " + Spoken.of(effect.within()) + ")";
    }
}
