package io.tradingecosystem.audit.event;

/**
 * The parts of a text that may be a number in JSON's grammar: {@code -12.50e+3} has the digits
 * 1250, two decimals and the exponent 3. Immutable.
 *
 * @param isNumber whether it is one; if not, the rest says nothing
 * @param digits all before the exponent, without the point
 * @param decimals how many of them stand behind the point
 * @param exponent the power of ten that is written, within 18 digits
 */
record NumberText(boolean isNumber, String digits, int decimals, long exponent) {
    private static final NumberText NONE = new NumberText(false, "", 0, 0);
    private static final int EXPONENT_DIGITS = 18;

    static NumberText of(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        int point = endOfDigits(text, from);
        if (point == from || (text.charAt(from) == '0' && point > from + 1)) {
            return NONE;
        }
        int end = point;
        if (point < text.length() && text.charAt(point) == '.') {
            end = endOfDigits(text, point + 1);
            if (end == point + 1) {
                return NONE;
            }
        }
        if (end < text.length() && (text.charAt(end) | ' ') != 'e') {
            return NONE;
        }
        String digits = text.substring(from, point) + text.substring(Math.min(point + 1, end), end);
        int decimals = Math.max(0, end - point - 1);
        return end == text.length()
                ? new NumberText(true, digits, decimals, 0)
                : withExponent(text, end, digits, decimals);
    }

    private static NumberText withExponent(String text, int at, String digits, int decimals) {
        int sign = at + 1;
        if (sign == text.length()) {
            return NONE;
        }
        boolean signed = text.charAt(sign) == '-' || text.charAt(sign) == '+';
        int from = signed ? sign + 1 : sign;
        int to = endOfDigits(text, from);
        if (to == from || to < text.length()) {
            return NONE;
        }
        while (from < to - 1 && text.charAt(from) == '0') {
            from++;
        }
        if (to - from > EXPONENT_DIGITS) {
            return NONE;
        }
        long size = Long.parseLong(text, from, to, 10);
        return new NumberText(true, digits, decimals, text.charAt(sign) == '-' ? -size : size);
    }

    private static int endOfDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
