package io.tradingecosystem.audit.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;

import io.tradingecosystem.audit.access.Caller.Kind;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.settings.JwtSettings;

import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * JSON Web Tokens that an issuer signed (RFC 7519, RFC 8725): with RSA or on elliptic curves only,
 * so that neither {@code none} nor a public key taken for a shared secret passes; by this issuer,
 * for us, within its time. What was verified is remembered until it expires. Thread-safe.
 */
final class SignedTokens {
    /** How many verified tokens are remembered. */
    private static final int MAX_REMEMBERED = 10_000;

    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.PS384,
                    JWSAlgorithm.PS512,
                    JWSAlgorithm.ES256,
                    JWSAlgorithm.ES384,
                    JWSAlgorithm.ES512);

    private final JwtSettings settings;
    private final CallerDirectory directory;
    private final InstantSource clock;
    private final Map<String, Set<Role>> roles = new HashMap<>();
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final Cache<String, Proof> verified;

    SignedTokens(
            JwtSettings settings, IssuerKeys keys, CallerDirectory directory, InstantSource clock) {
        this(settings, keys, directory, clock, MAX_REMEMBERED);
    }

    /** The same with another bound. */
    SignedTokens(
            JwtSettings settings,
            IssuerKeys keys,
            CallerDirectory directory,
            InstantSource clock,
            int maxRemembered) {
        this.verified =
                Caffeine.newBuilder().maximumSize(maxRemembered).executor(Runnable::run).build();
        this.settings = settings;
        this.directory = directory;
        this.clock = clock;
        settings.roles().forEach((value, allowed) -> roles.put(value, Role.of(allowed)));
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(
                        JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(
                        ALGORITHMS, (selector, unused) -> keys.select(selector)));
        processor.setJWTClaimsSetVerifier(claims(settings, clock));
    }

    private static DefaultJWTClaimsVerifier<SecurityContext> claims(
            JwtSettings settings, InstantSource clock) {
        var verifier =
                new DefaultJWTClaimsVerifier<SecurityContext>(
                        settings.audience(),
                        new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
                        Set.of("exp", settings.nameClaim())) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        verifier.setMaxClockSkew(Math.toIntExact(settings.skew().toSeconds()));
        return verifier;
    }

    /** Whether a token has the form of a signed one. */
    static boolean isSigned(String token) {
        return token.chars().filter(each -> each == '.').count() == 2;
    }

    /** Whose it is, if it was verified before and its time is not over. */
    Optional<Proof> known(String token) {
        Proof before = verified.getIfPresent(token);
        if (before == null) {
            return Optional.empty();
        }
        if (!before.holdsAt(clock.instant())) {
            verified.invalidate(token);
            return Optional.empty();
        }
        return Optional.of(before);
    }

    /**
     * Whose it is.
     *
     * @throws ProblemException if it proves nothing
     */
    Proof verify(String token) {
        try {
            JWTClaimsSet claims = processor.process(token, null);
            Instant end = claims.getExpirationTime().toInstant().plus(settings.skew());
            Proof proof = Proof.until(end, caller(claims));
            verified.put(token, proof);
            return proof;
        } catch (ExpiredJWTException e) {
            throw Denial.EXPIRED_TOKEN.exception("the token's time is over.");
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw Denial.INVALID_TOKEN.exception(
                    "the token is not one of %s for %s that is signed and in its time."
                            .formatted(settings.issuer(), settings.audience()));
        }
    }

    private Caller caller(JWTClaimsSet claims) throws ParseException {
        String name = claims.getStringClaim(settings.nameClaim());
        if (name == null || name.isBlank()) {
            throw new ParseException("no name in " + settings.nameClaim(), 0);
        }
        Set<Role> allowed = new HashSet<>();
        texts(claims, settings.rolesClaim())
                .forEach(value -> allowed.addAll(roles.getOrDefault(value, Set.of())));
        return directory.caller(name, Kind.JWT, allowed, texts(claims, settings.servicesClaim()));
    }

    private static List<String> texts(JWTClaimsSet claims, String claim) {
        return switch (claims.getClaim(claim)) {
            case String text ->
                    Arrays.stream(text.split("\\s+")).filter(s -> !s.isEmpty()).toList();
            case Collection<?> values -> values.stream().map(String::valueOf).toList();
            case null, default -> List.of();
        };
    }
}
