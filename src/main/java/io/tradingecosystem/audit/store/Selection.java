package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.event.EventName;
import io.tradingecosystem.audit.event.ValueKey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Which events a question is about.
 *
 * <p>The fields that events are found by are those of {@link IndexedField}; further keys are a
 * service together with a type, and the attributes that are configured as business keys.
 *
 * @param key what the events share
 * @param from the earliest occurred_at, inclusive
 * @param to the latest occurred_at, exclusive
 */
public record Selection(Key key, Instant from, Instant to) {
    /** Far enough away to mean "no bound", and exact in nanoseconds as a 64-bit number. */
    public static final Instant BEGINNING = Instant.EPOCH;

    public static final Instant END = Instant.ofEpochSecond(0, Long.MAX_VALUE);

    /** All events with a key, whenever they occurred. */
    public static Selection of(Key key) {
        return new Selection(key, BEGINNING, END);
    }

    /** The same key, within a time range. */
    public Selection between(Instant from, Instant to) {
        return new Selection(key, from, to);
    }

    /** Whether an event is one of these. */
    public boolean contains(AuditEvent event) {
        return !event.occurredAt().isBefore(from)
                && event.occurredAt().isBefore(to)
                && key.isOf(event);
    }

    /** What selected events share; each has an index. */
    public sealed interface Key {
        /** The name of what is shared, as answers have it. */
        String name();

        /** The value that is shared. */
        String value();

        /** How many events share it. */
        IndexedField.Spread spread();

        /** Whether an event has it. */
        boolean isOf(AuditEvent event);

        /** Whether it is the value of a field. */
        default boolean isBy(IndexedField field) {
            return this instanceof Of of && of.field() == field;
        }

        /** Events with a value of a field, spelled as the log has it. */
        static Key of(IndexedField field, String value) {
            return new Of(field, value);
        }

        /** Events of a service, of a type, or of both; an empty name stands for any. */
        static Key ofKind(String service, String type) {
            if (service.isEmpty()) {
                return type.isEmpty() ? new All() : of(IndexedField.TYPE, type);
            }
            return type.isEmpty()
                    ? of(IndexedField.SERVICE, service)
                    : new ServiceAndType(service, type);
        }

        /**
         * The keys that a question names, that of the fewest events first. A service and a type are
         * one key.
         *
         * @param asked the value for the name of a field; empty if the question has none
         * @param business the values of business keys, by their names; empty ones do not count
         * @param names which may be used in questions beside those that are stored
         */
        static List<Key> named(
                UnaryOperator<String> asked, Map<String, String> business, EventAliases names) {
            Function<IndexedField, String> value =
                    field -> field.spelled(asked.apply(field.wireName()), names);
            List<Key> keys = new ArrayList<>();
            keys.add(ofKind(value.apply(IndexedField.SERVICE), value.apply(IndexedField.TYPE)));
            IndexedField.ALL.stream()
                    .filter(field -> !IndexedField.KIND.contains(field))
                    .forEach(field -> keys.add(of(field, value.apply(field))));
            new TreeMap<>(business).forEach((name, each) -> keys.add(new Business(name, each)));
            keys.removeIf(key -> key.value().isEmpty());
            keys.sort(Comparator.comparing(Key::spread));
            return keys;
        }

        /** Every key by which an event is found. */
        static void forEach(AuditEvent event, Set<String> businessKeys, Consumer<Key> out) {
            out.accept(new All());
            out.accept(new ServiceAndType(event.service(), event.type()));
            for (IndexedField field : IndexedField.ALL) {
                String value = field.of(event);
                if (!value.isEmpty()) {
                    out.accept(of(field, value));
                }
            }
            if (!event.attributes().isEmpty()) {
                for (String name : businessKeys) {
                    EventName attribute = EventName.of(name);
                    attribute.of(event).map(value -> new Business(attribute, value)).ifPresent(out);
                }
            }
        }

        /** Every event. */
        record All() implements Key {
            @Override
            public String name() {
                return "all";
            }

            @Override
            public String value() {
                return "";
            }

            @Override
            public IndexedField.Spread spread() {
                return IndexedField.Spread.ALL;
            }

            @Override
            public boolean isOf(AuditEvent event) {
                return true;
            }
        }

        /** Events with the same value of a field. */
        record Of(IndexedField field, String value) implements Key {
            @Override
            public String name() {
                return field.wireName();
            }

            @Override
            public IndexedField.Spread spread() {
                return field.spread();
            }

            @Override
            public boolean isOf(AuditEvent event) {
                return value.equals(field.of(event));
            }
        }

        /** Events of a service and type. */
        record ServiceAndType(String service, String type) implements Key {
            @Override
            public String name() {
                return "service and type";
            }

            @Override
            public String value() {
                return service + " " + type;
            }

            @Override
            public IndexedField.Spread spread() {
                return IndexedField.Spread.KIND;
            }

            @Override
            public boolean isOf(AuditEvent event) {
                return service.equals(event.service()) && type.equals(event.type());
            }
        }

        /**
         * Events with an attribute that is configured as a business key, such as {@code order_id}.
         *
         * @param attribute the business key
         * @param value the {@link ValueKey} of its value
         * @param written the value as somebody wrote it, which tells one key from another in no way
         */
        record Business(EventName attribute, String value, String written) implements Key {
            /** Events with a value of a business key, both as somebody wrote them. */
            public Business(String name, String written) {
                this(EventName.of(name), ValueKey.of(written), written);
            }

            private Business(EventName attribute, AttributeValue value) {
                this(attribute, ValueKey.of(value), value.asText());
            }

            @Override
            public String name() {
                return attribute.written();
            }

            @Override
            public IndexedField.Spread spread() {
                return IndexedField.Spread.BUSINESS;
            }

            @Override
            public boolean isOf(AuditEvent event) {
                Optional<AttributeValue> actual = attribute.of(event);
                return actual.isPresent() && ValueKey.of(actual.get()).equals(value);
            }

            @Override
            public boolean equals(Object other) {
                return other instanceof Business that
                        && attribute.equals(that.attribute)
                        && value.equals(that.value);
            }

            @Override
            public int hashCode() {
                return Objects.hash(attribute, value);
            }
        }
    }
}
