package io.tradingecosystem.audit.definition;

/**
 * Characters that must be there as they are. They are found by the algorithm of Knuth, Morris and
 * Pratt (1977), which never goes back in the value; {@code String.indexOf} does. Immutable.
 */
final class LiteralPart implements GlobPart {
    private final String text;

    /** For each length of what fits so far, how much of it is also its beginning. */
    private final int[] borders;

    LiteralPart(String text) {
        this.text = text;
        this.borders = new int[text.length()];
        for (int i = 1; i < text.length(); i++) {
            borders[i] = next(borders[i - 1], text.charAt(i));
        }
    }

    /** How much fits with one character more. */
    private int next(int fitting, char character) {
        int fits = fitting;
        while (fits > 0 && text.charAt(fits) != character) {
            fits = borders[fits - 1];
        }
        return text.charAt(fits) == character ? fits + 1 : 0;
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public boolean fitsAt(String value, int at) {
        return value.startsWith(text, at);
    }

    @Override
    public int endOfFirst(String value, int from, int to) {
        int fits = 0;
        int at = from;
        while (fits < text.length() && at < to) {
            fits = next(fits, value.charAt(at++));
        }
        return fits == text.length() ? at : -1;
    }
}
