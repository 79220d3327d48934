/**
 * One line per event, for people or as JSON. {@link EventLogger} writes events with fields, {@link
 * Logs} configures the JDK's logging, {@link TraceContext} carries the caller's trace.
 *
 * <p>A line is written on the thread that logs; a trace belongs to the thread that runs within it.
 * The room knows {@code common} only.
 *
 * {@snippet file="logging/LoggingExampleTest.java" region="line"}
 */
@NullMarked
package io.tradingecosystem.audit.logging;

import org.jspecify.annotations.NullMarked;
