package io.tradingecosystem.audit.event;

import org.jspecify.annotations.Nullable;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Attributes that nobody can change any more, so nobody has to copy them again: an event is built,
 * read and built anew many times on its way. Keeps the order. Immutable.
 */
final class FixedAttributes extends AbstractMap<String, AttributeValue> {
    private final Map<String, AttributeValue> values;

    private FixedAttributes(Map<String, AttributeValue> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /** The attributes themselves if they are fixed, else a copy. */
    static Map<String, AttributeValue> copyOf(Map<String, AttributeValue> values) {
        if (values.isEmpty()) {
            return Map.of();
        }
        return values instanceof FixedAttributes
                ? values
                : new FixedAttributes(new LinkedHashMap<>(values));
    }

    /** Takes attributes over; the caller must not change them from then on. */
    static Map<String, AttributeValue> own(Map<String, AttributeValue> values) {
        if (values.isEmpty()) {
            return Map.of();
        }
        return values instanceof FixedAttributes ? values : new FixedAttributes(values);
    }

    @Override
    public Set<Map.Entry<String, AttributeValue>> entrySet() {
        return values.entrySet();
    }

    @Override
    public Set<String> keySet() {
        return values.keySet();
    }

    @Override
    public int size() {
        return values.size();
    }

    @Override
    public boolean containsKey(Object name) {
        return values.containsKey(name);
    }

    @Override
    public @Nullable AttributeValue get(Object name) {
        return values.get(name);
    }
}
