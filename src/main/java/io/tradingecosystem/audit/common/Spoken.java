package io.tradingecosystem.audit.common;

import java.time.Duration;

/** Durations as people say them. */
public final class Spoken {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Spoken() {}

    /** {@code 350 ms}, {@code 12.3 s}, {@code 5 m}, {@code 2 m 30 s}, {@code 1 h 5 m}. */
    public static String of(Duration duration) {
        if (duration.isNegative()) {
            return "-" + of(duration.negated());
        }
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return trimmed(duration.toNanos() / 1e6) + " ms";
        }
        if (duration.compareTo(MINUTE) < 0) {
            return trimmed(duration.toNanos() / 1e9) + " s";
        }
        long hours = duration.toHours();
        int minutes = duration.toMinutesPart();
        int seconds = duration.toSecondsPart();
        return ((hours > 0 ? hours + " h " : "")
                        + (minutes > 0 ? minutes + " m " : "")
                        + (seconds > 0 && hours == 0 ? seconds + " s" : ""))
                .strip();
    }

    /** At most three decimals, none that are zero; half of the last is rounded up. */
    private static String trimmed(double value) {
        long thousandths = Math.round(value * 1e3);
        long whole = thousandths / 1_000;
        int rest = (int) (thousandths % 1_000);
        if (rest == 0) {
            return Long.toString(whole);
        }
        String decimals = Integer.toString(1_000 + rest).substring(1);
        int end = 3;
        while (decimals.charAt(end - 1) == '0') {
            end--;
        }
        return whole + "." + decimals.substring(0, end);
    }
}
