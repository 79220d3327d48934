package io.tradingecosystem.audit.api;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;

import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.event.EventAliases;
import io.tradingecosystem.audit.server.http.QueryParameters;
import io.tradingecosystem.audit.store.IndexedField;
import io.tradingecosystem.audit.store.Selection;
import io.tradingecosystem.audit.v1.EventFilter;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The events that a request selects: by fields of events, business keys, and a time range from
 * {@code from} to {@code to}; the same over HTTP and gRPC.
 *
 * @param keys what the events share, that of the fewest events first
 * @param time when they occurred
 * @param businessKeys the names of the attributes that events are found by
 */
public record SelectionParameters(
        List<Selection.Key> keys, TimeRange time, Set<String> businessKeys) {
    private static final List<Integer> UNINDEXED =
            List.of(
                    EventFilter.ID_PREFIX_FIELD_NUMBER,
                    EventFilter.SEVERITY_FIELD_NUMBER,
                    EventFilter.MIN_SEVERITY_FIELD_NUMBER,
                    EventFilter.ERROR_FIELD_NUMBER,
                    EventFilter.MIN_DURATION_FIELD_NUMBER,
                    EventFilter.MAX_DURATION_FIELD_NUMBER,
                    EventFilter.ATTRIBUTES_FIELD_NUMBER);

    /** The names of the query parameters, and more that a request may have. */
    public static String[] names(Set<String> businessKeys, String... more) {
        return Stream.of(
                        fields(),
                        Stream.of("from", "to"),
                        businessKeys.stream(),
                        Arrays.stream(more))
                .flatMap(names -> names)
                .toArray(String[]::new);
    }

    /**
     * Reads the query of a request.
     *
     * @param aliases the names that may be used beside those that are stored
     */
    public static SelectionParameters of(
            QueryParameters query, Set<String> businessKeys, EventAliases aliases) {
        Map<String, String> business = new HashMap<>();
        businessKeys.forEach(name -> business.put(name, query.text(name)));
        return new SelectionParameters(
                Selection.Key.named(query::text, business, aliases),
                TimeRange.of(query),
                businessKeys);
    }

    /** Reads the filter of a message. */
    public static SelectionParameters of(
            EventFilter filter, Set<String> businessKeys, EventAliases aliases) {
        return new SelectionParameters(
                Selection.Key.named(
                        name -> text(filter, name), kept(filter, businessKeys, aliases), aliases),
                TimeRange.ofNanos(filter.getFrom(), filter.getTo()),
                businessKeys);
    }

    /**
     * Passes if a filter has only conditions that an index decides.
     *
     * @throws InvalidQuestionException if it has another
     */
    public static void requireIndexed(EventFilter filter) {
        UNINDEXED.stream()
                .filter(number -> isSet(filter, number))
                .findFirst()
                .ifPresent(
                        number -> {
                            String name =
                                    EventFilter.getDescriptor().findFieldByNumber(number).getName();
                            throw new InvalidQuestionException(
                                    name + " is a condition for lists of events only");
                        });
    }

    private static boolean isSet(EventFilter filter, int number) {
        FieldDescriptor field = EventFilter.getDescriptor().findFieldByNumber(number);
        return field.isRepeated()
                ? filter.getRepeatedFieldCount(field) > 0
                : filter.hasField(field);
    }

    /** The business keys by the names under which they are kept. */
    private static Map<String, String> kept(
            EventFilter filter, Set<String> businessKeys, EventAliases aliases) {
        Map<String, String> kept = new HashMap<>();
        filter.getBusinessKeysMap()
                .forEach(
                        (name, value) ->
                                kept.put(
                                        businessKeys.contains(name)
                                                ? name
                                                : aliases.attribute(name),
                                        value));
        return kept;
    }

    private static String text(EventFilter filter, String name) {
        FieldDescriptor field = EventFilter.getDescriptor().findFieldByName(name);
        return field != null && field.getJavaType() == JavaType.STRING
                ? (String) filter.getField(field)
                : "";
    }

    /**
     * The one key that is selected by, or all events where there is none but a time.
     *
     * @throws InvalidQuestionException if there is more than one key, or neither key nor time
     */
    public Selection selection() {
        if (keys.isEmpty() && time.isGiven()) {
            return new Selection(new Selection.Key.All(), time.from(), time.to());
        }
        if (keys.size() != 1) {
            throw new InvalidQuestionException(
                    "Select events by exactly one of "
                            + String.join(", ", choices())
                            + "; or all of them by from and to.");
        }
        return new Selection(keys.getFirst(), time.from(), time.to());
    }

    private List<String> choices() {
        Stream<String> alone =
                Arrays.stream(IndexedField.values())
                        .filter(field -> !IndexedField.KIND.contains(field))
                        .map(IndexedField::wireName);
        return Stream.of(alone, Stream.of("service and type"), businessKeys.stream().sorted())
                .flatMap(names -> names)
                .toList();
    }

    private static Stream<String> fields() {
        return Arrays.stream(IndexedField.values()).map(IndexedField::wireName);
    }
}
