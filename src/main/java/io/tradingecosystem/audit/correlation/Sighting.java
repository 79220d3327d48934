package io.tradingecosystem.audit.correlation;

import java.util.Comparator;

/** An event as the cause or the effect that a rule looks for. */
final class Sighting extends Role {
    static final char LETTER = 'r';

    /** By join key, then in the order of occurred_at; the id makes the order complete. */
    static final Comparator<Sighting> ORDER = Sighting::compare;

    private final RuleState state;
    private final boolean cause;
    private final long join;

    Sighting(Remembered event, RuleState state, boolean cause, long join) {
        super(event);
        this.state = state;
        this.cause = cause;
        this.join = join;
    }

    boolean isCause() {
        return cause;
    }

    /** A hash of what cause and effect must share. */
    long join() {
        return join;
    }

    long at() {
        return event().at();
    }

    /** By hand, because it is what linking does most. */
    private static int compare(Sighting a, Sighting b) {
        int byJoin = Long.compare(a.join, b.join);
        if (byJoin != 0) {
            return byJoin;
        }
        int byTime = Long.compare(a.at(), b.at());
        return byTime != 0 ? byTime : a.event().id().compareTo(b.event().id());
    }

    @Override
    void forget() {
        state.remove(this);
    }

    @Override
    void write(ByteWriter out) {
        out.octet(LETTER).number(state.number()).octet(cause ? 1 : 0).number(join);
    }
}
