/** The OpenTelemetry doors: OTLP over gRPC and HTTP, spans and logs translated to events. */
@NullMarked
package io.tradingecosystem.audit.ingest.otlp;

import org.jspecify.annotations.NullMarked;
