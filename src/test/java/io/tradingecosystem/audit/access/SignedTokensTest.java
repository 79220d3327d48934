package io.tradingecosystem.audit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;

import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.testing.CapturedLog;
import io.tradingecosystem.audit.testing.Issuer;
import io.tradingecosystem.audit.testing.ManualClock;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

class SignedTokensTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final Issuer issuer = Issuer.create("k1");
    private final ManualClock clock = ManualClock.at(NOW);
    private final AtomicLong ticks = new AtomicLong();
    private String document = issuer.keys();
    private boolean away;
    private int reads;

    @TempDir private Path directory;

    @Test
    void shouldKnowACallerByItsToken() throws Exception {
        Caller caller = tokens().verify(issuer.sign(claims())).caller();

        assertThat(caller.name()).isEqualTo("risk-monitor");
        assertThat(caller.kind()).isEqualTo(Caller.Kind.JWT);
        assertThat(caller.roles()).containsExactlyInAnyOrder(Role.READ, Role.OPERATE);
        assertThat(caller.services()).containsExactly("risk-monitor");
    }

    @Test
    void shouldTakeServicesFromTheToken() throws Exception {
        Caller caller =
                tokens().verify(issuer.sign(claims().claim("services", List.of("a", "b"))))
                        .caller();

        assertThat(caller.services()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void shouldRefuseATokenThatAnotherKeySigned() throws Exception {
        refuse(Issuer.create("k1").sign(claims()), Denial.INVALID_TOKEN);
    }

    @Test
    void shouldRefuseATokenWithoutASignature() throws Exception {
        refuse(new PlainJWT(claims().build()).serialize(), Denial.INVALID_TOKEN);
    }

    @Test
    void shouldRefuseATokenWhoseSignatureWasCutOff() throws Exception {
        String token = issuer.sign(claims());
        refuse(token.substring(0, token.lastIndexOf('.') + 1), Denial.INVALID_TOKEN);
    }

    @Test
    void shouldRefuseATokenWhoseClaimsWereChanged() throws Exception {
        String[] parts = issuer.sign(claims()).split("\\.");
        String[] others = issuer.sign(claims().subject("admin")).split("\\.");
        refuse(parts[0] + "." + others[1] + "." + parts[2], Denial.INVALID_TOKEN);
    }

    /** A library that lets the token choose takes the public key for a shared secret. */
    @Test
    void shouldRefuseAPublicKeyAsASharedSecret() throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("k2").generate();
        document = new JWKSet(List.of(issuer.key(), rsa)).toString();
        for (byte[] secret :
                List.of(
                        rsa.toRSAPublicKey().getEncoded(),
                        issuer.key().toECPublicKey().getEncoded(),
                        document.getBytes(StandardCharsets.UTF_8))) {
            refuse(signed(JWSAlgorithm.HS256, new MACSigner(secret), "k2"), Denial.INVALID_TOKEN);
        }
    }

    @Test
    void shouldTakeRsaInBothForms() throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("k2").generate();
        document = new JWKSet(List.of(issuer.key(), rsa)).toString();
        for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.RS256, JWSAlgorithm.PS384)) {
            String token = signed(algorithm, new RSASSASigner(rsa), "k2");

            assertThat(tokens().verify(token).caller().name()).isEqualTo("risk-monitor");
        }
    }

    @Test
    void shouldRefuseAnotherIssuerAndAnotherAudience() throws Exception {
        refuse(issuer.sign(claims().issuer("https://other.example")), Denial.INVALID_TOKEN);
        refuse(issuer.sign(claims().audience("web-shop")), Denial.INVALID_TOKEN);
        refuse(issuer.sign(claims().audience((String) null)), Denial.INVALID_TOKEN);
    }

    @Test
    void shouldRefuseATokenOutOfItsTime() throws Exception {
        refuse(issuer.sign(claims().expirationTime(at(-31))), Denial.EXPIRED_TOKEN);
        refuse(issuer.sign(claims().notBeforeTime(at(31))), Denial.INVALID_TOKEN);
        refuse(issuer.sign(claims().expirationTime(null)), Denial.INVALID_TOKEN);
        refuse(issuer.sign(claims().subject(null)), Denial.INVALID_TOKEN);
    }

    @Test
    void shouldBearWithTheIssuersClock() throws Exception {
        SignedTokens tokens = tokens();

        assertThat(tokens.verify(issuer.sign(claims().expirationTime(at(-29))))).isNotNull();
        assertThat(tokens.verify(issuer.sign(claims().notBeforeTime(at(29))))).isNotNull();
    }

    @Test
    void shouldRememberATokenUntilItExpires() throws Exception {
        SignedTokens tokens = tokens();
        String token = issuer.sign(claims());

        assertThat(tokens.known(token)).isEmpty();
        Proof proof = tokens.verify(token);
        assertThat(tokens.known(token)).contains(proof);
        clock.jump(Duration.ofSeconds(329));
        assertThat(tokens.known(token)).contains(proof);
        clock.jump(Duration.ofSeconds(1));
        assertThat(tokens.known(token)).isEmpty();
    }

    @Test
    void shouldVerifyAnewWhatItRemembersNoMore() throws Exception {
        SignedTokens tokens = tokens(200);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            sent.add(issuer.sign(claims().jwtID("token-" + i)));
            tokens.verify(sent.get(i));
        }

        List<String> forgotten =
                sent.stream().filter(token -> tokens.known(token).isEmpty()).toList();

        assertThat(forgotten).hasSize(100);
        assertThat(tokens.verify(forgotten.getFirst()).caller().name()).isEqualTo("risk-monitor");
    }

    @Test
    void shouldLookAgainForAKeyThatItDoesNotKnow() throws Exception {
        SignedTokens tokens = tokens();
        tokens.verify(issuer.sign(claims()));
        Issuer next = Issuer.create("k2");
        document = new JWKSet(List.of(issuer.key(), next.key())).toString();

        assertThatThrownBy(() -> tokens.verify(next.sign(claims())))
                .as("within ten seconds nobody makes us look again")
                .isInstanceOf(ProblemException.class);
        ticks.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(tokens.verify(next.sign(claims())).caller().name()).isEqualTo("risk-monitor");
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void shouldServeOnWhileTheIssuerIsAway() throws Exception {
        SignedTokens tokens = tokens();
        tokens.verify(issuer.sign(claims()));
        away = true;
        ticks.addAndGet(Duration.ofHours(1).toNanos());

        assertThat(tokens.verify(issuer.sign(claims().claim("n", 2))).caller().name())
                .isEqualTo("risk-monitor");
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void shouldSayThatItHasSeenNoKeys() throws Exception {
        away = true;
        SignedTokens tokens = tokens();
        String token = issuer.sign(claims());
        assertThatThrownBy(() -> tokens.verify(token)).hasMessageStartingWith("NO_KEYS: ");

        away = false;
        ticks.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(tokens.verify(token).caller().name()).isEqualTo("risk-monitor");
    }

    @Test
    void shouldLookAgainAfterAWhile() throws Exception {
        SignedTokens tokens = tokens();
        tokens.verify(issuer.sign(claims()));
        Issuer next = Issuer.create("k1");
        document = next.keys();

        ticks.addAndGet(Duration.ofMinutes(5).toNanos() - 1);
        assertThat(tokens.verify(issuer.sign(claims().claim("n", 2)))).isNotNull();
        ticks.addAndGet(1);
        assertThatThrownBy(() -> tokens.verify(issuer.sign(claims().claim("n", 3))))
                .as("the issuer has another key of this id")
                .hasMessageStartingWith("INVALID_TOKEN: ");
        assertThat(tokens.verify(next.sign(claims()))).isNotNull();
    }

    /** One that did not give the lock back would be the only one who ever looks. */
    @Test
    void shouldLetEveryThreadLook() throws Exception {
        SignedTokens tokens = tokens();
        tokens.verify(issuer.sign(claims()));
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
            for (String id : List.of("k2", "k3")) {
                Issuer next = Issuer.create(id);
                document = next.keys();
                ticks.addAndGet(Duration.ofSeconds(10).toNanos());
                assertThat(threads.submit(() -> tokens.verify(next.sign(claims()))).get())
                        .isNotNull();
            }
        }
    }

    @Test
    void shouldSayOnceThatTheIssuerIsAway() throws Exception {
        SignedTokens tokens = tokens();
        tokens.verify(issuer.sign(claims()));
        try (CapturedLog log = CapturedLog.of(IssuerKeys.class.getPackage())) {
            away = true;
            for (int i = 0; i < 3; i++) {
                ticks.addAndGet(Duration.ofHours(1).toNanos());
                tokens.verify(issuer.sign(claims().claim("n", i)));
            }
            assertThat(log.lines()).singleElement().asString().contains("access.keys.lost");
            away = false;
            ticks.addAndGet(Duration.ofSeconds(10).toNanos());
            tokens.verify(issuer.sign(claims().claim("n", 4)));
            assertThat(log.lines().getLast()).contains("access.keys.found");
        }
    }

    /** A token made for something else, such as one of identity, opens nothing (RFC 8725, 3.11). */
    @Test
    void shouldLookAtTheTypeOfAToken() throws Exception {
        assertThat(tokens().verify(typed("at+jwt"))).isNotNull();
        assertThat(tokens().verify(typed("JWT"))).isNotNull();
        refuse(typed("secevent+jwt"), Denial.INVALID_TOKEN);
    }

    @Test
    void shouldReadRolesInOneText() throws Exception {
        Caller caller =
                tokens().verify(issuer.sign(claims().claim("roles", " other  ops "))).caller();

        assertThat(caller.roles()).containsExactlyInAnyOrder(Role.READ, Role.OPERATE);
    }

    private String typed(String type) throws Exception {
        SignedJWT token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .keyID("k1")
                                .type(new JOSEObjectType(type))
                                .build(),
                        claims().build());
        token.sign(new ECDSASigner(issuer.key()));
        return token.serialize();
    }

    private void refuse(String token, Denial reason) throws Exception {
        SignedTokens tokens = tokens();
        assertThatThrownBy(() -> tokens.verify(token)).hasMessageStartingWith(reason + ": ");
        assertThat(tokens.known(token)).isEmpty();
    }

    private static String signed(JWSAlgorithm algorithm, JWSSigner signer, String keyId)
            throws Exception {
        SignedJWT token =
                new SignedJWT(
                        new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims().build());
        token.sign(signer);
        return token.serialize();
    }

    private static JWTClaimsSet.Builder claims() {
        return Issuer.claims("risk-monitor", List.of("ops", "unknown"), NOW);
    }

    private static Date at(int seconds) {
        return Date.from(NOW.plusSeconds(seconds));
    }

    private SignedTokens tokens() throws IOException {
        return tokens(1_000);
    }

    private SignedTokens tokens(int maxRemembered) throws IOException {
        Path file =
                Files.writeString(
                        directory.resolve("app.yaml"),
                        "access: {jwt: {roles: {ops: [operate]}}, roles: {risk-monitor: [read]}}");
        Settings settings =
                TestSettings.of(
                        Optional.of(file),
                        Map.of("access.jwt.keys", "unused", "access.jwt.issuer", Issuer.NAME));
        IssuerKeys keys =
                new IssuerKeys(this::read, "test", settings.access().jwt().refresh(), ticks::get);
        return new SignedTokens(
                settings.access().jwt(),
                keys,
                new CallerDirectory(settings.access()),
                clock,
                maxRemembered);
    }

    private String read() throws IOException {
        reads++;
        if (away) {
            throw new IOException("away");
        }
        return document;
    }
}
