/**
 * The query API of Jaeger, so that Jaeger's UI and Grafana's data source read traces here: {@code
 * /api/services}, {@code /api/operations}, {@code /api/traces}, {@code /api/dependencies}. Answers,
 * failures and parameters have Jaeger's forms, its looseness included; what a bound left out stands
 * in the header {@code audit-incomplete} and in the warnings of a trace.
 *
 * <p>{@link TraceSearch} finds which traces, {@link Traces} reads them, {@link Trace} says what of
 * a trace is a span and what a log, and {@link TraceJson} writes it. Everything runs on the thread
 * of the request; a trace is in memory while it is written, one at a time.
 *
 * {@snippet file="api/jaeger/JaegerDoorsTest.java" region="search"}
 */
@NullMarked
package io.tradingecosystem.audit.api.jaeger;

import org.jspecify.annotations.NullMarked;
