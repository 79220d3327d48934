package io.tradingecosystem.audit.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tradingecosystem.audit.settings.Secret;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs messages as <a
 * href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 * Webhooks</a> says: an HMAC-SHA-256 over id, time and body, with each key, so that a receiver may
 * know either while keys change. Its library for Java is not on Maven Central. Immutable.
 */
final class Signer {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "whsec_";

    private final List<SecretKeySpec> keys;

    private Signer(List<SecretKeySpec> keys) {
        this.keys = keys;
    }

    /**
     * Signs with each of these.
     *
     * @param secrets {@code whsec_} and Base64
     */
    static Signer of(List<Secret> secrets) {
        return new Signer(secrets.stream().map(Signer::key).toList());
    }

    private static SecretKeySpec key(Secret secret) {
        String base64 = secret.value().substring(PREFIX.length());
        return new SecretKeySpec(Base64.getDecoder().decode(base64), ALGORITHM);
    }

    /** The three headers of a message that is sent now. */
    Map<String, String> headers(String id, Instant now, byte[] body) {
        String seconds = Long.toString(now.getEpochSecond());
        byte[] head = (id + "." + seconds + ".").getBytes(UTF_8);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", seconds);
        headers.put(
                "webhook-signature",
                keys.stream()
                        .map(key -> "v1," + signature(key, head, body))
                        .collect(Collectors.joining(" ")));
        return headers;
    }

    private static String signature(SecretKeySpec key, byte[] head, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(head);
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
