package io.tradingecosystem.audit.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tradingecosystem.audit.testing.CorrelatorProcess;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The whole service in a process of its own: what it says, and does not touch, at its start. */
@Timeout(180)
class StartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<CorrelatorProcess> processes = new ArrayList<>();

    @TempDir private Path directory;

    @AfterEach
    void end() {
        processes.forEach(CorrelatorProcess::kill);
    }

    @Test
    void shouldSayEverythingInJsonWhereTheLogIs() throws Exception {
        // given a name in the environment with a letter too many
        CorrelatorProcess first = start("first", Map.of());
        await().atMost(PATIENCE).until(() -> first.log().contains("\"service.ready\""));
        assertThat(event(first, "settings.unknown").path("nearest").asText())
                .isEqualTo("STORE_QUEUE_SIZE");
        String address = event(first, "service.ready").path("http").asText();

        // when another one wants the same port, and one makes no sense
        String port = Integer.toString(URI.create(address).getPort());
        CorrelatorProcess second = start("second", Map.of("server.http.port", port));
        assertThat(second.exitCode(PATIENCE)).isEqualTo(1);
        CorrelatorProcess third = start("third", Map.of("server.http.port", "x"));
        assertThat(third.exitCode(PATIENCE)).isEqualTo(2);

        // then
        assertThat(event(second, "service.failed").path("reason").asText())
                .contains("server.http.port", port);
        assertThat(event(third, "settings.invalid").path("reason").asText())
                .contains("server.http.port");
        assertThat(directory.resolve("first")).exists();
        assertThat(directory.resolve("second")).doesNotExist();
        assertThat(first.end()).isZero();
        assertThat(events(first)).isNotEmpty();
    }

    private CorrelatorProcess start(String name, Map<String, String> changes) throws IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put("registry.backend", "in-process");
        settings.put("logging.format", "json");
        settings.put("store.path", directory.resolve(name).resolve("log").toString());
        settings.putAll(changes);
        CorrelatorProcess process =
                CorrelatorProcess.startWith(Map.of("STORE_QUEUE_SIZES", "1MiB"), name, settings);
        processes.add(process);
        return process;
    }

    private static JsonNode event(CorrelatorProcess process, String event) throws IOException {
        return events(process).stream()
                .filter(line -> line.path("event").asText().equals(event))
                .findFirst()
                .orElseThrow();
    }

    /** Every line but what the JVM says of itself. */
    private static List<JsonNode> events(CorrelatorProcess process) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : process.log().lines().toList()) {
            if (!line.startsWith("WARNING: ")) {
                events.add(JSON.readTree(line));
            }
        }
        return events;
    }
}
