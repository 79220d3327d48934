package io.tradingecosystem.audit.common;

import java.util.Locale;

/**
 * Text of others, as people may be shown it: in a terminal, a log, a report, a page. What would
 * steer the terminal, begin a line that nobody wrote, or turn the order of letters around is
 * written as JSON and Java write it, such as {@code \u001b}: the control characters C0, DEL and C1,
 * the separators U+2028 and U+2029, the marks, embeddings, overrides and isolates of UAX 9, halves
 * of surrogate pairs, and U+FFFE and U+FFFF, which XML 1.0 cannot hold either. JSON stays the same
 * document. What was written so once stays as it is.
 */
public final class PrintableText {
    private static final char DELETE = 0x7f;
    private static final char LAST_CONTROL = 0x9f;

    private PrintableText() {}

    /** A text on one line: line ends and tabs are written as {@code \n} and {@code \t}. */
    public static String line(String text) {
        return written(text, false);
    }

    /** A text of several lines, whose {@code \n} and tabs stay. */
    public static String lines(String text) {
        return written(text, true);
    }

    /** A text within an HTML element or a quoted attribute, on one line. */
    public static String html(String text) {
        return line(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** Whether a text is the same on one line. */
    public static boolean isPrintable(String text) {
        return hidden(text, 0, false) == text.length();
    }

    private static String written(String text, boolean lines) {
        int hidden = hidden(text, 0, lines);
        if (hidden == text.length()) {
            return text;
        }
        StringBuilder written = new StringBuilder(text.length() + 16);
        int from = 0;
        while (hidden < text.length()) {
            written.append(text, from, hidden);
            append(written, text.charAt(hidden));
            from = hidden + 1;
            hidden = hidden(text, from, lines);
        }
        return written.append(text, from, text.length()).toString();
    }

    private static void append(StringBuilder written, char c) {
        switch (c) {
            case '\n' -> written.append("\\n");
            case '\r' -> written.append("\\r");
            case '\t' -> written.append("\\t");
            default -> written.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        }
    }

    /** Where the first character is from an index on that is not shown, or the text's length. */
    private static int hidden(String text, int from, boolean lines) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!UnicodeText.isPair(text, i)) {
                    return i;
                }
                i++;
            } else if (isHidden(c) && !(lines && (c == '\n' || c == '\t'))) {
                return i;
            }
        }
        return text.length();
    }

    private static boolean isHidden(char c) {
        if (c < DELETE) {
            return c < ' ';
        }
        return c <= LAST_CONTROL || isMark(c) || c >= '\uFFFE';
    }

    private static boolean isMark(char c) {
        return c == '\u061C'
                || c == '\u200E'
                || c == '\u200F'
                || (c >= '\u2028' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069');
    }
}
