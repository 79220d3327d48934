/**
 * Expectations, verdicts, runs and reports at both doors: {@code audit.v1.ScenarioService} and its
 * paths.
 */
@NullMarked
package io.tradingecosystem.audit.api.verdicts;

import org.jspecify.annotations.NullMarked;
