package io.tradingecosystem.audit.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.testing.FakeConfigurationService;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that is killed, and started again while the service is away. */
class ConfigurationRestartTest {
    @TempDir Path directory;

    @Test
    void shouldKnowAfterKillWhatTheServiceSaidBefore() throws Exception {
        Path snapshot = directory.resolve("data/configuration.snapshot");
        try (FakeConfigurationService service = FakeConfigurationService.start()) {
            service.put("some.key", "1", "number");
            Process first = start(service, snapshot);
            assertThat(ask(first, "some.key")).isEqualTo("1 SERVICE FRESH");
            await().atMost(Duration.ofSeconds(30))
                    .until(
                            () ->
                                    Files.exists(snapshot)
                                            && Files.readString(snapshot).contains("some.key"));
            kill(first);
            service.stop();

            Process second = start(service, snapshot);

            assertThat(ask(second, "some.key")).isEqualTo("1 SNAPSHOT STALE");
            assertThat(ask(second, "audit.retention_days")).isEqualTo("90 DEFAULT FRESH");
            kill(second);
        }
    }

    private static Process start(FakeConfigurationService service, Path snapshot)
            throws IOException {
        return new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ConfigurationProcess.class.getName(),
                                service.uri().toString(),
                                snapshot.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String ask(Process process, String key) throws IOException {
        process.getOutputStream().write((key + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
        return String.valueOf(answers.readLine());
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
}
