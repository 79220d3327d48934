/**
 * The interval join under links and verdicts: which events share a key and lie within a time of
 * each other. {@link ClockSkew} says how exactly their times can be compared.
 *
 * <p>The thread of the follower that owns a join calls it; the records here are immutable and may
 * be read by any thread.
 *
 * {@snippet file="matching/MatchingExampleTest.java" region="clocks"}
 */
@NullMarked
package io.tradingecosystem.audit.matching;

import org.jspecify.annotations.NullMarked;
