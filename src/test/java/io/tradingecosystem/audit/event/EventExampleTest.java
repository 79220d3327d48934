package io.tradingecosystem.audit.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.json.EventJsonWriter;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Examples in comments of {@code event} and {@code event.json}. */
class EventExampleTest {

    @Test
    void shouldBuildAnEventAndWriteIt() {
        // @start region="event"
        AuditEvent event =
                AuditEvent.builder("risk-monitor", "risk.alert.raised")
                        .id("alert-1")
                        .severity(Severity.WARNING)
                        .occurredAt(Instant.parse("2026-01-01T12:00:00Z"))
                        .scenarioId("depeg-7")
                        .attribute("symbol", "USDC")
                        .build();
        // @end
        // @start region="json"
        byte[] json = EventJsonWriter.bytes(event);
        // @end
        assertThat(new String(json, StandardCharsets.UTF_8))
                .contains("\"alert-1\"", "\"risk.alert.raised\"", "\"depeg-7\"", "\"USDC\"");
    }
}
