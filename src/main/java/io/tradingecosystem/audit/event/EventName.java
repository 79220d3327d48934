package io.tradingecosystem.audit.event;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A name by which rules, expectations and searches ask an event for a value. It is one of the
 * event's own words, such as {@code id} or {@code scenario_id}, or the name of an attribute, whose
 * dots may stand for names within names: {@code http.request.id} is the attribute of that name,
 * else {@code request.id} or {@code request} and {@code id} within {@code http}. Another name for
 * either, by {@link EventAliases#DEFAULT}, asks for the same. Immutable.
 */
public final class EventName {
    private final String written;
    private final String name;
    private final Optional<EventField> field;

    /** Whether it can be nowhere but in the attribute of its name. */
    private final boolean plain;

    /** Whether an attribute with the written name comes before the field. */
    private final boolean attributeFirst;

    private EventName(String written, String name) {
        this.written = written;
        this.name = name;
        this.field = EventField.of(name);
        this.plain = field.isEmpty() && written.equals(name) && name.indexOf('.') < 0;
        // Whoever gives a service and a source, too, has an attribute of that name.
        this.attributeFirst =
                !written.equals(name) && field.filter(EventField::isRequired).isPresent();
    }

    /** The name that was written, or the one that it is another name for. */
    public static EventName of(String written) {
        return new EventName(written, EventAliases.DEFAULT.name(written));
    }

    /** The name that it was asked for by. */
    public String written() {
        return written;
    }

    /** The own name of what is asked for. */
    public String name() {
        return name;
    }

    /**
     * Whether it is a word of the event itself. These are texts, and are compared as they are
     * written.
     */
    public boolean isOwn() {
        return field.isPresent();
    }

    /** Whether two events may have the same for a reason: times and durations are no such thing. */
    public boolean canBeShared() {
        boolean measure = field.filter(EventField::isMeasure).isPresent();
        return !written.isBlank() && !(measure && written.equals(name));
    }

    /** Whether an event may have a value: a field of a certain form has no other. */
    public boolean mayBe(String value) {
        return field.isEmpty() || attributeFirst || field.get().mayBe(value);
    }

    /** Whether both may have the same value: the id of a trace is never that of a span. */
    public boolean mayEqual(EventName other) {
        return field.isEmpty()
                || other.field.isEmpty()
                || field.get().isOfTrace() == other.field.get().isOfTrace()
                || !(field.get().isHexId() && other.field.get().isHexId());
    }

    /** What {@link #mayBe} allows, in words. */
    public String allowed() {
        return field.map(EventField::allowed).orElse("any value");
    }

    /** Whether it is when the event occurred. */
    public boolean isTime() {
        return written.equals(EventField.OCCURRED_AT.word());
    }

    /** The value that an event has; empty if it has none. */
    public Optional<AttributeValue> of(AuditEvent event) {
        if (plain) {
            return Optional.ofNullable(event.attributes().get(name));
        }
        if (field.isEmpty()) {
            return elsewhere(event);
        }
        if (attributeFirst) {
            Optional<AttributeValue> value = attribute(written, event.attributes());
            return value.isPresent() ? value : field.get().of(event);
        }
        Optional<AttributeValue> value = field.get().of(event);
        return value.isPresent() ? value : elsewhere(event);
    }

    private Optional<AttributeValue> elsewhere(AuditEvent event) {
        if (event.attributes().isEmpty()) {
            return Optional.empty();
        }
        Optional<AttributeValue> value = attribute(name, event.attributes());
        return value.isPresent() || written.equals(name)
                ? value
                : attribute(written, event.attributes());
    }

    /** What this is searched, joined and compared by; empty if an event has none. */
    public Optional<String> key(AuditEvent event) {
        return of(event).map(isOwn() ? ValueKey::asText : ValueKey::of);
    }

    private static Optional<AttributeValue> attribute(
            String path, Map<String, AttributeValue> within) {
        AttributeValue flat = within.get(path);
        if (flat != null) {
            return Optional.of(flat);
        }
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            if (within.get(path.substring(0, dot)) instanceof AttributeValue.Mapping inner) {
                Optional<AttributeValue> value = attribute(path.substring(dot + 1), inner.values());
                if (value.isPresent()) {
                    return value;
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventName that
                && written.equals(that.written)
                && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(written, name);
    }

    @Override
    public String toString() {
        return name;
    }
}
