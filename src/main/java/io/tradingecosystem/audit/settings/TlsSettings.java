package io.tradingecosystem.audit.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * TLS of one end, from PEM files. A listener has it on if a certificate is named, a client if its
 * address says so.
 *
 * @param certificate the certificate chain, the own one first
 * @param key the private key of the first certificate, PKCS 8
 * @param authorities whom the certificates of the other end must be signed by; absent means that
 *     clients show none to a listener, and that a client trusts those of the JVM
 */
public record TlsSettings(
        Optional<Path> certificate, Optional<Path> key, Optional<Path> authorities) {

    /** Plain text for a listener, no certificate for a client. */
    public static TlsSettings off() {
        return new TlsSettings(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Whether the listener speaks TLS. */
    public boolean enabled() {
        return certificate.isPresent();
    }

    /** That of a listener. */
    static TlsSettings from(Section section) {
        TlsSettings tls = read(section, "client-ca");
        if (tls.authorities().isPresent() && tls.certificate().isEmpty()) {
            section.problem("certificate", "", "a PEM file: client-ca needs certificate and key");
        }
        return tls;
    }

    /** That of a client. */
    static TlsSettings ofClient(Section section) {
        return read(section, "ca");
    }

    private static TlsSettings read(Section section, String authorities) {
        TlsSettings tls =
                new TlsSettings(
                        file(section, "certificate"),
                        file(section, "key"),
                        file(section, authorities));
        if (tls.certificate().isPresent() != tls.key().isPresent()) {
            String missing = tls.key().isPresent() ? "certificate" : "key";
            section.problem(missing, "", "a PEM file: certificate and key come together");
        }
        return tls;
    }

    private static Optional<Path> file(Section section, String name) {
        return section.optionalText(name).map(Path::of);
    }
}
