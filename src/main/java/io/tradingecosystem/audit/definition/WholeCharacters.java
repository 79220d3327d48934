package io.tradingecosystem.audit.definition;

import java.util.HashMap;
import java.util.Map;

/**
 * Makes every character of a value one unit of UTF-16, as far as a pattern can tell, so that
 * whoever matches by units matches by characters: each character of two units that the pattern has
 * becomes a unit of its own, every other one the same unit. These are halves of surrogate pairs,
 * which no value has alone. Immutable.
 */
final class WholeCharacters {
    private static final char FIRST = Character.MIN_HIGH_SURROGATE;
    private static final char OTHER = Character.MAX_LOW_SURROGATE;

    private final boolean needed;
    private final Map<Integer, Character> units = new HashMap<>();

    private WholeCharacters(boolean needed) {
        this.needed = needed;
    }

    /** For a pattern; one without a {@code ?} finds whole characters as it is. */
    static WholeCharacters of(String pattern) {
        WholeCharacters characters = new WholeCharacters(pattern.indexOf('?') >= 0);
        pattern.codePoints()
                .filter(Character::isSupplementaryCodePoint)
                .limit(OTHER - FIRST)
                .forEach(each -> characters.note(each));
        return characters;
    }

    private void note(int codePoint) {
        units.putIfAbsent(codePoint, (char) (FIRST + units.size()));
    }

    /** A text with one unit for each character. */
    String in(String text) {
        if (!needed || !hasPairs(text)) {
            return text;
        }
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints().forEach(each -> whole.append(unit(each)));
        return whole.toString();
    }

    private char unit(int codePoint) {
        return Character.isSupplementaryCodePoint(codePoint)
                ? units.getOrDefault(codePoint, OTHER)
                : (char) codePoint;
    }

    private static boolean hasPairs(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
