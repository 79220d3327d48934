package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Spoken;
import io.tradingecosystem.audit.scenario.Evidence.EventFact;
import io.tradingecosystem.audit.scenario.Evidence.PartSightings;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Effect;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Forbidden;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Kind;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.NearestMiss;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out how it stands with the parts of one occurrence, in their order: what must come first is
 * known when what comes after it is looked at. Not thread-safe; made for one judgement.
 */
final class PartJudge {
    private final Occurrence occurrence;
    private final boolean critical;
    private final Deadlines deadlines;
    private final Tolerances tolerances;
    private final NearMisses.OtherKeys otherKeys;
    private final Instant asOf;
    private final Map<String, Instant> fulfilled = new HashMap<>();

    PartJudge(boolean critical, Deadlines deadlines, NearMisses.OtherKeys otherKeys, Instant asOf) {
        this.occurrence = deadlines.occurrence();
        this.critical = critical;
        this.deadlines = deadlines;
        this.tolerances = deadlines.tolerances();
        this.otherKeys = otherKeys;
        this.asOf = asOf;
    }

    /** When an effect was fulfilled; empty if it has not been. */
    Optional<Instant> fulfilledAt(String effect) {
        return Optional.ofNullable(fulfilled.get(effect));
    }

    Finding effect(Effect effect, PartSightings track) {
        Instant deadline = occurrence.at().plus(effect.within());
        List<EventFact> counted = counted(effect, track);
        if (effect.max().isPresent() && counted.size() > effect.max().getAsInt()) {
            Instant at = counted.get(effect.max().getAsInt()).occurredAt();
            String reason =
                    "came more than " + effect.max().getAsInt() + " times, " + wanted(effect);
            return finding(effect, State.MISSED, at, reason, counted, Optional.empty());
        }
        if (counted.size() >= effect.min()) {
            return enough(effect, counted, deadline);
        }
        if (!over(effect.within())) {
            String reason = "waiting until " + deadline;
            return finding(effect, State.OPEN, deadline, reason, counted, Optional.empty());
        }
        Instant knownBy = deadlines.due(effect.within()).minus(tolerances.allowedLateness());
        NearMisses misses = new NearMisses(occurrence, otherKeys, knownBy);
        Optional<NearestMiss> miss = misses.nearest(effect, track, counted);
        String reason = NearMisses.explain(effect, counted, miss);
        Optional<Gap> gap = deadlines.gapIn(effect.within());
        return gap.isPresent()
                ? finding(effect, State.UNCERTAIN, deadline, reason + but(gap.get()), counted, miss)
                : finding(effect, State.MISSED, deadline, reason, counted, miss);
    }

    private Finding enough(Effect effect, List<EventFact> counted, Instant deadline) {
        Instant at =
                effect.min() == 0 ? occurrence.at() : counted.get(effect.min() - 1).occurredAt();
        fulfilled.put(effect.name(), at);
        Duration delay = Duration.between(occurrence.at(), at);
        String reason = came(effect, delay);
        boolean bounded = effect.max().isPresent();
        boolean close = tooClose(delay, effect.within());
        if (!bounded && !close) {
            return finding(effect, State.MET, at, reason, counted, Optional.empty());
        }
        if (!over(effect.within())) {
            String waiting = reason + "; certain at " + deadline;
            return finding(effect, State.OPEN, deadline, waiting, counted, Optional.empty());
        }
        if (close) {
            String skewed = reason + ": too close to call, as clocks may differ by " + skew();
            return finding(effect, State.UNCERTAIN, deadline, skewed, counted, Optional.empty());
        }
        Optional<Gap> gap = deadlines.gapIn(effect.within());
        return gap.isPresent()
                ? finding(
                        effect,
                        State.UNCERTAIN,
                        deadline,
                        reason + but(gap.get()),
                        counted,
                        Optional.empty())
                : finding(effect, State.MET, deadline, reason, counted, Optional.empty());
    }

    private static String came(Effect effect, Duration delay) {
        if (effect.min() == 0) {
            return "came no more than allowed within " + limit(effect);
        }
        String count = effect.min() > 1 ? effect.min() + " came, the last " : "came ";
        return count + "after " + Spoken.of(positive(delay)) + " of " + limit(effect);
    }

