package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.definition.JoinKey;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a part may find: the events that fit its pattern, by their keys, in order of time. */
final class ModelEvents {
    static final Comparator<AuditEvent> ORDER =
            Comparator.comparing(AuditEvent::occurredAt).thenComparing(AuditEvent::id);

    private final List<JoinKey> join;
    private final Map<List<String>, List<AuditEvent>> byKeys = new HashMap<>();

    /** Of all events, those that a part may find. */
    ModelEvents(Part part, List<AuditEvent> all) {
        this.join = part.join();
        for (AuditEvent event : all) {
            if (part.pattern().matches(event)) {
                keys(event, false)
                        .ifPresent(
                                keys ->
                                        byKeys.computeIfAbsent(keys, k -> new ArrayList<>())
                                                .add(event));
            }
        }
        byKeys.values().forEach(each -> each.sort(ORDER));
    }

    /** Whether a trigger has every key. */
    boolean areKnownTo(AuditEvent trigger) {
        return keys(trigger, true).isPresent();
    }

    /** Those with the keys of a trigger that occurred within a distance of a stretch behind it. */
    List<AuditEvent> around(AuditEvent trigger, Duration within, Duration distance) {
        List<AuditEvent> sharing =
                keys(trigger, true)
                        .map(keys -> byKeys.getOrDefault(keys, List.of()))
                        .orElse(List.of());
        Instant start = trigger.occurredAt().minus(distance);
        Instant end = trigger.occurredAt().plus(within).plus(distance);
        return sharing.subList(before(sharing, start), before(sharing, end.plusNanos(1)));
    }

    /** How many occurred before a moment. */
    private static int before(List<AuditEvent> events, Instant moment) {
        int from = 0;
        int to = events.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (events.get(middle).occurredAt().isBefore(moment)) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private Optional<List<String>> keys(AuditEvent event, boolean cause) {
        List<String> keys = new ArrayList<>();
        for (JoinKey each : join) {
            Optional<String> value = cause ? each.ofCause(event) : each.ofEffect(event);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            keys.add(value.get());
        }
        return Optional.of(keys);
    }
}
