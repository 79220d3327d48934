package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.correlation.links.EvictedSide;

/** An event of a span, which may be the span's first. */
final class SpanEvent extends Pending {
    static final char LETTER = 'e';

    private final SpanState span;

    SpanEvent(PendingEvent event, SpanState span) {
        super(event);
        this.span = span;
    }

    SpanState span() {
        return span;
    }

    @Override
    EvictedSide.Name evictedSide() {
        return new EvictedSide.Name("", "spans");
    }

    @Override
    void forget() {
        span.remove(this);
    }

    @Override
    void write(ByteWriter out) {
        span.key().write(out.octet(LETTER));
    }
}
