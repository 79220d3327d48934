package io.tradingecosystem.audit.event;

/**
 * What a value of an attribute is found, joined and compared by: two values are the same if they
 * are the same number, or the same text. A text that is a number in JSON's grammar is that number,
 * so 17, 17.0, "17" and "1.7e1" are one, and "007" is not. See {@link Decimal} for what a number
 * is, and how it is spelled here.
 *
 * <p>Keys of different values differ: a number's is a number in its one spelling, any other text's
 * is the text. A list, a mapping and raw bytes have the text that {@link AttributeValue#asText}
 * gives them.
 */
public final class ValueKey {
    private ValueKey() {}

    /** The key of a value. */
    public static String of(AttributeValue value) {
        return value instanceof AttributeValue.Text text ? of(text.value()) : asText(value);
    }

    /** The key of a text. */
    public static String of(String text) {
        if (!mayBeNumber(text) || Decimal.isPlainWhole(text)) {
            return text;
        }
        return Decimal.parse(text).map(Decimal::toString).orElse(text);
    }

    /**
     * A value as a text that is compared as it is written: a text as it is, a number in its one
     * spelling.
     */
    public static String asText(AttributeValue value) {
        return value instanceof AttributeValue.Real(double number) ? of(number) : value.asText();
    }

    private static String of(double number) {
        return Decimal.isWhole(number)
                ? Long.toString((long) number)
                : Decimal.of(number).map(Decimal::toString).orElseGet(() -> "" + number);
    }

    /** Most texts are told from numbers by their first character. */
    private static boolean mayBeNumber(String text) {
        if (text.isEmpty()) {
            return false;
        }
        char first = text.charAt(0);
        return first == '-' || (first >= '0' && first <= '9');
    }
}
