package io.tradingecosystem.audit.monitoring;

import io.tradingecosystem.audit.common.PrintableText;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The series of one meter family by label values, made when first needed and bounded in number:
 * past the bound everything goes to the series whose labels all say {@code other}. Thread-safe.
 */
final class Series<M> {
    private static final String OTHER = "other";

    private final List<String> overflow;
    private final int max;
    private final Function<List<String>, M> create;
    private final Map<List<String>, M> series = new ConcurrentHashMap<>();

    /**
     * @param labels how many label values each series has
     * @param max how many series there may be, the overflow aside
     * @param create makes the meter for label values
     */
    Series(int labels, int max, Function<List<String>, M> create) {
        this.overflow = Collections.nCopies(labels, OTHER);
        this.max = max;
        this.create = create;
    }

    M of(List<String> values) {
        M known = series.get(values);
        if (known != null) {
            return known;
        }
        List<String> admitted = series.size() < max ? values : overflow;
        return series.computeIfAbsent(
                admitted,
                labels -> create.apply(labels.stream().map(PrintableText::line).toList()));
    }

    Collection<M> all() {
        return series.values();
    }
}
