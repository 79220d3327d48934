package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.ByteWriter;

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
    void forget() {
        side.remove(this);
    }

    @Override
    void write(ByteWriter out) {
        out.octet(LETTER).number(side.rule().number()).octet(side.isCause() ? 1 : 0).number(join);
    }
}
