package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Spoken;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Sla;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Kind;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Finds out whether the time between two steps was kept. A step whose event is in doubt is looked
 * at both ways: only what holds for both is said.
 *
 * @param sla the limit
 * @param critical whether an order within the skew is too close to call
 * @param clocks by how much clocks may differ
 */
record SlaJudge(Sla sla, boolean critical, ClockSkew clocks) {

    /**
     * Judges the time from one step to the other.
     *
     * @param latest within which time after the trigger the other step may come; nothing if one
     *     that was lost does not count
     */
    Finding judge(Fulfilment from, Fulfilment to, Duration latest) {
        Finding first = judge(from.event(), to.event());
        if (first.state() == State.UNCERTAIN) {
            return first;
        }
        if (!holds(first.state(), from, to)) {
            return uncertain(first, "the clocks leave open which event it was");
        }
        return unknown(first.state(), from, to, latest)
                .map(what -> uncertain(first, what))
                .orElse(first);
    }

    /**
     * What was lost that may change it: of what was kept an earlier start, or an end that was late
     * if none is sure; of what was not kept an earlier end.
     */
    private Optional<String> unknown(State state, Fulfilment from, Fulfilment to, Duration latest) {
        if (state != State.MET) {
            return to.unknown();
        }
        boolean mayEndLate = to.surely().isEmpty() && latest.compareTo(sla.within()) > 0;
        return from.unknown().or(() -> mayEndLate ? to.unknown() : Optional.empty());
    }

    /** Whether it is the same with the least time that it can have been, or the most. */
    private boolean holds(State state, Fulfilment from, Fulfilment to) {
        if (state == State.MISSED) {
            return from.surely()
                    .filter(start -> judge(start, to.event()).state() == state)
                    .isPresent();
        }
        return judge(from.event(), to.surely().orElse(to.event())).state() == state;
    }

    private Finding uncertain(Finding finding, String why) {
        return finding(sla, State.UNCERTAIN, finding.at(), finding.reason() + ", but " + why);
    }

    private Finding judge(JoinedEvent from, JoinedEvent to) {
        Duration took = to.since(from);
        Duration skew = clocks.of(from.clock(), to.clock());
        if (took.plus(skew).isNegative() || (critical && took.isNegative())) {
            String reason = "ended " + Spoken.of(took.negated()) + " before it began";
            return finding(sla, State.UNCERTAIN, to.occurredAt(), reason);
        }
        Duration over = took.minus(sla.within());
        String shown = Spoken.of(took.isNegative() ? Duration.ZERO : took);
        String measured = "took " + shown + " of " + Spoken.of(sla.within());
        if (!skew.isZero() && over.abs().compareTo(skew) < 0) {
            String close =
                    measured + ": too close to call, as clocks may differ by " + Spoken.of(skew);
            return finding(sla, State.UNCERTAIN, to.occurredAt(), close);
        }
        State state = over.isPositive() ? State.MISSED : State.MET;
        return finding(sla, state, to.occurredAt(), measured);
    }

    /** A finding about a limit. */
    static Finding finding(Sla sla, State state, Instant at, String reason) {
        return new Finding(
                sla.name(), Kind.SLA, state, sla.within(), at, reason, List.of(), Optional.empty());
    }
}
