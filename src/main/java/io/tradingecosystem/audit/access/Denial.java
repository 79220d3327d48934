package io.tradingecosystem.audit.access;

import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;

/** Why a request is not served: the name stands in the answer, in its detail and as a member. */
public enum Denial {
    /** The route is not open, and the request says nothing of who asks. */
    NO_CREDENTIALS(Kind.UNAUTHENTICATED),
    /** The header is not {@code Bearer} with a token. */
    MALFORMED_CREDENTIALS(Kind.UNAUTHENTICATED),
    /** Nobody has this token. */
    UNKNOWN_TOKEN(Kind.UNAUTHENTICATED),
    /** The signed token was not signed by the issuer, or is for others, or by others. */
    INVALID_TOKEN(Kind.UNAUTHENTICATED),
    /** The signed token's time is over. */
    EXPIRED_TOKEN(Kind.UNAUTHENTICATED),
    /** The issuer's keys were never seen, so that nothing can be said of its tokens. */
    NO_KEYS(Kind.UNAVAILABLE),
    /** Too many attempts have failed. */
    TOO_MANY_FAILURES(Kind.BUSY),
    /** The caller has sent more events than it may in that time. */
    EVENTS_PER_SECOND(Kind.BUSY),
    /** The caller has sent more bytes than it may in that time. */
    BYTES_PER_SECOND(Kind.BUSY),
    /** The caller has not the role. */
    ROLE_MISSING(Kind.FORBIDDEN),
    /** A page of another origin wants to change something. */
    FOREIGN_ORIGIN(Kind.FORBIDDEN),
    /** A browser uses a name that is not known to be ours. */
    UNKNOWN_HOST(Kind.FORBIDDEN),
    /** A body that any page's form can send wants to change something. */
    FORM_MEDIA_TYPE(Kind.UNSUPPORTED_MEDIA_TYPE);

    private final Kind kind;

    Denial(Kind kind) {
        this.kind = kind;
    }

    /** The answer to the caller; the detail is a sentence. */
    Problem problem(String detail) {
        return Problem.of(kind, name() + ": " + detail).with("reason", name());
    }

    ProblemException exception(String detail) {
        return new ProblemException(problem(detail));
    }
}
