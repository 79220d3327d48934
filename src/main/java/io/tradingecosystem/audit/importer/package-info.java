/**
 * Recorded data of others as events: what Jaeger and Zipkin give as JSON, and tables (CSV). Read as
 * streams, a trace, a span or a row at a time, on the thread of the caller. {@link RecordedFormats}
 * has the formats by their names.
 *
 * {@snippet file="importer/ImporterExampleTest.java" region="table"}
 */
@NullMarked
package io.tradingecosystem.audit.importer;

import org.jspecify.annotations.NullMarked;
