package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Spoken;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.scenario.NearMisses.Nearest;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Effect;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Forbidden;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Marker;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.expectations.Steady;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Kind;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.NearestMiss;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Sighting;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says in words how it stands with one part of one occurrence. Times in it are by occurred_at.
 *
 * @param occurrence the trigger
 * @param deadlines when its windows are over
 * @param part what is looked for
 * @param closedBy the event with which its scope ended before its window
 */
record Findings(
        Occurrence occurrence, Deadlines deadlines, Part part, Optional<JoinedEvent> closedBy) {

    /** Without a key, or what it takes, nothing can be said to belong to this trigger. */
    Finding lacking(String lacked) {
        String reason = "cannot be judged, as " + lacked;
        return finding(State.UNCERTAIN, occurrence.at(), reason, List.of());
    }

    Finding tooMany(Effect effect, Counted counted, int max, int beyond) {
        int seen = counted.sure().size();
        String times = seen > max + beyond ? "more than " + (seen - 1) : Integer.toString(seen);
        String reason = "came " + times + " times, " + wanted(effect);
        JoinedEvent oneTooMany = counted.sure().get(max);
        return finding(State.MISSED, oneTooMany.occurredAt(), reason, counted.sure());
    }

    Finding met(Effect effect, Counted counted) {
        Instant at = effect.max().isPresent() ? deadline() : at(effect, counted);
        return finding(State.MET, at, came(effect, counted), counted.kept());
    }

    Finding enoughSoFar(Effect effect, Counted counted) {
        String reason = came(effect, counted) + "; certain at " + Times.format(deadline());
        return finding(State.OPEN, deadline(), reason, counted.kept());
    }

    Finding waiting(Counted counted) {
        return finding(
                State.OPEN,
                deadline(),
                "waiting until " + Times.format(deadline()),
                counted.kept());
    }

    Finding tooClose(Effect effect, Counted counted, ClockSkew clocks) {
        String count =
                counted.all().size() > 1 ? counted.all().size() + " came, the last " : "came ";
        JoinedEvent last = counted.all().getLast();
        String counts =
                effect.min() > 1 || effect.max().isPresent()
                        ? " ("
                                + counted.sure().size()
                                + " for sure, "
                                + (effect.max().isPresent()
                                        ? wanted(effect)
                                        : effect.min() + " expected")
                                + ")"
                        : "";
        String reason = count + after(last) + counts + closeness(last, clocks);
        return finding(State.UNCERTAIN, deadline(), reason, counted.all());
    }

    Finding uncertain(Effect effect, Counted counted, String unknown) {
        String reason = came(effect, counted) + ", but " + unknown;
        return finding(State.UNCERTAIN, deadline(), reason, counted.kept());
    }

    Finding perhapsMissed(Effect effect, Counted counted, Nearest nearest, String unknown) {
        String reason =
                NearMisses.explain(effect, counted.all().size(), nearest) + ", but " + unknown;
        return finding(State.UNCERTAIN, deadline(), reason, counted.all(), nearest.miss());
    }

    Finding missed(Effect effect, Counted counted, Nearest nearest) {
        String reason = NearMisses.explain(effect, counted.all().size(), nearest);
        return finding(State.MISSED, deadline(), reason, counted.all(), nearest.miss());
    }

    Finding forbiddenCame(JoinedEvent event) {
        String reason = "came " + after(event) + ", which is forbidden for " + limit();
        return finding(State.MISSED, event.occurredAt(), reason, List.of(event));
    }

    Finding notYet(Counted counted) {
        String came =
                part.scope().isWindow() || counted.all().isEmpty()
                        ? "has not come"
                        : "came "
                                + after(counted.all().getFirst())
                                + ", and it is not sure yet that it counts";
        String reason = came + "; forbidden until " + Times.format(deadline());
        return finding(State.OPEN, deadline(), reason, List.of());
    }

    Finding perhapsCounts(Counted counted, String doubt) {
        String reason =
                "came " + after(counted.all().getLast()) + " of " + limit() + ", but " + doubt;
        return finding(State.UNCERTAIN, deadline(), reason, counted.all());
    }

    Finding atTheEdge(Counted counted, ClockSkew clocks) {
        JoinedEvent event = counted.all().getFirst();
        String reason = "came " + after(event) + closeness(event, clocks);
        return finding(State.UNCERTAIN, deadline(), reason, counted.all());
    }

    Finding perhapsCame(String unknown) {
        return finding(State.UNCERTAIN, deadline(), "did not come, but " + unknown, List.of());
    }

    Finding didNotCome() {
        return finding(State.MET, deadline(), "did not come within " + limit(), List.of());
    }

    private Instant deadline() {
        return closedBy.map(JoinedEvent::occurredAt).orElseGet(() -> deadlines.deadline(part));
    }

    private Instant at(Effect effect, Counted counted) {
        return counted.kept(effect.min())
                .filter(event -> effect.min() > 0)
                .map(JoinedEvent::occurredAt)
                .orElse(occurrence.at());
    }

    private String came(Effect effect, Counted counted) {
        if (effect.min() == 0) {
            return "came no more than allowed within " + limit();
        }
        JoinedEvent last = counted.kept().get(effect.min() - 1);
        String count = effect.min() > 1 ? effect.min() + " came, the last " : "came ";
        return count + after(last) + " of " + limit();
    }

    /** By its clock an event may have come before the trigger. */
    private String after(JoinedEvent event) {
        Duration delay = event.since(occurrence.trigger());
        return delay.isNegative()
                ? Spoken.of(delay.negated()) + " before the trigger by its clock"
                : "after " + Spoken.of(delay);
    }

    private String closeness(JoinedEvent event, ClockSkew clocks) {
        Duration skew = clocks.of(occurrence.trigger().clock(), event.clock());
        String which =
                skew.isZero()
                        ? "clocks may differ by " + Spoken.of(clocks.max())
                        : "the clocks of "
                                + Quoted.of(occurrence.trigger().service())
                                + " and "
                                + Quoted.of(event.service())
                                + " may differ by "
                                + Spoken.of(skew);
        return " of " + limit() + ": too close to call, as " + which;
    }

    private String limit() {
        return closedBy.map(
                        end ->
                                Spoken.of(end.since(occurrence.trigger()))
                                        + ", when "
                                        + Quoted.of(end.type())
                                        + " came")
                .orElseGet(() -> Spoken.of(part.within()));
    }

    private static String wanted(Effect effect) {
        int max = effect.max().orElseThrow();
        return effect.min() == max ? "exactly " + max + " expected" : "at most " + max + " allowed";
    }

    private Finding finding(State state, Instant at, String reason, List<JoinedEvent> events) {
        return finding(state, at, reason, events, Optional.empty());
    }

    private Finding finding(
            State state,
            Instant at,
            String reason,
            List<JoinedEvent> events,
            Optional<NearestMiss> miss) {
        return new Finding(
                part.name(),
                kind(part),
                state,
                part.within(),
                at,
                reason + part.variables().clause(),
                sightings(events),
                miss);
    }

    private static Kind kind(Part part) {
        return switch (part) {
            case Effect effect -> Kind.EFFECT;
            case Forbidden forbidden -> Kind.FORBIDDEN;
            case Steady steady -> Kind.STEADY;
            case Marker marker -> throw new IllegalArgumentException("no finding on a marker");
        };
    }

    private List<Sighting> sightings(List<JoinedEvent> events) {
        List<Sighting> sightings = new ArrayList<>();
        for (JoinedEvent event : events.subList(0, Math.min(events.size(), shown(part)))) {
            sightings.add(occurrence.sighting(event));
        }
        return sightings;
    }

    /** Only what decides is shown, so that one more alert of many does not amend a verdict. */
    private static int shown(Part part) {
        int deciding =
                switch (part) {
                    case Effect effect -> Math.max(effect.min(), effect.max().orElse(0) + 1);
                    case Forbidden forbidden -> 1;
                    case Steady steady -> 0;
                    case Marker marker -> 1;
                };
        return Math.min(deciding, Finding.MAX_SIGHTINGS);
    }
}
