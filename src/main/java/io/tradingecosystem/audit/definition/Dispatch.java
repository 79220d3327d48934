package io.tradingecosystem.audit.definition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds what an event may matter to, by its type, so that only that is looked at closer: most
 * events matter to nothing. Immutable.
 *
 * @param <T> what has a pattern
 */
public final class Dispatch<T> {
    private final Map<String, List<T>> byType;
    private final List<T> otherTypes;

    private Dispatch(Map<String, List<T>> byType, List<T> otherTypes) {
        this.byType = byType;
        this.otherTypes = otherTypes;
    }

    /** Sorts by the types of patterns. */
    public static <T> Dispatch<T> of(Collection<T> all, Function<T, EventPattern> pattern) {
        Map<String, List<T>> byType = new HashMap<>();
        List<T> otherTypes = new ArrayList<>();
        for (T each : all) {
            List<Glob> types = pattern.apply(each).types();
            types.stream()
                    .map(Glob::literal)
                    .flatMap(Optional::stream)
                    .forEach(type -> byType.put(type, new ArrayList<>()));
            if (types.isEmpty() || types.stream().anyMatch(type -> type.literal().isEmpty())) {
                otherTypes.add(each);
            }
        }
        byType.forEach(
                (type, fitting) ->
                        all.stream()
                                .filter(each -> pattern.apply(each).fitsType(type))
                                .forEach(fitting::add));
        return new Dispatch<>(byType, otherTypes);
    }

    /** What an event of a type may matter to, in the order in which it was given. */
    public List<T> to(String type) {
        return byType.getOrDefault(type, otherTypes);
    }
}
