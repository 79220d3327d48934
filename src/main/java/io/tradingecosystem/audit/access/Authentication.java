package io.tradingecosystem.audit.access;

import io.tradingecosystem.audit.access.Caller.Kind;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.ProblemException;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out who asks: by certificate, by token, by session, or nobody known. A token is remembered
 * when it was verified, so that it costs a hash or a signature once. Failures are counted, and past
 * the bound nothing more is verified. Thread-safe.
 */
final class Authentication {
    private final CertificateCallers certificates;
    private final Optional<TokenHash> admin;
    private final StaticTokens tokens;
    private final Optional<SignedTokens> signed;
    private final Sessions sessions;
    private final FailedAttempts failures;

    Authentication(
            CertificateCallers certificates,
            Optional<AdminToken> admin,
            StaticTokens tokens,
            Optional<SignedTokens> signed,
            Sessions sessions,
            FailedAttempts failures) {
        this.certificates = certificates;
        this.admin = admin.map(AdminToken::hash);
        this.tokens = tokens;
        this.signed = signed;
        this.sessions = sessions;
        this.failures = failures;
    }

    /**
     * Who asks.
     *
     * @throws ProblemException if credentials were given that prove nothing
     */
    Caller caller(Credentials credentials) {
        return credentials
                .certificate()
                .flatMap(certificates::find)
                .or(() -> credentials.token().map(token -> caller(token, credentials.address())))
                .or(() -> credentials.session().flatMap(sessions::find).map(Proof::caller))
                .orElse(Caller.NONE);
    }

    private Caller caller(String token, String address) {
        return tokens.known(token)
                .or(() -> signed.flatMap(all -> all.known(token)).map(Proof::caller))
                .orElseGet(() -> unseen(token, address).caller());
    }

    /**
     * What the bearer token proves; empty without one.
     *
     * @throws ProblemException if it proves nothing
     */
    Optional<Proof> proof(Credentials credentials) {
        return credentials
                .token()
                .map(
                        token ->
                                signed.flatMap(all -> all.known(token))
                                        .orElseGet(() -> unseen(token, credentials.address())));
    }

    private Proof unseen(String token, String address) {
        TokenHash hash = TokenHash.of(token);
        return admin.filter(hash::matches)
                .map(unused -> Proof.until(Instant.MAX, adminCaller()))
                .or(() -> tokens.find(token, hash).map(caller -> held(caller, hash)))
                .orElseGet(() -> verified(token, address, hash.prefix()));
    }

    /** It holds while the token is that caller's. */
    private Proof held(Caller caller, TokenHash hash) {
        return new Proof(caller, Instant.MAX, () -> tokens.isOf(caller.name(), hash));
    }

    private static Caller adminCaller() {
        return new Caller(AdminToken.NAME, Kind.TOKEN, Set.of(Role.ADMIN), Set.of(Caller.ALL));
    }

    private Proof verified(String token, String address, String prefix) {
        failures.require(address, prefix);
        try {
            return signed.filter(unused -> SignedTokens.isSigned(token))
                    .orElseThrow(Authentication::unknown)
                    .verify(token);
        } catch (ProblemException e) {
            // Where no keys are known, that is no fault of the caller's.
            if (e.problem().kind() == Problem.Kind.UNAUTHENTICATED) {
                failures.add(address, prefix);
            }
            throw e;
        }
    }

    private static ProblemException unknown() {
        return Denial.UNKNOWN_TOKEN.exception("nobody here has this token.");
    }
}
