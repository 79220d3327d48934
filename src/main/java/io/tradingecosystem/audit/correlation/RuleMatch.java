package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.correlation.links.EvictedSide;
import io.tradingecosystem.audit.correlation.links.LinkBounds;

/** An event as the cause or the effect that a rule looks for. */
final class RuleMatch extends Pending {
    static final char LETTER = 'r';

    private final RuleSide side;
    private final long join;

    RuleMatch(PendingEvent event, RuleSide side, long join) {
        super(event);
        this.side = side;
        this.join = join;
    }

    RuleSide side() {
        return side;
    }

    /** A hash of what cause and effect must share. */
    long join() {
        return join;
    }

    @Override
    EvictedSide.Name evictedSide() {
        return new EvictedSide.Name(
                side.rule().rule().name(), side.isCause() ? "causes" : "effects");
    }

    @Override
    long reachBack(LinkBounds bounds) {
        return side.isCause()
                ? bounds.maxSkew()
                : Math.max(bounds.maxSkew(), side.rule().maxDelay());
    }

    /** An effect may have been one too many between another and a cause. */
    @Override
    long reachAhead(LinkBounds bounds) {
        return side.isCause() ? side.rule().maxDelay() : side.rule().reach();
    }

    @Override
    void forget() {
        side.remove(this);
    }

    @Override
    void write(ByteWriter out) {
        out.octet(LETTER).number(side.rule().number()).octet(side.isCause() ? 1 : 0).number(join);
    }
}
