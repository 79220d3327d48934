package io.tradingecosystem.audit.correlation.links;

import io.tradingecosystem.audit.common.Hash;
import io.tradingecosystem.audit.event.AuditEvent;

import java.util.HexFormat;
import java.util.Optional;

/**
 * A span, as two hex ids in numbers.
 *
 * @param traceHigh the first 16 hex digits of the trace id
 * @param traceLow the last 16 hex digits of the trace id
 * @param span the span id
 */
public record SpanKey(long traceHigh, long traceLow, long span) {
    public static SpanKey of(String traceId, String spanId) {
        return new SpanKey(
                HexFormat.fromHexDigitsToLong(traceId, 0, 16),
                HexFormat.fromHexDigitsToLong(traceId, 16, 32),
                HexFormat.fromHexDigitsToLong(spanId));
    }

    /** The span that an event is of. */
    public static Optional<SpanKey> of(AuditEvent event) {
        return event.traceId().isEmpty() || event.spanId().isEmpty()
                ? Optional.empty()
                : Optional.of(of(event.traceId(), event.spanId()));
    }

    /** The id of the event that is made of it, where no other was given: it finds that event. */
    public String eventId() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(traceHigh) + hex.toHexDigits(traceLow) + '-' + hex.toHexDigits(span);
    }

    /** Under which its records stand: two of a million spans seldom have the same one. */
    public long hash() {
        return Hash.add(Hash.add(Hash.add(Hash.SEED, traceHigh), traceLow), span);
    }

    @Override
    public String toString() {
        return "%016x%016x/%016x".formatted(traceHigh, traceLow, span);
    }
}
