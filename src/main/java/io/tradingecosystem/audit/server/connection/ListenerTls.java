package io.tradingecosystem.audit.server.connection;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.settings.TlsSettings;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * TLS of a listener from PEM files. With a CA for clients, clients must show a certificate of that
 * CA. Used once, at the start.
 *
 * <p>Fault: Helidon 4.5.0, {@code Tls.Builder.build}, takes a key that is not that of the
 * certificate, and {@code Keys.Builder.build} fails with exceptions of many kinds that name no
 * setting. Shown by: {@code HelidonFaultsTest.shouldTakeAKeyThatIsNotTheCertificates}. Held by:
 * {@code TlsDoorsTest.shouldNameTheSettingOfAFileThatIsNotWhatItShouldBe}. Look again: Helidon 4.6.
 */
public final class ListenerTls {
    private static final EventLogger LOG = EventLogger.of(ListenerTls.class);

    /** Time enough to get another one. */
    private static final Duration SOON = Duration.ofDays(30);

    private ListenerTls() {}

    /**
     * The TLS of a listener; empty if the settings name no certificate.
     *
     * @param setting where the files are named, for the error
     * @param now for what is told of certificates that are not valid, or will not be for long
     * @throws ListenerException if a file cannot be read or is not what it should be, or if the key
     *     is not the one of the certificate
     */
    public static Optional<Tls> of(TlsSettings settings, String setting, Instant now) {
        if (settings.certificate().isEmpty() || settings.key().isEmpty()) {
            return Optional.empty();
        }
        Path certificate = settings.certificate().get();
        certificates(certificate, setting + ".certificate");
        Keys own =
                read(
                        settings.key().get(),
                        setting + ".key",
                        "a private key, PKCS 8",
                        key ->
                                Keys.builder()
                                        .pem(
                                                pem ->
                                                        pem.key(key)
                                                                .certChain(
                                                                        Resource.create(
                                                                                certificate)))
                                        .build());
        requirePair(own.certChain().getFirst(), own.privateKey().orElseThrow(), setting + ".key");
        own.certChain()
                .forEach(part -> tellValidity(part, certificate, setting + ".certificate", now));
        var tls = Tls.builder().privateKey(own).privateKeyCertChain(own);
        settings.clientCa()
                .ifPresent(
                        ca ->
                                tls.clientAuth(TlsClientAuth.REQUIRED)
                                        .trust(certificates(ca, setting + ".client-ca")));
        return Optional.of(tls.build());
    }

    /** Clients refuse a certificate out of its time, and only they would tell why. */
    private static void tellValidity(
            X509Certificate certificate, Path file, String setting, Instant now) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        Optional<String> event = Optional.empty();
        if (now.isBefore(from)) {
            event = Optional.of("server.tls.certificate.early");
        } else if (now.isAfter(until)) {
            event = Optional.of("server.tls.certificate.expired");
        } else if (now.plus(SOON).isAfter(until)) {
            event = Optional.of("server.tls.certificate.expiring");
        }
        event.ifPresent(
                name ->
                        LOG.warn(
                                name,
                                "setting",
                                setting,
                                "file",
                                file,
                                "subject",
                                certificate.getSubjectX500Principal().getName(),
                                "valid_from",
                                from,
                                "valid_until",
                                until));
    }

    private static Keys certificates(Path file, String setting) {
        Keys keys =
                read(
                        file,
                        setting,
                        "certificates",
                        pem -> Keys.builder().pem(it -> it.certificates(pem)).build());
        if (keys.certs().isEmpty() && keys.certChain().isEmpty()) {
            throw unusable(file, setting, "certificates", "there is none in it");
        }
        return keys;
    }

    /** Helidon fails with exceptions of many kinds, all of which mean the file. */
    private static Keys read(
            Path file, String setting, String expected, Function<Resource, Keys> reading) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            String reason = Files.exists(file) ? "it cannot be read" : "there is no such file";
            throw unusable(file, setting, expected, reason);
        }
        try {
            return reading.apply(Resource.create(file));
        } catch (RuntimeException e) {
            throw new ListenerException(text(file, setting, expected, reason(e)), e);
        }
    }

    private static String reason(Throwable failure) {
        String reported = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return reported.isBlank() ? failure.getClass().getSimpleName() : reported;
    }

    /** A pair that isn't one would fail every handshake, and nothing would tell why. */
    private static void requirePair(X509Certificate certificate, PrivateKey key, String setting) {
        try {
            byte[] text = setting.getBytes(StandardCharsets.UTF_8);
            Signature signature = Signature.getInstance(algorithm(key));
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(text);
            if (!signature.verify(signed)) {
                throw new ListenerException(setting + ": not the key of the certificate");
            }
        } catch (GeneralSecurityException e) {
            throw new ListenerException(setting + ": not the key of the certificate", e);
        }
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }

    private static ListenerException unusable(
            Path file, String setting, String expected, String reason) {
        return new ListenerException(text(file, setting, expected, reason));
    }

    private static String text(Path file, String setting, String expected, String reason) {
        return "%s: cannot use %s: %s; a PEM file with %s is expected"
                .formatted(setting, file, reason, expected);
    }
}
