/**
 * What events and links tell together: timelines ({@link Timelines}), causal chains ({@link
 * CausalChains}), groups, delays, differences of clocks.
 *
 * <p>A question runs on the thread of its caller; the virtual thread {@code timeline-page} reads
 * the next page of a timeline meanwhile.
 *
 * {@snippet file="correlation/CorrelationExampleTest.java" region="timeline"}
 */
@NullMarked
package io.tradingecosystem.audit.correlation.analysis;

import org.jspecify.annotations.NullMarked;
