package io.tradingecosystem.audit.definition;

import io.tradingecosystem.audit.definition.Condition.OneOf;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventName;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds what an event may matter to by one attribute of each pattern that wants certain values of
 * it. Immutable.
 *
 * @param <T> what has a pattern
 */
final class AttributeDispatch<T> {
    private final List<T> all;
    private final List<Placed<T>> others = new ArrayList<>();
    private final Map<EventName, Map<String, List<Placed<T>>>> byAttribute = new HashMap<>();

    private AttributeDispatch(List<T> all) {
        this.all = List.copyOf(all);
    }

    /** With its place in the order in which it was given. */
    private record Placed<T>(int place, T what) {}

    static <T> AttributeDispatch<T> of(List<T> all, Function<T, EventPattern> pattern) {
        AttributeDispatch<T> dispatch = new AttributeDispatch<>(all);
        for (int place = 0; place < all.size(); place++) {
            T each = all.get(place);
            dispatch.add(new Placed<>(place, each), wanted(pattern.apply(each)));
        }
        return dispatch;
    }

    /** The first attribute by name of which certain values are wanted. */
    private static Optional<Map.Entry<EventName, OneOf>> wanted(EventPattern pattern) {
        for (EventName name : sorted(pattern.conditions().keySet())) {
            for (Condition condition : pattern.conditions().getOrDefault(name, List.of())) {
                if (condition instanceof OneOf values) {
                    return Optional.of(Map.entry(name, values));
                }
            }
        }
        return Optional.empty();
    }

    private static List<EventName> sorted(Collection<EventName> names) {
        return names.stream().sorted(Comparator.comparing(EventName::written)).toList();
    }

    private void add(Placed<T> placed, Optional<Map.Entry<EventName, OneOf>> wanted) {
        if (wanted.isEmpty()) {
            others.add(placed);
            return;
        }
        Map<String, List<Placed<T>>> byValue =
                byAttribute.computeIfAbsent(wanted.get().getKey(), name -> new HashMap<>());
        for (String value : wanted.get().getValue().values()) {
            byValue.computeIfAbsent(value, fresh -> new ArrayList<>()).add(placed);
        }
    }

    /** What an event may matter to, in the order in which it was given. */
    List<T> to(AuditEvent event) {
        if (byAttribute.isEmpty()) {
            return all;
        }
        List<Placed<T>> found = new ArrayList<>(others);
        byAttribute.forEach(
                (name, byValue) -> {
                    Optional<String> key = name.key(event);
                    if (key.isPresent()) {
                        found.addAll(byValue.getOrDefault(key.get(), List.of()));
                    }
                });
        found.sort(Comparator.comparingInt(Placed::place));
        return found.stream().map(Placed::what).toList();
    }
}