    Finding forbidden(Forbidden forbidden, PartSightings track) {
        Instant deadline = occurrence.at().plus(forbidden.within());
        List<EventFact> seen = track.inside();
        if (!seen.isEmpty()) {
            EventFact first = seen.getFirst();
            String after = Spoken.of(Duration.between(occurrence.at(), first.occurredAt()));
            String reason = "came after " + after + ", which is forbidden for " + limit(forbidden);
            return finding(
                    forbidden, State.MISSED, first.occurredAt(), reason, seen, Optional.empty());
        }
        if (!over(forbidden.within())) {
            String reason = "has not come; forbidden until " + deadline;
            return finding(forbidden, State.OPEN, deadline, reason, seen, Optional.empty());
        }
        Optional<Gap> gap = deadlines.gapIn(forbidden.within());
        if (gap.isPresent()) {
            String reason = "did not come" + but(gap.get());
            return finding(forbidden, State.UNCERTAIN, deadline, reason, seen, Optional.empty());
        }
        if (critical && onTheEdge(track, deadline)) {
            String reason =
                    "came at the edge of its window: too close to call, as clocks may differ by "
                            + skew();
            return finding(forbidden, State.UNCERTAIN, deadline, reason, seen, Optional.empty());
        }
        String reason = "did not come within " + limit(forbidden);
        return finding(forbidden, State.MET, deadline, reason, seen, Optional.empty());
    }

    private boolean onTheEdge(PartSightings track, Instant deadline) {
        Instant edge = deadline.plus(tolerances.clockSkew());
        Instant start = occurrence.at().minus(tolerances.clockSkew());
        return track.before().filter(fact -> !fact.occurredAt().isBefore(start)).isPresent()
                || track.late().filter(fact -> !fact.occurredAt().isAfter(edge)).isPresent();
    }

    private List<EventFact> counted(Effect effect, PartSightings track) {
        Optional<Instant> start = start(effect);
        return start.isEmpty()
                ? List.of()
                : track.inside().stream()
                        .filter(fact -> !fact.occurredAt().isBefore(start.get()))
                        .toList();
    }

    /**
     * From when on events count; empty if an effect that must come first has not been fulfilled.
     */
    private Optional<Instant> start(Effect effect) {
        Instant start = occurrence.at();
        for (String first : effect.after()) {
            Instant at = fulfilled.get(first);
            if (at == null) {
                return Optional.empty();
            }
            start = Deadlines.later(start, at);
        }
        return Optional.of(start.minus(tolerances.clockSkew()));
    }

    private Finding finding(
            Expectation.Part part,
            State state,
            Instant at,
            String reason,
            List<EventFact> facts,
            Optional<NearestMiss> miss) {
        return new Finding(
                part.name(),
                part instanceof Effect ? Kind.EFFECT : Kind.FORBIDDEN,
                state,
                part.within(),
                at,
                reason,
                facts.stream().limit(shown(part)).map(occurrence::sighting).toList(),
                miss);
    }

    /** Only what decides is shown, so that one more alert of many does not amend a verdict. */
    private static int shown(Expectation.Part part) {
        int deciding =
                switch (part) {
                    case Effect effect -> Math.max(effect.min(), effect.max().orElse(0) + 1);
                    case Forbidden forbidden -> 1;
                };
        return Math.min(deciding, Finding.MAX_SIGHTINGS);
    }

    private boolean over(Duration within) {
        return !asOf.isBefore(deadlines.due(within));
    }

    /** Whether a delay is so near to a limit that clocks decide. */
    boolean tooClose(Duration delay, Duration within) {
        return critical
                && delay.compareTo(within.minus(tolerances.clockSkew())) > 0
                && !tolerances.clockSkew().isZero();
    }

    private String skew() {
        return Spoken.of(tolerances.clockSkew());
    }

    private static String but(Gap gap) {
        return ", but " + gap.clause();
    }

    private static String limit(Expectation.Part part) {
        return Spoken.of(part.within());
    }

    private static String wanted(Effect effect) {
        int max = effect.max().orElseThrow();
        return effect.min() == max ? "exactly " + max + " expected" : "at most " + max + " allowed";
    }

    /** A delay as it is told: clocks may differ, but nothing comes before its cause. */
    static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
