package io.tradingecosystem.audit.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** Who signs tokens for {@code audit-correlator}, with a key on the curve P-256. */
public record Issuer(ECKey key) {
    public static final String NAME = "https://issuer.example";

    public static Issuer create(String keyId) {
        try {
            return new Issuer(new ECKeyGenerator(Curve.P_256).keyID(keyId).generate());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its public keys, as everybody may see them. */
    public String keys() {
        return new JWKSet(key).toString();
    }

    /** The same in a file. */
    public Path keys(Path file) {
        try {
            return Files.writeString(file, keys());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Claims as they should be, to be changed. */
    public static JWTClaimsSet.Builder claims(String name, List<String> roles, Instant now) {
        return new JWTClaimsSet.Builder()
                .issuer(NAME)
                .audience("audit-correlator")
                .subject(name)
                .claim("roles", roles)
                .expirationTime(Date.from(now.plusSeconds(300)));
    }

    /** A token with these claims. */
    public String sign(JWTClaimsSet.Builder claims) {
        try {
            SignedJWT token =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
                            claims.build());
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
