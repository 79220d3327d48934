/**
 * What became of a run, as a pipeline asks: whether all that had to be judged has passed, for good.
 * {@link RunOutcome#of} decides, and knows neither time nor store.
 *
 * <p>Everything runs on the thread of the caller.
 *
 * {@snippet file="scenario/outcomes/OutcomeExampleTest.java" region="decide"}
 */
@NullMarked
package io.tradingecosystem.audit.scenario.outcomes;

import org.jspecify.annotations.NullMarked;
