/**
 * The OpenTelemetry doors: OTLP over gRPC and HTTP, spans and logs translated to events. {@link
 * Otlp} adds both doors.
 *
 * <p>Requests run on the threads of the doors; the room has no thread of its own.
 *
 * {@snippet file="app/ServiceExampleTest.java" region="otlp"}
 */
@NullMarked
package io.tradingecosystem.audit.ingest.otlp;

import org.jspecify.annotations.NullMarked;
