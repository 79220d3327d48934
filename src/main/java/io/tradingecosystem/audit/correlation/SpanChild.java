package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.correlation.links.EffectCauses.Evidence;
import io.tradingecosystem.audit.correlation.links.EvictedSide;
import io.tradingecosystem.audit.correlation.links.Link.Kind;

/** An event that was caused by a span: its parent, or one that it has a link to. */
final class SpanChild extends Pending {
    static final char LETTER = 'h';

    private final SpanState span;
    private final boolean child;

    SpanChild(PendingEvent event, SpanState span, boolean child) {
        super(event);
        this.span = span;
        this.child = child;
    }

    Evidence evidence() {
        return child ? Evidence.PARENT : new Evidence(Kind.EXPLICIT, span.key().toString());
    }

    @Override
    EvictedSide.Name evictedSide() {
        return new EvictedSide.Name("", "span-children");
    }

    @Override
    void forget() {
        span.remove(this);
    }

    @Override
    void write(ByteWriter out) {
        span.key().write(out.octet(LETTER).octet(child ? 1 : 0));
    }
}
