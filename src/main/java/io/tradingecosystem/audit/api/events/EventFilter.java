package io.tradingecosystem.audit.api.events;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.store.Selection;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * Which events a caller wants: all conditions must hold, and one that is empty always does. The
 * most telling condition selects by its index, the others are looked at event by event.
 *
 * @param businessKeys the values of attributes, by their names
 * @param from the earliest occurred_at, inclusive
 * @param to the latest occurred_at, exclusive
 */
public record EventFilter(
        String traceId,
        String correlationId,
        String scenarioId,
        String service,
        String type,
        Map<String, String> businessKeys,
        Instant from,
        Instant to) {

    public EventFilter {
        businessKeys = Map.copyOf(businessKeys);
    }

    /** Names and ids as the log has them. */
    public EventFilter resolved(EventAliases aliases) {
        return new EventFilter(
                traceId.replace("-", "").toLowerCase(Locale.ROOT),
                correlationId,
                scenarioId,
                aliases.service(service),
                type,
                businessKeys,
                from,
                to);
    }

    /** What the index is asked for. */
    Selection selection() {
        return new Selection(key(), from, to);
    }

    private Selection.Key key() {
        if (!traceId.isEmpty()) {
            return new Selection.Key.Trace(traceId);
        }
        if (!correlationId.isEmpty()) {
            return new Selection.Key.Correlation(correlationId);
        }
        if (!businessKeys.isEmpty()) {
            Map.Entry<String, String> first = businessKeys.entrySet().iterator().next();
            return new Selection.Key.Business(first.getKey(), first.getValue());
        }
        if (!scenarioId.isEmpty()) {
            return new Selection.Key.Scenario(scenarioId);
        }
        if (!service.isEmpty()) {
            return type.isEmpty()
                    ? new Selection.Key.Service(service)
                    : new Selection.Key.ServiceAndType(service, type);
        }
        return type.isEmpty() ? new Selection.Key.All() : new Selection.Key.Type(type);
    }

    /** Whether the index alone decides. */
    boolean isSelection() {
        int conditions = businessKeys.size();
        conditions += traceId.isEmpty() ? 0 : 1;
        conditions += correlationId.isEmpty() ? 0 : 1;
        conditions += scenarioId.isEmpty() ? 0 : 1;
        conditions += service.isEmpty() && type.isEmpty() ? 0 : 1;
        return conditions <= 1;
    }

    /** Whether an event meets all conditions. */
    boolean matches(AuditEvent event) {
        return is(traceId, event.traceId())
                && is(correlationId, event.correlationId())
                && is(scenarioId, event.scenarioId())
                && is(service, event.service())
                && is(type, event.type())
                && !event.occurredAt().isBefore(from)
                && event.occurredAt().isBefore(to)
                && businessKeys.entrySet().stream().allMatch(key -> has(event, key));
    }

    private static boolean is(String wanted, String actual) {
        return wanted.isEmpty() || wanted.equals(actual);
    }

    private static boolean has(AuditEvent event, Map.Entry<String, String> key) {
        AttributeValue value = event.attributes().get(key.getKey());
        return value != null && value.asText().equals(key.getValue());
    }
}
