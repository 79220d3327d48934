package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Marker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether an event came before the first of some others that came behind the trigger, as far as
 * clocks tell. For one judgement.
 */
final class CutOff {
    /** Of the events that may be the first, so many are looked at. */
    static final int MAX_LOOKED_AT = 1_000;

    private final JoinedEvent trigger;
    private final ClockSkew clocks;
    private final PartEvents events;
    private final Kind kind;
    private final long skew;
    private final List<End> ends = new ArrayList<>();
    private Optional<JoinedEvent> first = Optional.empty();
    private boolean more;

    /** What is looked for. */
    enum Kind {
        /** Any event behind the trigger; what is one of them does not come before it. */
        UNTIL,
        /** The next trigger, where ids decide between two at one time; no event is its own. */
        NEXT
    }

    /** One that may be the first. */
    private record End(JoinedEvent event, Placement place) {}

    CutOff(Marker marker, Kind kind, PartEvents events, JoinedEvent trigger, ClockSkew clocks) {
        this.trigger = trigger;
        this.clocks = clocks;
        this.events = events;
        this.kind = kind;
        this.skew = Nanos.of(clocks.max());
        long within = Nanos.of(marker.within());
        events.ascending(
                Nanos.plus(trigger.at(), -skew),
                Nanos.plus(Nanos.plus(trigger.at(), within), skew),
                this::look);
    }

    /** Looks at one more; what comes long after the first adds nothing. */
    private boolean look(JoinedEvent event) {
        if (first.isPresent() && event.at() > Nanos.plus(first.get().at(), 2 * skew)) {
            return false;
        }
        Optional<Placement> place = behindTrigger(event);
        if (place.isPresent() && ends.size() == MAX_LOOKED_AT) {
            more = true;
            return false;
        }
        place.ifPresent(sure -> add(new End(event, sure)));
        return true;
    }

    private void add(End end) {
        ends.add(end);
        if (first.isEmpty() && end.place() == Placement.SURE) {
            first = Optional.of(end.event());
        }
    }

    private Optional<Placement> behindTrigger(JoinedEvent event) {
        boolean tied =
                event.at() == trigger.at() && clocks.of(event.clock(), trigger.clock()).isZero();
        if (kind == Kind.NEXT && tied) {
            return JoinedEvent.ORDER.compare(event, trigger) > 0
                    ? Optional.of(Placement.SURE)
                    : Optional.empty();
        }
        return Placement.behind(event, trigger, clocks);
    }

    /** The first that surely came behind the trigger. */
    Optional<JoinedEvent> first() {
        return first;
    }

    /** Behind it no event came before the first any more, in nanoseconds. */
    long last() {
        return first.isPresent() ? Nanos.plus(first.get().at(), skew) : Long.MAX_VALUE;
    }

    /** What may be missing among them, as a clause for people. */
    Optional<String> leftOut() {
        return events.leftOut().or(events::lacked);
    }

    /**
     * Whether an event came before the first of those that are here: surely, perhaps ({@link
     * Placement#END}), or, empty, surely not.
     */
    Optional<Placement> before(JoinedEvent event) {
        boolean perhaps = more && Nanos.plus(event.at(), skew) >= ends.getLast().event().at();
        for (End end : ends) {
            Optional<Placement> behind = behind(event, end.event()).map(end.place()::and);
            if (behind.filter(Placement.SURE::equals).isPresent()) {
                return Optional.empty();
            }
            perhaps |= behind.isPresent();
        }
        return Optional.of(perhaps ? Placement.END : Placement.SURE);
    }

    private Optional<Placement> behind(JoinedEvent event, JoinedEvent end) {
        boolean itself = event.id().equals(end.id());
        return itself && kind == Kind.UNTIL
                ? Optional.of(Placement.SURE)
                : Placement.behind(event, end, clocks);
    }
}
