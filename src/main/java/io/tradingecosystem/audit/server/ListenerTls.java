package io.tradingecosystem.audit.server;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.pki.PkiException;
import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.tradingecosystem.audit.settings.TlsSettings;

import java.nio.file.Path;
import java.util.Optional;

/** TLS of a listener from PEM files; with a CA for clients, they must show a certificate of it. */
final class ListenerTls {
    private ListenerTls() {}

    /**
     * @param setting where the files are named, for the error
     * @throws DoorException if a file cannot be read or is not what it should be
     */
    static Optional<Tls> of(TlsSettings settings, String setting) {
        if (settings.certificate().isEmpty() || settings.key().isEmpty()) {
            return Optional.empty();
        }
        Path certificate = settings.certificate().get();
        Path key = settings.key().get();
        try {
            Keys own =
                    Keys.builder()
                            .pem(
                                    pem ->
                                            pem.key(Resource.create(key))
                                                    .certificates(Resource.create(certificate)))
                            .build();
            var tls = Tls.builder().privateKey(own).privateKeyCertChain(own);
            settings.clientCa()
                    .ifPresent(
                            ca ->
                                    tls.clientAuth(TlsClientAuth.REQUIRED)
                                            .trust(
                                                    Keys.builder()
                                                            .pem(
                                                                    pem ->
                                                                            pem.certificates(
                                                                                    Resource.create(
                                                                                            ca)))
                                                            .build()));
            return Optional.of(tls.build());
        } catch (PkiException | io.helidon.common.configurable.ResourceException e) {
            throw new DoorException(
                    "%s: cannot use the PEM files: %s".formatted(setting, e.getMessage()), e);
        }
    }
}
