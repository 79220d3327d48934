package io.tradingecosystem.audit.correlation;

/** An event as the cause or the effect that a rule looks for. */
final class Sighting extends Role {
    static final char LETTER = 'r';

    private final Side side;
    private final long join;

    Sighting(Remembered event, Side side, long join) {
        super(event);
        this.side = side;
        this.join = join;
    }

    Side side() {
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
