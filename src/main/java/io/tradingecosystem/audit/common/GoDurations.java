package io.tradingecosystem.audit.common;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Go's package {@code time} reads ({@code ParseDuration}) and writes them ({@code
 * Duration.String}): {@code 1.5h} is taken, and told as {@code 1h30m0s}.
 */
public final class GoDurations {
    private static final Pattern PART =
            Pattern.compile("(\\d{1,12}(?:\\.\\d{0,12})?|\\.\\d{1,12})(ns|us|µs|μs|ms|s|m|h)");
    private static final Pattern WHOLE = Pattern.compile("\\+?(" + PART.pattern() + ")+");
    private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final Map<String, Long> NANOS =
            Map.of(
                    "ns", 1L,
                    "us", 1_000L,
                    "µs", 1_000L,
                    "μs", 1_000L,
                    "ms", 1_000_000L,
                    "s", 1_000_000_000L,
                    "m", 60_000_000_000L,
                    "h", 3_600_000_000_000L);

    private GoDurations() {}

    /** Reads one; empty if it is none, or longer than Go's longest, 292 years. */
    public static Optional<Duration> parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher parts = PART.matcher(text);
        while (parts.find()) {
            BigDecimal unit = BigDecimal.valueOf(NANOS.getOrDefault(parts.group(2), 0L));
            nanos = nanos.add(new BigDecimal(parts.group(1)).multiply(unit));
        }
        BigDecimal whole = nanos.setScale(0, RoundingMode.DOWN);
        return Optional.of(whole)
                .filter(each -> each.compareTo(MAX) <= 0)
                .map(each -> Duration.ofNanos(each.longValueExact()));
    }

    /** Writes one that is not negative. */
    public static String format(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return fraction(duration.toNanos());
        }
        long hours = duration.toHours();
        long minutes = duration.toMinutes();
        BigDecimal seconds =
                BigDecimal.valueOf(duration.toSecondsPart())
                        .add(BigDecimal.valueOf(duration.toNanosPart(), 9));
        return (hours > 0 ? hours + "h" : "")
                + (minutes > 0 ? duration.toMinutesPart() + "m" : "")
                + plain(seconds)
                + "s";
    }

    private static String fraction(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        if (nanos < 1_000) {
            return nanos + "ns";
        }
        return nanos < 1_000_000
                ? plain(BigDecimal.valueOf(nanos, 3)) + "µs"
                : plain(BigDecimal.valueOf(nanos, 6)) + "ms";
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
