package io.tradingecosystem.audit.access;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.problem.ProblemException;

import java.time.Instant;
import java.util.Optional;

/**
 * Logs people in to the page and out: a token that is shown once becomes a session, whose id is in
 * a cookie. Thread-safe.
 */
public final class PageSessions {
    private final AccessPolicy policy;
    private final Denials denials;

    /** The sessions of who is known to a policy. */
    public PageSessions(AccessPolicy policy, Denials denials) {
        this.policy = policy;
        this.denials = denials;
    }

    /**
     * A session.
     *
     * @param caller whose it is
     * @param end when it ends at the latest
     */
    public record Begun(Caller caller, Instant end) {}

    /**
     * Begins a session for who shows a bearer token, in place of the one that the browser has.
     *
     * @return whose it is, and until when
     * @throws ProblemException 401 or 429, if there is no token, or one that proves nothing
     */
    public Begun begin(ServerRequest request, ServerResponse response) {
        Proof proof = denials.counted("http", () -> proof(request));
        SessionCookie.id(request).ifPresent(policy.sessions()::end);
        String id = policy.sessions().begin(proof);
        response.header(SessionCookie.given(request, id));
        return policy.sessions()
                .find(id)
                .map(own -> new Begun(own.caller(), own.end()))
                .orElseThrow(() -> Denial.UNKNOWN_TOKEN.exception("the token is gone."));
    }

    private Proof proof(ServerRequest request) {
        return policy.proof(HttpAccess.credentials(request))
                .orElseThrow(
                        () ->
                                Denial.NO_CREDENTIALS.exception(
                                        "a session begins with a token: Authorization: Bearer."));
    }

    /** Ends the session of the browser, if it has one. */
    public void end(ServerRequest request, ServerResponse response) {
        SessionCookie.id(request).ifPresent(policy.sessions()::end);
        response.header(SessionCookie.taken(request));
    }

    /** When the session that a request has ends at the latest. */
    public Optional<Instant> end(ServerRequest request) {
        return SessionCookie.id(request).flatMap(policy.sessions()::find).map(Proof::end);
    }
}
