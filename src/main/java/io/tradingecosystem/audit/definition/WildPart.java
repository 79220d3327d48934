package io.tradingecosystem.audit.definition;

import java.util.HashMap;
import java.util.Map;

/**
 * Characters of which {@code ?} may be any. They are found with a bit for each beginning of them
 * that fits so far (Baeza-Yates and Gonnet 1992, "shift-and"), 64 at a time. Immutable.
 */
final class WildPart implements GlobPart {
    private final String text;

    /** For each character of the text, the places where it may stand; for others, those of ?. */
    private final Map<Character, long[]> places = new HashMap<>();

    private final long[] wild;

    WildPart(String text) {
        this.text = text;
        this.wild = new long[isUsable() ? (text.length() + Long.SIZE - 1) / Long.SIZE : 0];
        if (isUsable()) {
            note();
        }
    }

    private void note() {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '?') {
                set(wild, i);
            }
        }
        for (int i = 0; i < text.length(); i++) {
            set(places.computeIfAbsent(text.charAt(i), each -> wild.clone()), i);
        }
    }

    private static void set(long[] bits, int i) {
        bits[i / Long.SIZE] |= 1L << (i % Long.SIZE);
    }

    /** Whether it can be looked for; what is longer takes too much time and memory. */
    boolean isUsable() {
        return text.length() <= Glob.MAX_LENGTH;
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public boolean fitsAt(String value, int at) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '?' && text.charAt(i) != value.charAt(at + i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int endOfFirst(String value, int from, int to) {
        long[] fits = new long[wild.length];
        for (int at = from; at < to && isUsable(); at++) {
            advance(fits, places.getOrDefault(value.charAt(at), wild));
            if (isWhole(fits)) {
                return at + 1;
            }
        }
        return -1;
    }

    private static void advance(long[] fits, long[] here) {
        long carry = 1;
        for (int i = 0; i < fits.length; i++) {
            long next = fits[i] >>> (Long.SIZE - 1);
            fits[i] = ((fits[i] << 1) | carry) & here[i];
            carry = next;
        }
    }

    private boolean isWhole(long[] fits) {
        int last = text.length() - 1;
        return ((fits[last / Long.SIZE] >>> (last % Long.SIZE)) & 1) == 1;
    }
}
