package io.tradingecosystem.audit.definition;

import io.tradingecosystem.audit.event.AuditEvent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Finds what an event may matter to, by its type and then by an attribute, so that only that is
 * looked at closer: most events matter to nothing. Immutable.
 *
 * @param <T> what has a pattern
 */
public final class Dispatch<T> {
    private final Map<String, AttributeDispatch<T>> byType;
    private final AttributeDispatch<T> otherTypes;

    private Dispatch(Map<String, AttributeDispatch<T>> byType, AttributeDispatch<T> otherTypes) {
        this.byType = byType;
        this.otherTypes = otherTypes;
    }

    /** Sorts by the types and attributes of patterns. */
    public static <T> Dispatch<T> of(Collection<T> all, Function<T, EventPattern> pattern) {
        Map<String, List<T>> byType = new HashMap<>();
        List<T> otherTypes = new ArrayList<>();
        for (T each : all) {
            List<Glob> types = pattern.apply(each).allTypes();
            types.stream()
                    .flatMap(type -> type.literal().stream())
                    .forEach(type -> byType.put(type, new ArrayList<>()));
            if (types.isEmpty() || types.stream().anyMatch(type -> type.literal().isEmpty())) {
                otherTypes.add(each);
            }
        }
        Map<String, AttributeDispatch<T>> sorted = new HashMap<>();
        byType.forEach(
                (type, fitting) -> {
                    all.stream()
                            .filter(each -> pattern.apply(each).fitsType(type))
                            .forEach(fitting::add);
                    sorted.put(type, AttributeDispatch.of(fitting, pattern));
                });
        return new Dispatch<>(sorted, AttributeDispatch.of(otherTypes, pattern));
    }

    /** What an event may matter to, in the order in which it was given. */
    public List<T> to(AuditEvent event) {
        AttributeDispatch<T> ofType = byType.get(event.type());
        return (ofType == null ? otherTypes : ofType).to(event);
    }
}
