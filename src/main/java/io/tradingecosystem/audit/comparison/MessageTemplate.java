package io.tradingecosystem.audit.comparison;

/**
 * What messages of one kind have in common: numbers, hexadecimal ids and UUIDs are one sign, so
 * that an order that is placed twice says the same twice. One pass, no regular expression: messages
 * are long and come from others.
 */
final class MessageTemplate {
    private static final int MAX_LENGTH = 200;
    private static final int SHORTEST_HEX = 8;
    private static final char VARIABLE = '#';

    private MessageTemplate() {}

    /** The template of a message; of a long one what it begins with. */
    static String of(String message) {
        StringBuilder template = new StringBuilder();
        int from = 0;
        while (from < message.length() && template.length() < MAX_LENGTH) {
            int to = from;
            while (to < message.length() && isWordPart(message.charAt(to))) {
                to++;
            }
            if (to == from) {
                append(template, message.charAt(from));
                from++;
            } else {
                word(message, from, to, template);
                from = to;
            }
        }
        return template.toString();
    }

    private static void append(StringBuilder template, char c) {
        // Signs between variables vary with them: 1.5, 2026-01-01T12:00:00Z, 10.0.0.1:80.
        boolean between = c == '-' || c == ':' || c == '.' || c == ',';
        if (between && endsWithVariable(template)) {
            return;
        }
        template.append(c);
    }

    private static boolean endsWithVariable(StringBuilder template) {
        return !template.isEmpty() && template.charAt(template.length() - 1) == VARIABLE;
    }

    private static void word(String message, int from, int to, StringBuilder template) {
        if (!isVariable(message, from, to)) {
            template.append(message, from, to);
        } else if (!endsWithVariable(template)) {
            template.append(VARIABLE);
        }
    }

    private static boolean isVariable(String message, int from, int to) {
        boolean digit = false;
        boolean hex = true;
        for (int i = from; i < to; i++) {
            char c = message.charAt(i);
            digit |= Character.isDigit(c);
            hex &= Character.digit(c, 16) >= 0;
        }
        return digit || (hex && to - from >= SHORTEST_HEX);
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
