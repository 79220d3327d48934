package io.tradingecosystem.audit.event;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One name for the same thing. An attribute is renamed to the name that the table gives it, or
 * becomes a field of the event if the table says so and the field is empty; a service gets the one
 * name under which it is looked for. Where both the name and another name for it are present, both
 * stay as they are: nothing is overwritten. Immutable.
 */
public final class EventAliases {
    /** The names that services of the ecosystem are known to use. */
    public static final Map<String, List<String>> DEFAULT_NAMES = defaultNames();

    /** The services that go by two names. */
    public static final Map<String, List<String>> DEFAULT_SERVICES =
            Map.of("trading-system-engine", List.of("trading-engine"));

    /** No names but the own ones. */
    public static final EventAliases NONE = of(Map.of(), Map.of());

    /** The names that are known without a setting. */
    public static final EventAliases DEFAULT = of(DEFAULT_NAMES, DEFAULT_SERVICES);

    private final Map<String, String> attributes = new HashMap<>();
    private final Map<String, EventField> fields = new HashMap<>();
    private final Map<String, String> services = new HashMap<>();

    private EventAliases(Map<String, List<String>> names, Map<String, List<String>> services) {
        names.forEach(
                (name, others) -> {
                    Optional<EventField> field = EventField.of(name);
                    if (field.isPresent()) {
                        fields.put(name, field.get());
                        others.forEach(other -> fields.put(other, field.get()));
                    } else {
                        others.forEach(other -> attributes.put(other, name));
                    }
                });
        services.forEach((name, others) -> others.forEach(o -> this.services.put(o, name)));
    }

    /**
     * Aliases from a table.
     *
     * @param names the other names of a field or attribute, by its own name
     * @param services the other names of a service, by its own name
     */
    public static EventAliases of(
            Map<String, List<String>> names, Map<String, List<String>> services) {
        return new EventAliases(names, services);
    }

    /** The name under which a service's events are kept. */
    public String service(String name) {
        return services.getOrDefault(name, name);
    }

    /** The name under which an attribute is kept. */
    public String attribute(String name) {
        return attributes.getOrDefault(name, name);
    }

    /** The name of the field or attribute that a name stands for. */
    public String name(String name) {
        EventField field = fields.get(name);
        return field == null ? attribute(name) : field.word();
    }

    /**
     * Whether a name stands for something that every event has, by this table as by the default
     * one, so that an event may have an attribute of this name beside it.
     */
    public boolean isBesideItsField(String name) {
        EventField field = fields.get(name);
        return field != null && field.isRequired() && DEFAULT.fields.get(name) == field;
    }

    /** Whether an attribute of this name is a name for the event's type. */
    public boolean meansType(String attribute) {
        return fields.get(attribute) == EventField.TYPE;
    }

    /** Whether an attribute of this name is a name for the event's service. */
    public boolean meansService(String attribute) {
        return fields.get(attribute) == EventField.SERVICE;
    }

    /** Whether an attribute of this name says to which flow or chaos run an event belongs. */
    public boolean meansFlow(String attribute) {
        EventField field = fields.get(attribute);
        return field == EventField.CORRELATION_ID || field == EventField.SCENARIO_ID;
    }

    /** Resolves every name in the draft; says what is wrong if a field's value is unreadable. */
    Optional<EventProblem> resolve(AuditEventBuilder event) {
        if (hasAlias(event.attributes)) {
            Map<String, AttributeValue> reported = new LinkedHashMap<>(event.attributes);
            Map<String, AttributeValue> resolved = event.changeable();
            resolved.clear();
            for (Map.Entry<String, AttributeValue> entry : reported.entrySet()) {
                String name = entry.getKey();
                EventField field = fields.get(name);
                if (field != null) {
                    switch (field.lift(event, entry.getValue())) {
                        case MOVED -> {}
                        case STAYS -> resolved.put(name, entry.getValue());
                        case UNREADABLE -> {
                            return Optional.of(unreadable(field, name, entry.getValue()));
                        }
                    }
                } else {
                    String own = attribute(name);
                    boolean taken = !own.equals(name) && isTaken(own, reported, event);
                    resolved.put(taken ? name : own, entry.getValue());
                }
            }
        }
        event.service = service(event.service);
        return Optional.empty();
    }

    private boolean hasAlias(Map<String, AttributeValue> names) {
        for (String name : names.keySet()) {
            if (attributes.containsKey(name) || fields.containsKey(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTaken(
            String name, Map<String, AttributeValue> reported, AuditEventBuilder event) {
        return reported.containsKey(name) || event.attributes.containsKey(name);
    }

    private static EventProblem unreadable(EventField field, String name, AttributeValue value) {
        return new EventProblem(
                EventProblem.Reason.BAD_TIME,
                name
                        + " is a name of "
                        + field.word()
                        + ", and \""
                        + value.asText()
                        + "\" is neither RFC 3339 nor nanoseconds since the epoch");
    }

    private static Map<String, List<String>> defaultNames() {
        Map<String, List<String>> names = new LinkedHashMap<>();
        names.put("service", List.of("service_name", "service.name", "serviceName", "source"));
        names.put("instance", List.of("service.instance.id", "instance_id", "instanceId"));
        names.put("type", List.of("event_type", "event.type", "eventType", "event.name"));
        names.put("occurred_at", List.of("occurredAt", "timestamp", "event_time", "time"));
        names.put("duration", List.of("duration_ns", "durationNs"));
        names.put("trace_id", List.of("traceId", "trace.id"));
        names.put("span_id", List.of("spanId", "span.id"));
        names.put("parent_span_id", List.of("parentSpanId", "parent_span.id"));
        names.put("correlation_id", List.of("correlationId", "correlation.id"));
        names.put("scenario_id", List.of("scenarioId", "scenario.id"));
        names.put("cause_id", List.of("causeId", "cause.id", "causation_id"));
        names.put("order_id", List.of("orderId", "order.id"));
        names.put("trade_id", List.of("tradeId", "trade.id"));
        names.put("strategy_id", List.of("strategyId", "strategy.id"));
        names.put("symbol", List.of("instrument.symbol", "order.symbol"));
        return names;
    }
}
