package io.tradingecosystem.audit.definition;

import io.tradingecosystem.audit.event.AuditEvent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a cause and its effect have in common. {@code scenario_id}, {@code correlation_id}, {@code
 * trace_id}, {@code span_id}, {@code service} and {@code instance} are the event's own; any other
 * name is an attribute. Immutable.
 *
 * @param cause its name on the side of the cause
 * @param effect its name on the side of the effect
 */
public record JoinKey(String cause, String effect) {

    /** The same name on both sides. */
    public static JoinKey of(String name) {
        return new JoinKey(name, name);
    }

    /** The cause's value; empty if it has none. */
    public Optional<String> ofCause(AuditEvent event) {
        return value(cause, event);
    }

    /** The effect's value; empty if it has none. */
    public Optional<String> ofEffect(AuditEvent event) {
        return value(effect, event);
    }

    /** Whether both sides have the key, with the same value. */
    public boolean joins(AuditEvent causeEvent, AuditEvent effectEvent) {
        Optional<String> value = ofCause(causeEvent);
        return value.isPresent() && value.equals(ofEffect(effectEvent));
    }

    /** Reads the list {@code join}: names, or mappings with {@code cause} and {@code effect}. */
    public static List<JoinKey> read(DefinitionNode node) {
        List<JoinKey> keys = new ArrayList<>();
        for (DefinitionNode each : node.children("join")) {
            if (each.isText()) {
                keys.add(of(each.asText()));
            } else {
                keys.add(new JoinKey(each.text("cause"), each.text("effect")));
                each.finish();
            }
        }
        return keys;
    }

    private static Optional<String> value(String name, AuditEvent event) {
        String value =
                switch (name) {
                    case "scenario_id" -> event.scenarioId();
                    case "correlation_id" -> event.correlationId();
                    case "trace_id" -> event.traceId();
                    case "span_id" -> event.spanId();
                    case "service" -> event.service();
                    case "instance" -> event.instance();
                    default -> event.attribute(name);
                };
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }
}
