package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.matching.JoinedEvent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The events of which any may be the one that met an effect: the n-th of those that count, as far
 * as clocks tell. Fewer than n of those that surely count are surely before such an event, and at
 * least n - 1 of those that may count are perhaps before it. For one judgement.
 */
final class MayMeet {
    /** So many are looked at. */
    static final int MAX = 1_000;

    private final ClockSkew clocks;
    private final int min;
    private final List<JoinedEvent> all = new ArrayList<>();
    private final List<JoinedEvent> sure = new ArrayList<>();
    private long end;

    /**
     * Of one effect.
     *
     * @param min so many meet it
     * @param end behind it none counts, in nanoseconds
     */
    MayMeet(ClockSkew clocks, int min, long end) {
        this.clocks = clocks;
        this.min = min;
        this.end = end;
    }

    /**
     * Looks at the events of the effect from a time on.
     *
     * @param counts where an event stands, if it may count
     */
    MayMeet look(PartEvents events, long from, Function<JoinedEvent, Optional<Placement>> counts) {
        events.ascending(
                from,
                end,
                event -> {
                    counts.apply(event).ifPresent(placement -> add(event, placement));
                    return event.at() <= end && all.size() <= MAX;
                });
        return this;
    }

    /** What is far behind the last that must be the n-th is not before any that may be. */
    private void add(JoinedEvent event, Placement placement) {
        all.add(event);
        if (placement == Placement.SURE) {
            sure.add(event);
            if (sure.size() == min) {
                end = Math.min(end, Nanos.plus(event.at(), 2 * Nanos.of(clocks.max())));
            }
        }
    }

    /** Whether there are more than are looked at. */
    boolean isCut() {
        return all.size() > MAX;
    }

    /** Those that may be it, the oldest first. */
    List<JoinedEvent> found() {
        return all.stream().filter(this::mayBe).toList();
    }

    private boolean mayBe(JoinedEvent event) {
        return count(sure, event, true) < min && count(all, event, false) >= min - 1;
    }

    private int count(List<JoinedEvent> others, JoinedEvent event, boolean surely) {
        int before = 0;
        for (JoinedEvent other : others) {
            long skew = Nanos.of(clocks.of(other.clock(), event.clock()));
            long ahead = Nanos.between(other.at(), event.at());
            boolean counts = surely ? ahead > skew : ahead >= -skew;
            before += counts && !other.equals(event) ? 1 : 0;
        }
        return before;
    }
}
