package io.tradingecosystem.audit.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.Candidate;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.Test;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Examples in comments of {@code ingest}. */
class IntakeExampleTest {

    @Test
    void shouldTakeAnEventAndSayWhatBecameOfIt() {
        Settings settings = TestSettings.of(Map.of());
        InstantSource clock = InstantSource.system();
        MemoryStore store = MemoryStore.create(clock, Set.of());
        // @start region="intake"
        Intake intake = Intake.create(settings.ingest(), store, (source, lag) -> {}, Time.system());
        AuditEventBuilder event =
                AuditEvent.builder("risk-monitor", "risk.alert.raised")
                        .id("alert-1")
                        .occurredAt(clock.instant());
        List<Receipt> receipts = intake.take(Door.HTTP, List.of(new Candidate.Draft(event)));
        // @end
        assertThat(receipts).extracting(Receipt::outcome).containsExactly(Receipt.Outcome.STORED);
    }
}
