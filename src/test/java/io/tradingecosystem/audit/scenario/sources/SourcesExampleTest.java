package io.tradingecosystem.audit.scenario.sources;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

/** The room as its document shows it. */
class SourcesExampleTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void shouldTellHowLateAServiceIs() {
        AuditEvent fill = AuditEvent.builder("venue", "order.filled").occurredAt(START).build();
        AuditEvent stored = fill.stored(1, START.plusSeconds(2));

        // @start region="hear"
        HeardService venue = new HeardService("venue");
        venue.hear(stored);
        Duration late = venue.lateness(999).orElseThrow();
        // @end

        assertThat(late).isBetween(Duration.ofMillis(1_900), Duration.ofMillis(2_100));
    }
}
