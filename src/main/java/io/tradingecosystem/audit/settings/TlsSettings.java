package io.tradingecosystem.audit.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * TLS of one listener, from PEM files. Off unless a certificate is named.
 *
 * @param certificate the certificate chain, the server's own first
 * @param key the private key of the first certificate, PKCS 8
 * @param clientCa whom clients' certificates must be signed by; absent means clients show none
 */
public record TlsSettings(Optional<Path> certificate, Optional<Path> key, Optional<Path> clientCa) {

    /** Plain text. */
    public static TlsSettings off() {
        return new TlsSettings(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Whether the listener speaks TLS. */
    public boolean enabled() {
        return certificate.isPresent();
    }

    static TlsSettings from(Section section) {
        TlsSettings tls =
                new TlsSettings(
                        file(section, "certificate"),
                        file(section, "key"),
                        file(section, "client-ca"));
        if (tls.certificate().isPresent() != tls.key().isPresent()) {
            String missing = tls.key().isPresent() ? "certificate" : "key";
            section.problem(missing, "", "a PEM file: certificate and key come together");
        }
        if (tls.clientCa().isPresent() && tls.certificate().isEmpty()) {
            section.problem("certificate", "", "a PEM file: client-ca needs certificate and key");
        }
        return tls;
    }

    private static Optional<Path> file(Section section, String name) {
        return section.optionalText(name).map(Path::of);
    }
}
