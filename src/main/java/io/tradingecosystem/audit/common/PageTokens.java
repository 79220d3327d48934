package io.tradingecosystem.audit.common;

/**
 * The page tokens of one question. Whoever finds a page says where to go on in a token of its own;
 * what a caller gets begins with a digest of the question, so that a token that comes back with
 * another question is noticed. Immutable.
 */
public final class PageTokens {
    private static final int DIGITS = 12;

    private final String digest;

    private PageTokens(String digest) {
        this.digest = digest;
    }

    /**
     * The tokens of a question.
     *
     * @param question all that decides what stands on the pages and in which order, always in the
     *     same order; not the length of a page
     */
    public static PageTokens of(String... question) {
        return new PageTokens(Digest.hex(DIGITS, question));
    }

    /** What a caller is given for a finder's token; empty for the empty one of the last page. */
    public String given(String found) {
        return found.isEmpty() ? "" : digest + found;
    }

    /**
     * The finder's token in what a caller gave back; empty for the empty one of the first page.
     *
     * @throws InvalidQuestionException if it was given for another question, or by nobody
     */
    public String taken(String given) {
        if (given.isEmpty()) {
            return "";
        }
        if (!given.startsWith(digest) || given.length() == DIGITS) {
            throw InvalidQuestionException.pageTokenOfAnother(given);
        }
        return given.substring(DIGITS);
    }
}
