package io.tradingecosystem.audit.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.testing.Pem;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class CertificateCallersTest {
    @TempDir private Path directory;

    @Test
    void shouldKnowACallerByAnyOfItsNames() throws Exception {
        assertThat(find("dns:other.internal,dns:RISK.internal")).contains("risk");
        assertThat(find("uri:spiffe://trading/risk")).contains("risk");
        assertThat(find("ip:10.1.2.3")).contains("risk");
        assertThat(find("dns:other.internal")).isEmpty();
    }

    /** A mailbox may belong to somebody who can be written to, and not to the service. */
    @Test
    void shouldNotLookAtMailboxes() throws Exception {
        assertThat(find("email:risk.internal")).isEmpty();
    }

    @Test
    void shouldFindTheClientsOwnCertificateFirstInItsChain() throws Exception {
        X509Certificate own = certificate("own", "dns:risk.internal");
        X509Certificate issuer = certificate("issuer", "dns:ca.internal");

        assertThat(Credentials.own(new Certificate[] {own, issuer})).contains(own);
        assertThat(Credentials.own(new Certificate[0])).isEmpty();
    }

    private Optional<String> find(String names) throws Exception {
        CertificateCallers callers =
                new CertificateCallers(
                        Map.of(
                                "risk",
                                List.of("risk.internal", "spiffe://trading/risk", "10.1.2.3")),
                        new CallerDirectory(TestSettings.of(Map.of()).access()));
        return callers.find(certificate("client", names)).map(Caller::name);
    }

    private X509Certificate certificate(String name, String names) throws Exception {
        Path folder = Files.createTempDirectory(directory, name);
        try (InputStream in = Files.newInputStream(Pem.named(folder, name, names).certificate())) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
