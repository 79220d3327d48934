/**
 * Rules: what they say, how they are read, how sure a link by them is ({@link Confidence}). {@link
 * RuleReader} reads a rule, {@link RuleSource} a folder of them.
 *
 * <p>Rules are immutable and shared by all threads; the room has no thread of its own.
 *
 * {@snippet file="correlation/CorrelationExampleTest.java" region="rule"}
 */
@NullMarked
package io.tradingecosystem.audit.correlation.rules;

import org.jspecify.annotations.NullMarked;
