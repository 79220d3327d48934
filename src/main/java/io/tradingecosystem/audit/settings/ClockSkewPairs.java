package io.tradingecosystem.audit.settings;

import io.tradingecosystem.audit.common.Durations;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * The setting {@code clock-skew-pairs}: pairs of services and by how much their clocks may differ,
 * as {@code market-data+risk-monitor=20ms, a+b=1s}; nothing by default.
 */
final class ClockSkewPairs {
    private static final String NAME = "clock-skew-pairs";
    private static final Duration MAX = Duration.ofMinutes(1);

    private ClockSkewPairs() {}

    /** The text, which names pairs of services if it is not empty. */
    static String read(Section section) {
        return section.text(
                NAME,
                "",
                ClockSkewPairs::isList,
                "pairs of services like market-data+risk-monitor=20ms, a+b=1s,"
                        + " each from 0s to 1m");
    }

    private static boolean isList(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(pair -> !pair.isEmpty())
                .allMatch(ClockSkewPairs::isPair);
    }

    private static boolean isPair(String text) {
        String[] sides = text.split("=", -1);
        return sides.length == 2 && areTwo(sides[0]) && isSkew(sides[1].strip());
    }

    private static boolean areTwo(String services) {
        String[] names = services.split("\\+", -1);
        return names.length == 2 && Arrays.stream(names).noneMatch(String::isBlank);
    }

    private static boolean isSkew(String text) {
        Optional<Duration> skew = Durations.parse(text);
        return skew.filter(s -> !s.isNegative() && s.compareTo(MAX) <= 0).isPresent();
    }
}
