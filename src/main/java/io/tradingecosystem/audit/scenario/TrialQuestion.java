package io.tradingecosystem.audit.scenario;

import java.time.Instant;

/**
 * What an expectation is tried on.
 *
 * @param text one expectation, as YAML or JSON
 * @param from triggers that occurred from here on; {@link
 *     io.tradingecosystem.audit.store.Selection#BEGINNING} for the first event of the run, or an
 *     hour ago
 * @param to triggers that occurred before; {@link io.tradingecosystem.audit.store.Selection#END}
 *     for behind the last event of the run, or now
 * @param scenarioId triggers of this run only; empty for any
 */
public record TrialQuestion(String text, Instant from, Instant to, String scenarioId) {}
