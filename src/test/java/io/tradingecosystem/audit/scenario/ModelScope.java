package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Marker;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which events in the window of a part count, by comparing each with whatever may have come before
 * it.
 */
record ModelScope(Part part, AuditEvent trigger, Map<String, ModelEvents> events, ModelTime time) {

    /** How one event lies behind another. */
    private enum Behind {
        SURELY,
        PERHAPS,
        NOT
    }

    /** Whether the first that ends it is there, and all that came before is. */
    boolean isClosed() {
        return ends(part.scope().until(), false) || ends(part.scope().next(), true);
    }

    private boolean ends(Optional<Marker> marker, boolean triggers) {
        return candidates(marker).stream()
                .filter(end -> behindTrigger(end, triggers) == Behind.SURELY)
                .anyMatch(end -> time.isSettled(end, trigger, part.lasting()));
    }

    ModelPlacement placement(AuditEvent event, ModelPlacement inWindow) {
        if (part.scope().isWindow() || inWindow == ModelPlacement.OUTSIDE) {
            return inWindow;
        }
        Behind until = cut(event, part.scope().until(), false);
        Behind next = cut(event, part.scope().next(), true);
        if (until == Behind.SURELY || next == Behind.SURELY) {
            return ModelPlacement.OUTSIDE;
        }
        boolean sure = until == Behind.NOT && next == Behind.NOT;
        return sure && time.isSettled(event, trigger, Duration.ZERO)
                ? inWindow
                : ModelPlacement.END;
    }

    /** Whether an event came behind one of those that end the scope. */
    private Behind cut(AuditEvent event, Optional<Marker> marker, boolean triggers) {
        Behind most = Behind.NOT;
        for (AuditEvent end : candidates(marker)) {
            Behind both = least(behindTrigger(end, triggers), behind(event, end, triggers));
            most = both.compareTo(most) < 0 ? both : most;
        }
        return most;
    }

    private static Behind least(Behind one, Behind other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private Behind behindTrigger(AuditEvent end, boolean triggers) {
        if (end.id().equals(trigger.id())) {
            return Behind.NOT;
        }
        boolean tied = time.tolerances().skew(end, trigger) == 0 && since(trigger, end) == 0;
        if (triggers && tied) {
            return end.id().compareTo(trigger.id()) > 0 ? Behind.SURELY : Behind.NOT;
        }
        return behind(end, trigger);
    }

    private Behind behind(AuditEvent event, AuditEvent end, boolean triggers) {
        if (event.id().equals(end.id())) {
            return triggers ? Behind.NOT : Behind.SURELY;
        }
        return behind(event, end);
    }

    private Behind behind(AuditEvent event, AuditEvent first) {
        long skew = time.tolerances().skew(event, first);
        long since = since(first, event);
        return since < -skew ? Behind.NOT : since >= skew ? Behind.SURELY : Behind.PERHAPS;
    }

    private List<AuditEvent> candidates(Optional<Marker> marker) {
        return marker.map(
                        each ->
                                events.get(each.name())
                                        .around(trigger, each.within(), Duration.ofSeconds(1)))
                .orElse(List.of());
    }

    private static long since(AuditEvent one, AuditEvent other) {
        return Duration.between(one.occurredAt(), other.occurredAt()).toNanos();
    }
}
