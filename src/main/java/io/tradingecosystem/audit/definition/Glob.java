package io.tradingecosystem.audit.definition;

import java.util.List;
import java.util.Optional;

/**
 * A text with {@code *} for any number of characters and {@code ?} for one. Immutable.
 *
 * @param text the pattern
 */
public record Glob(String text) {

    /** Whether all of {@code value} fits; linear but for patterns with many stars. */
    public boolean matches(String value) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (in < value.length()) {
            if (at < text.length() && text.charAt(at) == '*') {
                star = at++;
                resume = in;
            } else if (at < text.length()
                    && (text.charAt(at) == '?' || text.charAt(at) == value.charAt(in))) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++resume;
            } else {
                return false;
            }
        }
        while (at < text.length() && text.charAt(at) == '*') {
            at++;
        }
        return at == text.length();
    }

    /** The one text that fits, if there is only one. */
    public Optional<String> literal() {
        return text.indexOf('*') < 0 && text.indexOf('?') < 0
                ? Optional.of(text)
                : Optional.empty();
    }

    /** Whether {@code value} fits one of {@code globs}; no globs mean that anything does. */
    static boolean anyMatches(List<Glob> globs, String value) {
        if (globs.isEmpty()) {
            return true;
        }
        for (Glob glob : globs) {
            if (glob.matches(value)) {
                return true;
            }
        }
        return false;
    }
}
