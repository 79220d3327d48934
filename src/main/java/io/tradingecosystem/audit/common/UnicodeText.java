package io.tradingecosystem.audit.common;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Text that may be no Unicode text. Bytes that are not UTF-8 become half a surrogate pair each,
 * which no text has otherwise, so that whoever decides what becomes of them still sees where they
 * were; {@link #repaired} puts U+FFFD in their places.
 */
public final class UnicodeText {
    /** Stands for a sequence of bytes that is not UTF-8. */
    private static final String BROKEN = "\uDFFF";

    private static final char REPLACEMENT = '\uFFFD';
    private static final int EXCERPT = 64;

    private UnicodeText() {}

    /** The text of bytes, with half a surrogate pair where they are not UTF-8. */
    public static String decode(ByteBuffer bytes) {
        try {
            return decoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalStateException("what is malformed is replaced", e);
        }
    }

    /** The same of bytes as they come in. */
    public static Reader reader(InputStream bytes) {
        return new InputStreamReader(bytes, decoder());
    }

    private static CharsetDecoder decoder() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .replaceWith(BROKEN);
    }

    /** Whether surrogates stand in pairs only. */
    public static boolean isWellFormed(String text) {
        return broken(text, 0) == text.length();
    }

    /** The text with U+FFFD in place of each half of a surrogate pair; itself if it has none. */
    public static String repaired(String text) {
        int broken = broken(text, 0);
        if (broken == text.length()) {
            return text;
        }
        char[] chars = text.toCharArray();
        while (broken < chars.length) {
            chars[broken] = REPLACEMENT;
            broken = broken(text, broken + 1);
        }
        return new String(chars);
    }

    /** The first 64 characters, for a message about the text. */
    public static String excerpt(String text) {
        return excerpt(text, EXCERPT);
    }

    /** The first characters, so many at most; {@code …} says that there are more. */
    public static String excerpt(String text, int max) {
        if (text.length() <= max) {
            return repaired(text);
        }
        boolean splits = Character.isHighSurrogate(text.charAt(max - 1));
        return repaired(text.substring(0, splits ? max - 1 : max)) + "…";
    }

    /** Where the first half of a pair is from an index on, or the length of the text. */
    private static int broken(String text, int from) {
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!isPair(text, i)) {
                    return i;
                }
                i++;
            }
            i++;
        }
        return i;
    }

    static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }
}
