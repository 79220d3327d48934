package io.tradingecosystem.audit.projection;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.common.Durations;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings of a section that decide what is derived from the log, by their names there, as
 * texts. Immutable.
 *
 * @param section such as {@code correlation}
 * @param values by names such as {@code clock-skew}
 */
public record DecisionSettings(String section, SortedMap<String, String> values) {
    public DecisionSettings {
        requireNonNull(section, "section is null");
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** No settings of a section. */
    public static DecisionSettings of(String section) {
        return new DecisionSettings(section, new TreeMap<>());
    }

    /** These and one more, or another value of one. */
    public DecisionSettings with(String name, String value) {
        return with(Map.of(name, value));
    }

    public DecisionSettings with(String name, Duration value) {
        return with(name, Durations.format(value));
    }

    public DecisionSettings with(String name, long value) {
        return with(name, Long.toString(value));
    }

    /** These, but what others say where they say something. */
    public DecisionSettings with(Map<String, String> others) {
        SortedMap<String, String> all = new TreeMap<>(values);
        all.putAll(others);
        return new DecisionSettings(section, all);
    }

    /** Whether all that others say is said here. */
    public boolean covers(DecisionSettings others) {
        return values.entrySet().containsAll(others.values.entrySet());
    }

    /** A text; absent if nothing is said. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** A duration; {@code otherwise} if nothing is said, absent if it is none or is negative. */
    public Optional<Duration> duration(String name, Duration otherwise) {
        String value = values.get(name);
        return value == null
                ? Optional.of(otherwise)
                : Durations.parse(value).filter(duration -> !duration.isNegative());
    }

    /** A number from 1; {@code otherwise} if nothing is said, absent if it is none. */
    public Optional<Long> count(String name, long otherwise) {
        String value = values.get(name);
        if (value == null) {
            return Optional.of(otherwise);
        }
        return value.matches("[1-9][0-9]{0,17}")
                ? Optional.of(Long.valueOf(value))
                : Optional.empty();
    }
}
