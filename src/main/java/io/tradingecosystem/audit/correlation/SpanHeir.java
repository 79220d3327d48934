package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.correlation.Dossier.Way;
import io.tradingecosystem.audit.correlation.Link.Kind;

/** An event that was caused by a span: its parent, or one that it has a link to. */
final class SpanHeir extends Role {
    static final char LETTER = 'h';

    private final SpanState span;
    private final boolean child;

    SpanHeir(Remembered event, SpanState span, boolean child) {
        super(event);
        this.span = span;
        this.child = child;
    }

    Way way() {
        return child ? Way.PARENT : new Way(Kind.EXPLICIT, span.key().toString());
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
