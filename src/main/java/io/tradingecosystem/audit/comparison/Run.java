package io.tradingecosystem.audit.comparison;

import io.tradingecosystem.audit.common.Omission;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run as it was read.
 *
 * @param id its scenario_id
 * @param anchor what its times are told from
 * @param lastAt occurred_at of the last event that was read
 * @param complete whether it is over, as far as is known here
 * @param stillOpen why it is not; empty if it is
 * @param facts its events in the order of time, then of the log
 * @param delays the links towards them
 * @param incomplete what bounds left out of it
 */
public record Run(
        String id,
        Anchor anchor,
        Instant lastAt,
        boolean complete,
        String stillOpen,
        List<Fact> facts,
        List<Hop> delays,
        List<Omission> incomplete) {

    public Run {
        facts = List.copyOf(facts);
        delays = List.copyOf(delays);
        incomplete = List.copyOf(incomplete);
    }

    /** How many events were read. */
    public int events() {
        return facts.size();
    }

    /**
     * A link towards an event.
     *
     * @param rule the rule that found it, or its kind in lower case
     * @param cause what it leads from; empty if that is not kept
     * @param effect what it leads to
     * @param nanos from one to the other
     * @param best whether it is the best of those towards its effect
     * @param parent whether it is known by spans, which tell their times themselves
     */
    record Hop(
            String rule,
            Optional<Step> cause,
            Step effect,
            long nanos,
            boolean best,
            boolean parent) {}
}
