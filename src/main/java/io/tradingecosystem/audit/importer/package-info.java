/**
 * Recorded data of others as events: what Jaeger and Zipkin give as JSON, and tables (CSV). Read as
 * streams, a trace, a span or a row at a time, on the thread of the caller.
 */
@NullMarked
package io.tradingecosystem.audit.importer;

import org.jspecify.annotations.NullMarked;
