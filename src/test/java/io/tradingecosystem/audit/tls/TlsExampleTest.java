package io.tradingecosystem.audit.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.settings.TlsSettings;
import io.tradingecosystem.audit.testing.Pem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Optional;

import javax.net.ssl.SSLContext;

/** Examples in comments of {@code tls}. */
class TlsExampleTest {

    @Test
    void shouldMakeAContextOfFiles(@TempDir Path directory) throws Exception {
        Pem pem = Pem.make(directory, "server");
        TlsSettings settings =
                new TlsSettings(
                        Optional.of(pem.certificate()), Optional.of(pem.key()), Optional.empty());
        // @start region="files"
        TlsFiles files = TlsFiles.ofListener(settings, "server.http.tls");
        KeyMaterial material = files.parse(files.read());
        SSLContext context = material.context();
        // @end
        assertThat(context.createSSLEngine()).isNotNull();
        assertThat(material.toString()).contains("CN=server").doesNotContain("PRIVATE");
    }
}
