package io.tradingecosystem.audit.scenario.runs;

import io.tradingecosystem.audit.definition.EventPattern;

import java.util.Optional;

/** What sources that were silent in a run may hide, as clauses for people. */
public interface Silences {
    /** Why triggers may be missing; empty if none can be. */
    Optional<String> ofTriggers();

    /** Why events that fit a pattern may be missing; empty if none can be. */
    Optional<String> of(EventPattern pattern);
}
