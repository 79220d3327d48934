package io.tradingecosystem.audit.common;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as the services of the ecosystem write them: {@code 100ms}, {@code 30s}, {@code 1h30m}.
 */
public final class Durations {
    private static final Pattern PART = Pattern.compile("(\\d{1,12})(ns|us|ms|s|m|h|d)");
    private static final Pattern WHOLE = Pattern.compile("(" + PART.pattern() + ")+");
    private static final Map<String, Duration> UNITS =
            Map.of(
                    "ns", Duration.ofNanos(1),
                    "us", Duration.ofNanos(1_000),
                    "ms", Duration.ofMillis(1),
                    "s", Duration.ofSeconds(1),
                    "m", Duration.ofMinutes(1),
                    "h", Duration.ofHours(1),
                    "d", Duration.ofDays(1));

    private Durations() {}

    /** Parses {@code 1h30m}, {@code 250ms} or ISO 8601 ({@code PT15S}); empty if it is neither. */
    public static Optional<Duration> parse(String text) {
        if (text.startsWith("P")) {
            try {
                return Optional.of(Duration.parse(text));
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        }
        if (!WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(sum(PART.matcher(text)));
        } catch (ArithmeticException e) {
            // Each part fits, all of them together may not.
            return Optional.empty();
        }
    }

    private static Duration sum(Matcher parts) {
        Duration sum = Duration.ZERO;
        while (parts.find()) {
            Duration unit = UNITS.getOrDefault(parts.group(2), Duration.ZERO);
            sum = sum.plus(unit.multipliedBy(Long.parseLong(parts.group(1))));
        }
        return sum;
    }

    /** The shortest exact form that {@link #parse} reads back. */
    public static String format(Duration duration) {
        if (duration.isNegative()) {
            return duration.toString();
        }
        if (duration.isZero()) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        append(text, duration.toDaysPart(), "d");
        append(text, duration.toHoursPart(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        int nanos = duration.toNanosPart();
        if (nanos % 1_000_000 == 0) {
            append(text, nanos / 1_000_000, "ms");
        } else if (nanos % 1_000 == 0) {
            append(text, nanos / 1_000, "us");
        } else {
            append(text, nanos, "ns");
        }
        return text.toString();
    }

    private static void append(StringBuilder text, long count, String unit) {
        if (count != 0) {
            text.append(count).append(unit);
        }
    }
}
