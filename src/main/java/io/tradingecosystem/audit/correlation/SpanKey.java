package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.common.Hash;

import java.util.HexFormat;

/**
 * A span, as two hex ids in numbers.
 *
 * @param traceHigh the first 16 hex digits of the trace id
 * @param traceLow the last 16 hex digits of the trace id
 * @param span the span id
 */
record SpanKey(long traceHigh, long traceLow, long span) {
    static SpanKey of(String traceId, String spanId) {
        return new SpanKey(
                HexFormat.fromHexDigitsToLong(traceId, 0, 16),
                HexFormat.fromHexDigitsToLong(traceId, 16, 32),
                HexFormat.fromHexDigitsToLong(spanId));
    }

    static SpanKey read(ByteReader in) {
        return new SpanKey(in.number(), in.number(), in.number());
    }

    long hash() {
        return Hash.add(Hash.add(Hash.add(Hash.SEED, traceHigh), traceLow), span);
    }

    void write(ByteWriter out) {
        out.number(traceHigh).number(traceLow).number(span);
    }

    @Override
    public String toString() {
        return "%016x%016x/%016x".formatted(traceHigh, traceLow, span);
    }
}
