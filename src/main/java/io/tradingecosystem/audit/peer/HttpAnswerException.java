package io.tradingecosystem.audit.peer;

/** The instance answered over HTTP, with something other than what was asked for. */
final class HttpAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int BAD_REQUEST = 400;
    private static final int UNPROCESSABLE = 422;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int UNAVAILABLE = 503;

    private final int status;
    private final String detail;

    HttpAnswerException(int status, String detail) {
        super(detail);
        this.status = status;
        this.detail = detail;
    }

    String detail() {
        return detail;
    }

    boolean notOffered() {
        return status == NOT_FOUND || status == METHOD_NOT_ALLOWED || status == NOT_IMPLEMENTED;
    }

    /** True if the question lacks something, or has something that makes no sense. */
    boolean wantsMore() {
        return status == BAD_REQUEST || status == UNPROCESSABLE;
    }

    boolean overloaded() {
        return status == TOO_MANY_REQUESTS;
    }

    boolean unavailable() {
        return status == UNAVAILABLE;
    }

    boolean itsFault() {
        return status >= 500;
    }
}
