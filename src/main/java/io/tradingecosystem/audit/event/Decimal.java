package io.tradingecosystem.audit.event;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A number by its exact value, whatever its size: the digits of a whole number and a power of ten.
 * What is read is JSON's grammar (RFC 8259, section 6) and nothing else: {@code 17}, {@code -0.5},
 * {@code 1.7e1}, but not {@code 007}, {@code +1}, {@code .5}, {@code 0x1p3} or {@code NaN}.
 *
 * <p>Not {@code BigDecimal}: that takes time in the square of the digits, and {@code 1e999999}
 * takes its megabyte as soon as somebody compares it. Here both take time in proportion to the
 * text. Immutable.
 */
public final class Decimal implements Comparable<Decimal> {
    /** No number has its last digit farther from the point. */
    public static final int MAX_EXPONENT = 999_999_999;

    /** So many zeros are written out; more are told by an exponent. */
    private static final int MAX_ZEROS = 30;

    private static final double LONG_END = 0x1p63;
    private static final int LONG_DIGITS = 19;
    private static final long MAX_EXACT = 1L << 53;
    private static final Decimal ZERO = new Decimal(false, "", 0);

    private final boolean negative;

    /** Neither begins nor ends with a zero; empty for zero. */
    private final String digits;

    /** The power of ten of the last digit. */
    private final int exponent;

    /** Whether this is a whole number that surely fits 64 bits: {@link #whole}. */
    private final boolean isLong;

    private final long whole;

    private Decimal(boolean negative, String digits, int exponent) {
        this.negative = negative;
        this.digits = digits;
        this.exponent = exponent;
        this.isLong = exponent >= 0 && places() < LONG_DIGITS;
        this.whole = isLong ? Long.parseLong(toString()) : 0;
    }

    /**
     * Reads a number.
     *
     * @return empty if the text is not one, or is one whose last digit stands more than {@link
     *     #MAX_EXPONENT} places from the point
     */
    public static Optional<Decimal> parse(String text) {
        NumberText parts = NumberText.of(text);
        return parts.isNumber() ? of(text.charAt(0) == '-', parts) : Optional.empty();
    }

    private static Optional<Decimal> of(boolean negative, NumberText parts) {
        String all = parts.digits();
        int from = 0;
        int to = all.length();
        while (from < to && all.charAt(from) == '0') {
            from++;
        }
        while (to > from && all.charAt(to - 1) == '0') {
            to--;
        }
        long exponent = parts.exponent() - parts.decimals() + all.length() - to;
        if (from == to) {
            return Optional.of(ZERO);
        }
        return Math.abs(exponent) > MAX_EXPONENT
                ? Optional.empty()
                : Optional.of(new Decimal(negative, all.substring(from, to), (int) exponent));
    }

    /** A whole number. */
    public static Decimal of(long value) {
        return parse(Long.toString(value)).orElseThrow();
    }

    /**
     * A floating-point number: exactly itself where it is whole and fits 64 bits, else the shortest
     * decimal that is nearer to it than to any other, as it was most likely written.
     *
     * @return empty for what is not a number, or not finite
     */
    public static Optional<Decimal> of(double value) {
        return isWhole(value) ? Optional.of(of((long) value)) : parse(Double.toString(value));
    }

    /** The number that a value of an attribute is; empty if it is none. */
    public static Optional<Decimal> of(AttributeValue value) {
        return switch (value) {
            case AttributeValue.Whole(long number) -> Optional.of(of(number));
            case AttributeValue.Real(double number) -> of(number);
            case AttributeValue.Text(String text) -> parse(text);
            default -> Optional.empty();
        };
    }

    /** Whether a floating-point number is a whole one of 64 bits. */
    static boolean isWhole(double value) {
        // The cast makes 2^63 the largest whole number, which is one less.
        return value == (long) value && value < LONG_END;
    }

    /** Whether a text is a whole number as {@link #toString} writes it; it need not be changed. */
    static boolean isPlainWhole(String text) {
        int first = text.startsWith("-") ? 1 : 0;
        int length = text.length();
        if (first == length || (text.charAt(first) == '0' && length > 1)) {
            return false;
        }
        int zeros = 0;
        for (int at = first; at < length; at++) {
            char digit = text.charAt(at);
            if (digit < '0' || digit > '9') {
                return false;
            }
            zeros = digit == '0' ? zeros + 1 : 0;
        }
        return zeros <= MAX_ZEROS;
    }

    private int sign() {
        return digits.isEmpty() ? 0 : negative ? -1 : 1;
    }

    @Override
    public int compareTo(Decimal other) {
        if (sign() != other.sign() || digits.isEmpty()) {
            return Integer.compare(sign(), other.sign());
        }
        return sign() * compareSize(other);
    }

    private int compareSize(Decimal other) {
        int byPlace = Long.compare(places(), other.places());
        // Without zeros at their ends, digits from the same place on sort as texts do.
        return byPlace != 0 ? byPlace : Integer.signum(digits.compareTo(other.digits));
    }

    /** How far the first digit stands before the point. */
    private long places() {
        return (long) exponent + digits.length();
    }

    /**
     * How this compares with a value of an attribute, as {@link #compareTo} does. What is infinite
     * lies beyond every number.
     *
     * @return empty if the value is not a number
     */
    public OptionalInt compareToValue(AttributeValue value) {
        return switch (value) {
            case AttributeValue.Whole(long number) -> OptionalInt.of(compareToWhole(number));
            case AttributeValue.Real(double number) -> compareToReal(number);
            default -> compareToOther(of(value));
        };
    }

    private int compareToWhole(long other) {
        return isLong ? Long.compare(whole, other) : compareTo(of(other));
    }

    private OptionalInt compareToReal(double other) {
        if (Double.isNaN(other)) {
            return OptionalInt.empty();
        }
        if (Double.isInfinite(other)) {
            return OptionalInt.of(other > 0 ? -1 : 1);
        }
        // A short whole number is a double, too, and its decimal lies on the same side.
        return isLong && Math.abs(whole) <= MAX_EXACT
                ? OptionalInt.of(Double.compare((double) whole, other + 0.0))
                : compareToOther(of(other));
    }

    private OptionalInt compareToOther(Optional<Decimal> other) {
        return other.isPresent() ? OptionalInt.of(compareTo(other.get())) : OptionalInt.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Decimal decimal && compareTo(decimal) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * digits.hashCode() + exponent + sign();
    }

    /**
     * The one spelling of the value, again in JSON's grammar: {@code 17}, {@code -0.5}, {@code
     * 123e40}.
     */
    @Override
    public String toString() {
        if (digits.isEmpty()) {
            return "0";
        }
        return (negative ? "-" : "") + unsigned();
    }

    private String unsigned() {
        if (exponent >= 0 && exponent <= MAX_ZEROS) {
            return digits + "0".repeat(exponent);
        }
        long places = places();
        if (exponent >= 0 || places < -MAX_ZEROS) {
            return digits + "e" + exponent;
        }
        return places > 0
                ? digits.substring(0, (int) places) + "." + digits.substring((int) places)
                : "0." + "0".repeat((int) -places) + digits;
    }
}
