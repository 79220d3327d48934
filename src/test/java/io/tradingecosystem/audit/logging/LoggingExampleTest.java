package io.tradingecosystem.audit.logging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Examples in comments of {@code logging}. */
class LoggingExampleTest {

    @AfterEach
    void restore() throws IOException {
        LogManager.getLogManager().readConfiguration();
        Logger.getLogger("io.tradingecosystem.audit").setLevel(null);
    }

    @Test
    void shouldWriteAnEventWithItsFields() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        // @start region="line"
        Logs.configure(Logs.json(Map.of("service", "audit-correlator")), Level.INFO, out);
        EventLogger log = EventLogger.of(LoggingExampleTest.class);
        log.info("registry.lost", "redis", "localhost:6379");
        // @end
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("registry.lost", "\"redis\":\"localhost:6379\"", "audit-correlator");
    }
}
