package io.tradingecosystem.audit.event;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times and durations as senders write them. A time is RFC 3339 with a fraction of a second down to
 * nanoseconds (further digits are 0) or nanoseconds since the epoch in decimal digits; a duration
 * is nanoseconds in digits, {@code 1.5s}, {@code 1h30m}, {@code 100ms} or ISO 8601. The parser of
 * times is written by hand because it runs once per event: {@code Instant.parse} costs more than
 * the rest of reading an event together.
 */
public final class Times {
    private static final long NANOS = 1_000_000_000L;
    private static final long DAY = 86_400;

    /** Times from here on and before the other have a year of four digits. */
    private static final long YEAR_0 = -62_167_219_200L;

    private static final long YEAR_10000 = 253_402_300_800L;
    private static final Pattern PART =
            Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ns|us|µs|ms|s|m|h|d)");
    private static final Pattern PARTS = Pattern.compile("(" + PART.pattern() + ")+");

    private Times() {}

    /** The instant that is {@code nanos} nanoseconds from the epoch. */
    public static Instant ofEpochNanos(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    /**
     * Nanoseconds since the epoch.
     *
     * @throws ArithmeticException if they do not fit 64 bits (before 1677, after 2262)
     */
    public static long toEpochNanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano());
    }

    /** A time in RFC 3339, in the same words as {@link Instant#toString}, but faster. */
    public static String format(Instant time) {
        long seconds = time.getEpochSecond();
        if (seconds < YEAR_0 || seconds >= YEAR_10000) {
            return time.toString();
        }
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(seconds, DAY));
        int nanos = time.getNano();
        int fraction = nanos == 0 ? 0 : nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : 9;
        byte[] text = new byte[fraction == 0 ? 20 : 21 + fraction];
        int ofDay = (int) Math.floorMod(seconds, DAY);
        digits(text, 0, 4, date.getYear(), '-');
        digits(text, 5, 7, date.getMonthValue(), '-');
        digits(text, 8, 10, date.getDayOfMonth(), 'T');
        digits(text, 11, 13, ofDay / 3_600, ':');
        digits(text, 14, 16, ofDay / 60 % 60, ':');
        digits(text, 17, 19, ofDay % 60, '.');
        if (fraction > 0) {
            int shown = fraction == 3 ? nanos / 1_000_000 : fraction == 6 ? nanos / 1_000 : nanos;
            digits(text, 20, 20 + fraction, shown, 'Z');
        }
        text[text.length - 1] = 'Z';
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void digits(byte[] text, int from, int to, int value, char behind) {
        int rest = value;
        for (int i = to - 1; i >= from; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        text[to] = (byte) behind;
    }

    /** Whether a time fits 64 bits of nanoseconds. */
    public static boolean fitsNanos(Instant time) {
        long seconds = time.getEpochSecond();
        return seconds > Long.MIN_VALUE / NANOS && seconds < Long.MAX_VALUE / NANOS;
    }

    /** Reads a time; empty if it is not one. */
    public static Optional<Instant> parse(String text) {
        try {
            return text.length() > 10 && text.charAt(4) == '-'
                    ? Optional.of(rfc3339(text))
                    : Optional.of(ofEpochNanos(whole(text)));
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Reads a duration; empty if it is not one. */
    public static Optional<Duration> parseDuration(String text) {
        try {
            if (text.startsWith("P")) {
                return Optional.of(Duration.parse(text));
            }
            if (PARTS.matcher(text).matches()) {
                return Optional.of(sum(PART.matcher(text)));
            }
            return Optional.of(Duration.ofNanos(whole(text)));
        } catch (NumberFormatException | DateTimeParseException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** Not {@code Long.parseLong} alone: it reads the digits of every script, and a plus. */
    private static long whole(String text) {
        for (int i = text.startsWith("-") ? 1 : 0; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                throw new NumberFormatException("no digit");
            }
        }
        return Long.parseLong(text);
    }

    private static Duration sum(Matcher parts) {
        Duration sum = Duration.ZERO;
        while (parts.find()) {
            long unit =
                    switch (parts.group(2)) {
                        case "ns" -> 1L;
                        case "us", "µs" -> 1_000L;
                        case "ms" -> 1_000_000L;
                        case "s" -> NANOS;
                        case "m" -> 60 * NANOS;
                        case "h" -> 3_600 * NANOS;
                        default -> 86_400 * NANOS;
                    };
            BigDecimal nanos = new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(unit));
            sum = sum.plusNanos(nanos.longValueExact());
        }
        return sum;
    }

    private static Instant rfc3339(String text) {
        if (text.length() < 20) {
            throw new DateTimeException("too short");
        }
        expect(text, 7, '-');
        expect(text, 13, ':');
        expect(text, 16, ':');
        char separator = text.charAt(10);
        if (separator != 'T' && separator != 't' && separator != ' ') {
            throw new DateTimeException("no T");
        }
        long day =
                LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10))
                        .toEpochDay();
        int hour = within(digits(text, 11, 13), 23);
        int minute = within(digits(text, 14, 16), 59);
        // A leap second, which RFC 3339 allows, is the first of the next minute.
        int second = within(digits(text, 17, 19), 60);
        int at = 19;
        int nanos = 0;
        if (text.charAt(at) == '.' || text.charAt(at) == ',') {
            int scale = 100_000_000;
            int start = ++at;
            while (at < text.length() && isDigit(text.charAt(at))) {
                int digit = text.charAt(at) - '0';
                if (scale == 0 && digit != 0) {
                    throw new DateTimeException("finer than a nanosecond");
                }
                nanos += digit * scale;
                scale /= 10;
                at++;
            }
            if (at == start) {
                throw new DateTimeException("no digit in the fraction");
            }
        }
        long seconds = day * DAY + hour * 3_600L + minute * 60L + second;
        seconds -= offset(text, at);
        if (second == 60 && Math.floorMod(seconds, DAY) != 0) {
            throw new DateTimeException("a leap second ends a day");
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }

    private static int offset(String text, int at) {
        if (at >= text.length()) {
            throw new DateTimeException("no offset");
        }
        char sign = text.charAt(at);
        if (sign == 'Z' || sign == 'z') {
            if (text.length() != at + 1) {
                throw new DateTimeException("text behind Z");
            }
            return 0;
        }
        if ((sign != '+' && sign != '-') || text.length() != at + 6) {
            throw new DateTimeException("no offset");
        }
        expect(text, at + 3, ':');
        int seconds =
                within(digits(text, at + 1, at + 3), 23) * 3_600
                        + within(digits(text, at + 4, at + 6), 59) * 60;
        return sign == '-' ? -seconds : seconds;
    }

    private static void expect(String text, int at, char wanted) {
        if (text.charAt(at) != wanted) {
            throw new DateTimeException("no " + wanted);
        }
    }

    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(text.charAt(i))) {
                throw new DateTimeException("no digit");
            }
            value = value * 10 + text.charAt(i) - '0';
        }
        return value;
    }

    private static int within(int value, int max) {
        if (value > max) {
            throw new DateTimeException("too large");
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
