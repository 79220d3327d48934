package io.tradingecosystem.audit.event;

/**
 * A reference from an event to a span of this or another trace, as OpenTelemetry has it.
 *
 * @param traceId 32 hex digits
 * @param spanId 16 hex digits
 */
public record SpanLink(String traceId, String spanId) {}
