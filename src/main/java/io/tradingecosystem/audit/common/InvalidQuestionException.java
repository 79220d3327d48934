package io.tradingecosystem.audit.common;

/**
 * A question makes no sense: a page token, a limit, a key or a time that is not one. The message
 * says what is wrong and what is allowed; callers are shown it. Every room may throw this.
 */
public final class InvalidQuestionException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_SHOWN = 64;

    public InvalidQuestionException(String message) {
        super(message);
    }

    /** A page token that no answer gave. */
    public static InvalidQuestionException pageToken(String token) {
        return pageToken(token, "is not ours");
    }

    /** A page token that no answer to this question gave. */
    public static InvalidQuestionException pageTokenOfAnother(String token) {
        return pageToken(token, "is not of this question and order");
    }

    private static InvalidQuestionException pageToken(String token, String fault) {
        String shown = token.length() <= MAX_SHOWN ? token : token.substring(0, MAX_SHOWN) + "…";
        return new InvalidQuestionException(
                "page token \"" + shown + "\" " + fault + "; leave it out for the first page");
    }

    /** Throws if a number of a question is out of its range. */
    public static void requireRange(String name, long number, long min, long max) {
        if (number < min || number > max) {
            throw new InvalidQuestionException(
                    name + " is " + number + "; allowed is from " + min + " to " + max);
        }
    }
}
