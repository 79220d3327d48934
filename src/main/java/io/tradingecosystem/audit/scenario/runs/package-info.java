/**
 * Verdicts of runs: what was counted of a run, and how it stands with what is asked of it. It
 * counts outcomes that others judged; it knows neither windows nor the log. No thread of its own.
 * {@link RateTest} tells whether a rate is another than that of a baseline.
 *
 * {@snippet file="scenario/runs/RunsExampleTest.java" region="rates"}
 */
@NullMarked
package io.tradingecosystem.audit.scenario.runs;

import org.jspecify.annotations.NullMarked;
