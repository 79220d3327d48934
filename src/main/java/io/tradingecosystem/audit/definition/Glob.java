package io.tradingecosystem.audit.definition;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A text with {@code *} for any number of characters and {@code ?} for one, which is a code point
 * of Unicode, also one of two units of UTF-16. To match costs time in proportion to the value's
 * length, whatever the pattern: the parts between stars are looked for one behind the other, each
 * from left to right only. Immutable.
 */
public final class Glob {
    /** A new pattern is no longer. */
    public static final int MAX_LENGTH = 1_000;

    /** A new pattern has no more stars. */
    public static final int MAX_STARS = 32;

    private final String text;
    private final WholeCharacters characters;
    private final List<GlobPart> parts;

    /** The pattern that a text is; it may be past the limits, see {@link #isUsable}. */
    public Glob(String text) {
        this.text = requireNonNull(text, "text is null");
        this.characters = WholeCharacters.of(text);
        this.parts = Arrays.stream(characters.in(text).split("\\*", -1)).map(Glob::part).toList();
    }

    private static GlobPart part(String text) {
        return text.indexOf('?') < 0 ? new LiteralPart(text) : new WildPart(text);
    }

    public String text() {
        return text;
    }

    /** Whether the pattern keeps to what new ones may be. */
    public static boolean isWithinLimits(String text) {
        return text.length() <= MAX_LENGTH
                && text.chars().filter(each -> each == '*').count() <= MAX_STARS;
    }

    /**
     * Whether anything can fit. Between stars, characters with {@code ?} among them that are more
     * than a new pattern has are too dear to look for, so nothing does.
     */
    public boolean isUsable() {
        return middle().stream().allMatch(part -> !(part instanceof WildPart w) || w.isUsable());
    }

    /** Whether all of {@code value} fits. */
    public boolean matches(String value) {
        return fits(characters.in(value));
    }

    private boolean fits(String value) {
        GlobPart first = parts.getFirst();
        GlobPart last = parts.getLast();
        int end = value.length() - last.length();
        if (parts.size() == 1) {
            return end == 0 && first.fitsAt(value, 0);
        }
        return end >= first.length()
                && first.fitsAt(value, 0)
                && last.fitsAt(value, end)
                && hasMiddle(value, first.length(), end);
    }

    private boolean hasMiddle(String value, int from, int end) {
        int at = from;
        for (GlobPart part : middle()) {
            at = part.endOfFirst(value, at, end);
            if (at < 0) {
                return false;
            }
        }
        return true;
    }

    private List<GlobPart> middle() {
        return parts.size() < 3 ? List.of() : parts.subList(1, parts.size() - 1);
    }

    /** The one text that fits, if there is only one. */
    public Optional<String> literal() {
        return parts.size() == 1 && parts.getFirst() instanceof LiteralPart
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

    @Override
    public boolean equals(Object other) {
        return other instanceof Glob glob && glob.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
