package io.tradingecosystem.audit.event.json;

import java.math.BigDecimal;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * Numbers of JSON's grammar as 64-bit floating point, where that keeps what was written: the number
 * itself, or the one that is meant by up to 17 digits, which is how programs write a double. A
 * number past the range (1e999), one that would become 0 (1e-400) and one with more digits than a
 * double has are none.
 */
public final class ExactReal {
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final Pattern ZERO = Pattern.compile("-?0(\\.0+)?([eE].*)?");
    private static final int DIGITS = 17;
    private static final int MAX_LENGTH = 1_100;

    private ExactReal() {}

    /** The number that a text is by JSON's grammar; empty if it is none, or cannot be kept. */
    public static OptionalDouble parse(String text) {
        return NUMBER.matcher(text).matches() ? of(text) : OptionalDouble.empty();
    }

    /** The number that a token of JSON is; empty if it cannot be kept. */
    static OptionalDouble of(String number) {
        if (number.length() > MAX_LENGTH) {
            return OptionalDouble.empty();
        }
        double value = Double.parseDouble(number);
        if (isPlain(number, value) || isKept(number, value)) {
            return OptionalDouble.of(value);
        }
        return OptionalDouble.empty();
    }

    /** So few digits, with a fraction, that a double keeps them all: nearly every number. */
    private static boolean isPlain(String number, double value) {
        return number.length() <= DIGITS
                && Math.abs(value) >= 1e-15
                && Math.abs(value) < 1e15
                && number.indexOf('e') < 0
                && number.indexOf('E') < 0;
    }

    private static boolean isKept(String number, double value) {
        if (Double.isInfinite(value) || value == 0) {
            return value == 0 && ZERO.matcher(number).matches();
        }
        BigDecimal written = new BigDecimal(number);
        BigDecimal kept = BigDecimal.valueOf(value);
        return written.compareTo(kept) == 0
                || written.compareTo(new BigDecimal(value)) == 0
                || isRounded(written.stripTrailingZeros(), value);
    }

    /** Whether it is the value in 17 digits, of which the last is not the shortest spelling's. */
    private static boolean isRounded(BigDecimal written, double value) {
        return written.precision() <= DIGITS
                && Math.abs(value) >= Double.MIN_NORMAL
                && !isSmallWhole(written);
    }

    /** Whole numbers of so few digits are written as they are, not rounded. */
    private static boolean isSmallWhole(BigDecimal written) {
        return written.scale() <= 0 && written.precision() - written.scale() <= DIGITS + 1;
    }
}
