/**
 * Verdicts: what they are, how they are written and read again, what they say in the log. {@link
 * Verdict} is the record, {@link VerdictStoreReader} answers questions.
 *
 * <p>Verdicts are read on the threads of those who ask and written on the thread of the follower
 * {@code scenario} only.
 *
 * {@snippet file="scenario/ScenarioExampleTest.java" region="verdict"}
 */
@NullMarked
package io.tradingecosystem.audit.scenario.verdicts;

import org.jspecify.annotations.NullMarked;
