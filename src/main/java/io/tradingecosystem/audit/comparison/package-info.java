/**
 * Two runs side by side: what is missing, extra, later, earlier, reordered, how delays, durations
 * and rates moved, and which service is most likely at fault. {@link Comparisons} is the way in
 * over a log, {@link Comparison} compares what is at hand. The room is pure Java over the faces of
 * {@code event}, {@code store}, {@code correlation} and {@code scenario}.
 *
 * <p>Questions run on the threads of those who ask; the room has no thread and keeps nothing.
 *
 * {@snippet file="comparison/ComparisonExampleTest.java" region="comparison"}
 */
@NullMarked
package io.tradingecosystem.audit.comparison;

import org.jspecify.annotations.NullMarked;
