package io.tradingecosystem.audit.correlation;

import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.correlation.links.EvictedSide;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An event whose sender named a cause that has not come yet. */
final class AwaitedCause extends Pending {
    static final char LETTER = 'a';

    private final String causeId;
    private final Map<String, List<AwaitedCause>> waiting;

    private AwaitedCause(
            PendingEvent event, String causeId, Map<String, List<AwaitedCause>> waiting) {
        super(event);
        this.causeId = causeId;
        this.waiting = waiting;
    }

    static AwaitedCause of(
            PendingEvent event, String causeId, Map<String, List<AwaitedCause>> waiting) {
        AwaitedCause awaiting = new AwaitedCause(event, causeId, waiting);
        waiting.computeIfAbsent(causeId, id -> new ArrayList<>(1)).add(awaiting);
        return awaiting;
    }

    @Override
    EvictedSide.Name evictedSide() {
        return new EvictedSide.Name("", "cause-ids");
    }

    @Override
    void forget() {
        List<AwaitedCause> others = waiting.get(causeId);
        if (others != null && others.remove(this) && others.isEmpty()) {
            waiting.remove(causeId);
        }
    }

    @Override
    void write(ByteWriter out) {
        out.octet(LETTER).text(causeId);
    }
}
