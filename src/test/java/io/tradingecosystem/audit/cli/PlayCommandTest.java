package io.tradingecosystem.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.access.AdminToken;
import io.tradingecosystem.audit.app.AuditCorrelator;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.Pem;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Recordings that are played into a service that asks who may. */
@Timeout(60)
class PlayCommandTest {
    @TempDir private Path directory;
    private final CommandLine line = new CommandLine();
    private Path recording;
    private AuditCorrelator service;

    @BeforeEach
    void start() throws IOException {
        recording =
                Files.writeString(
                        directory.resolve("one.ndjson"),
                        """
                        {"id":"e-1","service":"exchange","type":"t","occurred_at":"2026-01-31T12:00:00Z"}
                        """);
        service =
                AuditCorrelator.start(
                        TestSettings.of(
                                Map.of(
                                        "registry.backend", "in-process",
                                        "access.mode", "required",
                                        "store.path", directory.resolve("log").toString())));
    }

    @AfterEach
    void end() {
        service.close();
    }

    @Test
    void shouldSayThatAServiceWantsToKnowWhoPlays() {
        assertThat(play("--service", service.httpAddress())).isEqualTo(2);

        assertThat(line.err())
                .contains("the service did not take the events")
                .contains("NO_CREDENTIALS: this needs the role send");
    }

    @Test
    void shouldShowTheTokenThatIsNamed() {
        Path token = directory.resolve("log").resolve(AdminToken.FILE);

        int code = play("--service", service.httpAddress(), "--token-file", token.toString());

        assertThat(code).as(line.err()).isNotEqualTo(2);
        assertStored();
    }

    @Test
    void shouldShowTheTokenOfItsOwnServiceByItself() throws IOException {
        Path settings =
                Files.writeString(
                        directory.resolve("app.yaml"),
                        """
                        server: {http: {port: %d}}
                        store: {path: %s}
                        """
                                .formatted(service.httpPort(), directory.resolve("log")));

        int code = play("--config", settings.toString());

        assertThat(code).as(line.err()).isNotEqualTo(2);
        assertStored();
    }

    @Test
    void shouldSayThatItCannotReadTheTokenThatIsNamed() {
        Path nobody = directory.resolve("no-such-file");

        assertThat(play("--service", service.httpAddress(), "--token-file", nobody.toString()))
                .isEqualTo(2);
        assertThat(line.err()).contains("--token-file").contains("no-such-file");
    }

    @Test
    void shouldTrustWhomItIsTold() throws Exception {
        Pem pem = Pem.make(directory, "server");
        try (AuditCorrelator secured =
                AuditCorrelator.start(
                        TestSettings.of(
                                Map.of(
                                        "registry.backend",
                                        "in-process",
                                        "server.http.tls.certificate",
                                        pem.certificate().toString(),
                                        "server.http.tls.key",
                                        pem.key().toString())))) {
            String address = "https://localhost:" + secured.httpPort();

            assertThat(play("--service", address)).isEqualTo(2);
            assertThat(line.err()).contains("PKIX path building failed");

            String ca = pem.certificate().toString();
            assertThat(play("--service", address, "--ca", ca)).as(line.err()).isNotEqualTo(2);
            String spans = Files.writeString(directory.resolve("zipkin"), "[]").toString();
            assertThat(
                            line.run(
                                    "import",
                                    spans,
                                    "--format",
                                    "zipkin",
                                    "--service",
                                    address,
                                    "--ca",
                                    ca))
                    .as(line.err())
                    .isZero();
        }
    }

    private int play(String... options) {
        List<String> arguments = new ArrayList<>(List.of("play", recording.toString()));
        arguments.addAll(List.of("--speed", "max", "--wait", "0s"));
        arguments.addAll(List.of(options));
        return line.run(arguments.toArray(String[]::new));
    }

    private void assertStored() {
        Http http = Http.of(service.httpPort());
        String token = service.adminToken().fresh().orElseThrow();
        var request =
                http.request("/api/v1/events?service=exchange")
                        .header("Authorization", "Bearer " + token);
        assertThat(http.send(request).body()).contains("\"type\":\"t\"");
    }
}
