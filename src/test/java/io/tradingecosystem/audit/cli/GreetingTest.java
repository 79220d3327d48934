package io.tradingecosystem.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.testing.FakeConfigurationService;
import io.tradingecosystem.audit.testing.Pem;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;

class GreetingTest {
    @TempDir private Path directory;

    @Test
    void shouldSayWhereTheDoorsAreAndWhatToTry() {
        assertThat(
                        greeting(
                                Map.of(
                                        "registry.backend",
                                        "in-process",
                                        "service.instance",
                                        "audit-7")))
                .containsPattern("(?m)^audit-7 is ready\\.$")
                .containsPattern("(?m)^  HTTP +http://localhost:\\d+$")
                .containsPattern("(?m)^  gRPC +localhost:\\d+$")
                .containsPattern("(?m)^  registry +in process, by choice")
                .containsPattern("(?m)^  admin token +[0-9a-f]{64}, kept in \\S+/admin-token$")
                .containsPattern("(?m)^  configuration +off, by choice: values from app.yaml$")
                .containsPattern("(?m)^  page +http://localhost:\\d+/$")
                .containsPattern(
                        "(?m)^  java -jar \\S+ play depeg --speed 5 --service"
                                + " http://localhost:\\d+$");
    }

    @Test
    void shouldSayWhatIsMissingAndWhatThatMeans() throws IOException {
        int nobody = freePort();

        assertThat(
                        greeting(
                                Map.of(
                                        "registry.redis-url",
                                        "redis://me:secret@127.0.0.1:" + nobody,
                                        "configuration.address",
                                        "url",
                                        "configuration.url",
                                        "http://127.0.0.1:" + nobody)))
                .contains(
                        "in process, no Redis at redis://127.0.0.1:%d, looking again in 5s"
                                .formatted(nobody))
                .contains(
                        "no service at http://127.0.0.1:%d, values from app.yaml".formatted(nobody))
                .doesNotContain("secret");
    }

    @Test
    void shouldSayWhoIsThere() {
        try (FakeConfigurationService service = FakeConfigurationService.start()) {
            assertThat(
                            greeting(
                                    Map.of(
                                            "registry.backend",
                                            "in-process",
                                            "configuration.address",
                                            "url",
                                            "configuration.url",
                                            service.uri().toString())))
                    .containsPattern("(?m)^  configuration +" + service.uri() + "$");
        }
    }

    @Test
    void shouldSayHowTheDoorsAreSpokenTo() throws Exception {
        Pem pem = Pem.make(directory, "server");
        assertThat(
                        greeting(
                                Map.of(
                                        "registry.backend",
                                        "in-process",
                                        "server.http.tls.certificate",
                                        pem.certificate().toString(),
                                        "server.http.tls.key",
                                        pem.key().toString(),
                                        "server.grpc.tls.certificate",
                                        pem.certificate().toString(),
                                        "server.grpc.tls.key",
                                        pem.key().toString())))
                .containsPattern("(?m)^  HTTP +https://localhost:\\d+$")
                .containsPattern("(?m)^  gRPC +localhost:\\d+ \\(TLS\\)$")
                .containsPattern("(?m)^and look at https://localhost:\\d+/$");
    }

    private static String greeting(Map<String, String> changes) {
        try (AuditCorrelator correlator = AuditCorrelator.start(TestSettings.of(changes))) {
            return Greeting.of(correlator);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
