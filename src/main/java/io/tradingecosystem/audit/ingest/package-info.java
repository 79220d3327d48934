/** Every door an event comes in by: gRPC, REST, OTLP. They only translate. */
@NullMarked
package io.tradingecosystem.audit.ingest;

import org.jspecify.annotations.NullMarked;
