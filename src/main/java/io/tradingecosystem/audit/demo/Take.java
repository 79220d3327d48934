package io.tradingecosystem.audit.demo;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * A recording made ready to be played once more: moved to now, and with ids of its own, so that it
 * meets neither its earlier plays nor the original in the log. The distances between its events are
 * as they were recorded.
 *
 * @param events in the order in which they occurred
 */
record Take(List<AuditEvent> events) {

    Take {
        events = List.copyOf(events);
    }

    /**
     * Makes a take.
     *
     * @param run what makes its ids different from those of other takes
     * @param start when its first event occurs
     */
    static Take of(List<AuditEvent> recording, String run, Instant start) {
        List<AuditEvent> ordered =
                recording.stream().sorted(Comparator.comparing(AuditEvent::occurredAt)).toList();
        Duration shift = Duration.between(ordered.getFirst().occurredAt(), start);
        return new Take(ordered.stream().map(event -> moved(event, run, shift)).toList());
    }

    /** From the first event to the last. */
    static Duration length(List<AuditEvent> recording) {
        Instant first =
                recording.stream()
                        .map(AuditEvent::occurredAt)
                        .min(Instant::compareTo)
                        .orElseThrow();
        Instant last =
                recording.stream()
                        .map(AuditEvent::occurredAt)
                        .max(Instant::compareTo)
                        .orElseThrow();
        return Duration.between(first, last);
    }

    private static AuditEvent moved(AuditEvent event, String run, Duration shift) {
        AuditEventBuilder moved =
                event.toBuilder()
                        .id(named(event.id(), run))
                        .causeId(named(event.causeId(), run))
                        .scenarioId(named(event.scenarioId(), run))
                        .correlationId(named(event.correlationId(), run))
                        .traceId(trace(event.traceId(), run))
                        .occurredAt(event.occurredAt().plus(shift))
                        .recordedAt(Instant.EPOCH)
                        .position(0);
        event.attributes()
                .forEach(
                        (name, value) -> {
                            if (name.endsWith("_id")
                                    && value instanceof AttributeValue.Text(String text)) {
                                moved.attribute(name, named(text, run));
                            }
                        });
        return moved.build();
    }

    private static String named(String id, String run) {
        return id.isEmpty() ? id : id + "-" + run;
    }

    private static String trace(String traceId, String run) {
        if (traceId.isEmpty()) {
            return traceId;
        }
        byte[] seed = (traceId + run).getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(seed).toString().replace("-", "");
    }
}
