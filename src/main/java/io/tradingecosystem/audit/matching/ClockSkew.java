package io.tradingecosystem.audit.matching;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.common.Durations;
import io.tradingecosystem.audit.projection.DecisionSettings;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * By how much clocks may differ: not at all from themselves, by one duration between two of most
 * services, and by others between pairs that are named. Immutable.
 *
 * @param usual between the clocks of two services that are not named as a pair
 * @param between for pairs of services, by {@link #pair}
 */
public record ClockSkew(Duration usual, Map<String, Duration> between) {
    private static final Duration MAX = Duration.ofHours(1);

    public ClockSkew {
        requireNonNull(usual, "usual is null");
        between = Map.copyOf(between);
    }

    /** The same between all clocks. */
    public static ClockSkew of(Duration usual) {
        return new ClockSkew(usual, Map.of());
    }

    /** The name of a pair of services, in whatever order. */
    public static String pair(String one, String other) {
        return one.compareTo(other) <= 0 ? one + "+" + other : other + "+" + one;
    }

    /**
     * Reads pairs such as {@code market-data+risk-monitor=20ms, a+b=1s}.
     *
     * @return empty if it is not a list of such
     */
    public static Optional<Map<String, Duration>> parse(String text) {
        Map<String, Duration> pairs = new TreeMap<>();
        for (String each : text.split(",", -1)) {
            if (each.isBlank()) {
                continue;
            }
            String[] sides = each.strip().split("=", -1);
            String[] services = sides[0].split("\\+", -1);
            Optional<Duration> skew =
                    sides.length == 2 ? Durations.parse(sides[1].strip()) : Optional.empty();
            if (services.length != 2 || skew.isEmpty() || skew.get().isNegative()) {
                return Optional.empty();
            }
            pairs.put(pair(services[0].strip(), services[1].strip()), skew.get());
        }
        return Optional.of(pairs);
    }

    /** The pairs, as {@link #parse} reads them; empty if there are none. */
    public String pairs() {
        return new TreeMap<>(between)
                .entrySet().stream()
                        .map(each -> each.getKey() + "=" + Durations.format(each.getValue()))
                        .collect(Collectors.joining(", "));
    }

    /** These as settings that decide: {@code clock-skew} and {@code clock-skew-pairs}. */
    public DecisionSettings addTo(DecisionSettings settings) {
        return settings.with("clock-skew", usual).with("clock-skew-pairs", pairs());
    }

    /**
     * Reads what {@link #addTo} wrote.
     *
     * @param otherwise what is not said
     * @return absent if it makes no sense
     */
    public static Optional<ClockSkew> read(DecisionSettings settings, ClockSkew otherwise) {
        Optional<ClockSkew> skew =
                settings.duration("clock-skew", otherwise.usual)
                        .flatMap(
                                usual ->
                                        settings.text("clock-skew-pairs")
                                                .map(ClockSkew::parse)
                                                .orElse(Optional.of(otherwise.between))
                                                .map(pairs -> new ClockSkew(usual, pairs)));
        return skew.filter(each -> each.max().compareTo(MAX) <= 0);
    }

    /** By how much two clocks may differ. */
    public Duration of(EventClock one, EventClock other) {
        return one.name().equals(other.name())
                ? Duration.ZERO
                : between(one.service(), other.service());
    }

    /** By how much the clocks of two services may differ. */
    public Duration between(String one, String other) {
        return between.isEmpty() ? usual : between.getOrDefault(pair(one, other), usual);
    }

    /** The most that any two clocks may differ by. */
    public Duration max() {
        Duration max = usual;
        for (Duration each : between.values()) {
            max = each.compareTo(max) > 0 ? each : max;
        }
        return max;
    }
}
