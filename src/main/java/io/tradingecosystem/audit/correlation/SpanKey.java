package io.tradingecosystem.audit.correlation;

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
                Long.parseUnsignedLong(traceId, 0, 16, 16),
                Long.parseUnsignedLong(traceId, 16, 32, 16),
                Long.parseUnsignedLong(spanId, 16));
    }

    static SpanKey read(ByteReader in) {
        return new SpanKey(in.number(), in.number(), in.number());
    }

    void write(ByteWriter out) {
        out.number(traceHigh).number(traceLow).number(span);
    }

    @Override
    public String toString() {
        return "%016x%016x/%016x".formatted(traceHigh, traceLow, span);
    }
}
