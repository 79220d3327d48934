package io.tradingecosystem.audit.correlation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An event whose sender named a cause that has not come yet. */
final class Awaiting extends Role {
    static final char LETTER = 'a';

    private final String causeId;
    private final Map<String, List<Awaiting>> waiting;

    private Awaiting(Remembered event, String causeId, Map<String, List<Awaiting>> waiting) {
        super(event);
        this.causeId = causeId;
        this.waiting = waiting;
    }

    static Awaiting of(Remembered event, String causeId, Map<String, List<Awaiting>> waiting) {
        Awaiting awaiting = new Awaiting(event, causeId, waiting);
        waiting.computeIfAbsent(causeId, id -> new ArrayList<>(1)).add(awaiting);
        return awaiting;
    }

    @Override
    void forget() {
        List<Awaiting> others = waiting.get(causeId);
        if (others != null && others.remove(this) && others.isEmpty()) {
            waiting.remove(causeId);
        }
    }

    @Override
    void write(ByteWriter out) {
        out.octet(LETTER).text(causeId);
    }
}
