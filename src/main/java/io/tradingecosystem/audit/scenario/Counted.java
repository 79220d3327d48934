package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.matching.JoinedEvent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The events that count for a part, or may, oldest first. Counting stops when enough is known. For
 * one judgement.
 */
final class Counted {
    /** Of those that are not sure, so many are looked at. */
    private static final int MAX_UNSURE = 1_000;

    private final boolean critical;
    private final int enoughKept;
    private final int enoughSure;
    private final List<JoinedEvent> all = new ArrayList<>();
    private final List<JoinedEvent> kept = new ArrayList<>();
    private final List<JoinedEvent> sure = new ArrayList<>();
    private boolean cut;

    /**
     * Nothing is counted.
     *
     * @param critical whether only what is sure counts for a lower limit
     * @param enoughKept so many settle the lower limit
     * @param enoughSure so many settle the upper limit
     */
    Counted(boolean critical, int enoughKept, int enoughSure) {
        this.critical = critical;
        this.enoughKept = enoughKept;
        this.enoughSure = enoughSure;
    }

    /** Counts an event; whether more are wanted. */
    boolean add(JoinedEvent event, Placement placement) {
        if (placement != Placement.SURE && all.size() - sure.size() == MAX_UNSURE) {
            cut = true;
            return false;
        }
        all.add(event);
        if (placement.countsAsKept(critical)) {
            kept.add(event);
        }
        if (placement == Placement.SURE) {
            sure.add(event);
        }
        // What comes after this part, or is timed from it, may hang on those that are sure.
        return sure.size() < Math.min(enoughKept, enoughSure);
    }

    /** Those that may count. */
    List<JoinedEvent> all() {
        return all;
    }

    /** Those that count for a lower limit. */
    List<JoinedEvent> kept() {
        return kept;
    }

    /** Those that count however much clocks differ. */
    List<JoinedEvent> sure() {
        return sure;
    }

    /** The n-th of those that count, from 1. */
    Optional<JoinedEvent> kept(int n) {
        return kept.size() < n ? Optional.empty() : Optional.of(kept.get(n - 1));
    }

    /** Whether more came at the edges than are looked at. */
    boolean isCut() {
        return cut;
    }
}
