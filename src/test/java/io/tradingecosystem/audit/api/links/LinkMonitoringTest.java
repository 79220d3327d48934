package io.tradingecosystem.audit.api.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.correlation.LinkSetup;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.server.Doors;
import io.tradingecosystem.audit.server.OpenDoors;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.ManualClock;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What dashboards see of the linker. */
class LinkMonitoringTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final ManualClock clock = ManualClock.at(START);
    private final MemoryStore store = MemoryStore.create(clock, Set.of());

    private static AuditEvent event(String type, String id, double seconds) {
        return AuditEvent.builder("exchange", type)
                .id(id)
                .occurredAt(START.plusMillis(Math.round(seconds * 1_000)))
                .attribute("order_id", "o-1")
                .build();
    }

    @Test
    void shouldCountLinksByRuleAndShowHowLinkingStands() throws IOException, InterruptedException {
        Settings settings = TestSettings.of(Map.of());
        Monitoring monitoring =
                Monitoring.create(
                        Identity.of(settings, Build.read(), START),
                        new Time(clock, System::nanoTime));
        LinkMonitoring observer = LinkMonitoring.create(monitoring);
        try (LinkService links =
                        LinkService.create(
                                store.store(),
                                new LinkSetup("audit", Optional.empty(), LinkBounds.DEFAULT),
                                observer,
                                new Time(clock, System::nanoTime));
                OpenDoors doors = Doors.create(settings.server(), monitoring).open()) {
            observer.show(links, Duration.ofSeconds(30));
            links.start();
            store.append(
                    List.of(
                            event("order.placed", "a", 0),
                            event("order.accepted", "b", 0.5),
                            event("order.filled", "c", 1)));
            await().atMost(Duration.ofSeconds(30)).until(() -> links.lastSequence() == 2);

            Http http = Http.of(doors.httpPort());
            assertThat(http.get("/metrics").body())
                    .contains(
                            "audit_correlations_found_total{rule_name=\"placed-order-is-accepted\"")
                    .contains(
                            "audit_correlation_detection_time_seconds_count{rule_name=\"accepted-order-is-filled\"")
                    .contains("audit_correlation_remembered 3.0")
                    .contains("audit_correlation_evicted_total 0.0");
            assertThat(http.get("/api/v1/status").body())
                    .contains("\"correlation\":{\"rules\":11,")
                    .contains("\"remembered\":3");
        } finally {
            monitoring.close();
        }
    }
}
