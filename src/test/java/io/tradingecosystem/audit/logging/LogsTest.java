package io.tradingecosystem.audit.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

class LogsTest {
    private static final Map<String, String> ABOUT = Map.of("service", "audit-correlator");

    private static final TraceContext TRACE =
            new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final EventLogger log = EventLogger.of(LogsTest.class);

    @AfterEach
    void restore() throws IOException {
        LogManager.getLogManager().readConfiguration();
        Logger.getLogger("io.tradingecosystem.audit").setLevel(null);
    }

    @Test
    void shouldWriteOneLineForPeople() {
        configure(Logs.text(), Level.INFO);

        log.info("registry.lost", "redis", "localhost:6379", "retry_in", Duration.ofSeconds(1));

        assertThat(text())
                .matches(
                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z info  registry.lost"
                                + " redis=localhost:6379 retry_in=1000ms\n");
    }

    @Test
    void shouldKeepALineOneLineWhateverAFieldHolds() {
        configure(Logs.text(), Level.INFO);

        log.warn("event.refused", "source", "evil\nfake line \"quoted\" \u001b[31m", "empty", "");

        assertThat(text().lines()).hasSize(1);
        assertThat(text()).contains("source=\"evil\\nfake line \\\"quoted\\\" \\u001b[31m\"");
        assertThat(text()).contains("empty=\"\"");
    }

    @Test
    void shouldWriteOneObjectPerLineForMachines() throws IOException {
        configure(Logs.json(ABOUT), Level.INFO);

        TraceContext.run(
                java.util.Optional.of(TRACE),
                () -> log.info("event.stored", "count", 3, "level", "high", "text", "a\nb"));

        assertThat(text().lines()).hasSize(1);
        JsonNode line = new ObjectMapper().readTree(text());
        assertThat(Instant.parse(line.path("time").asText())).isNotNull();
        assertThat(line.path("level").asText()).isEqualTo("info");
        assertThat(line.path("event").asText()).isEqualTo("event.stored");
        assertThat(line.path("service").asText()).isEqualTo("audit-correlator");
        assertThat(line.path("trace_id").asText()).isEqualTo(TRACE.traceId());
        assertThat(line.path("count").isInt()).isTrue();
        assertThat(line.path("field.level").asText()).isEqualTo("high");
        assertThat(line.path("text").asText()).isEqualTo("a\nb");
    }

    @Test
    void shouldWriteTheStackTraceOfAnError() {
        configure(Logs.text(), Level.INFO);

        log.error("store.write.failed", new IOException("disk full"), "file", "x");

        assertThat(text()).contains("error store.write.failed file=x\n");
        assertThat(text()).contains("java.io.IOException: disk full").contains("\tat ");
    }

    @Test
    void shouldWriteFromTheLevelUp() {
        configure(Logs.text(), Level.WARNING);

        log.debug("a");
        log.info("b");
        log.warn("c");

        assertThat(text()).contains(" c\n").doesNotContain(" a\n").doesNotContain(" b\n");
    }

    @Test
    void shouldWriteLibrariesFromWarningsUpOnly() {
        configure(Logs.text(), Level.FINE);
        Logger library = Logger.getLogger("some.library.Thing");

        library.info("chatter");
        library.log(Level.WARNING, "lost {0}", "the key");

        assertThat(text())
                .doesNotContain("chatter")
                .contains("warn  library logger=some.library.Thing message=\"lost the key\"");
    }

    private void configure(Formatter formatter, Level level) {
        Logs.configure(formatter, level, out);
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
