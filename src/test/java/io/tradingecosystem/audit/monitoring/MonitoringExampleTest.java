package io.tradingecosystem.audit.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.common.media.type.MediaTypes;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Examples in comments of {@code monitoring}. */
class MonitoringExampleTest {
    private final Identity identity =
            Identity.of(TestSettings.of(Map.of()), Build.read(), Instant.EPOCH);
    private final Monitoring monitoring = Monitoring.create(identity, Time.system());

    @AfterEach
    void close() {
        monitoring.close();
    }

    @Test
    void shouldShowWhatARoomCounts() {
        Queue queue = new Queue(7, 0.5);
        // @start region="monitoring"
        StatisticsMeters.of(monitoring.meters(), () -> queue)
                .counter("example_taken", "Things taken from the queue", Queue::taken)
                .gauge("example_fill", "How full the queue is, from 0 to 1", Queue::fill);
        monitoring.health().add(Health.readiness("queue", () -> Health.up()));
        monitoring.status().add(new StatusSection("queue", () -> queue));
        // @end
        assertThat(monitoring.meters().format(MediaTypes.TEXT_PLAIN))
                .contains("example_taken_total 7.0", "example_fill 0.5");
        assertThat(monitoring.status().document()).containsEntry("queue", queue);
    }

    private record Queue(long taken, double fill) {}

    @Test
    void shouldShowNumbersByLabels() {
        Meters meters = monitoring.meters();
        Map<List<String>, Long> stored = Map.of(List.of("risk-monitor", "alert"), 3L);
        // @start region="meters"
        meters.counter("example_refreshes", "Refreshes of the snapshot", () -> 12);
        meters.gauge("example_age_seconds", "Age of the snapshot", () -> 1.5);
        meters.counters(
                "example_events", "Events stored", List.of("source", "event_type"), () -> stored);
        // @end
        assertThat(meters.format(MediaTypes.TEXT_PLAIN))
                .contains(
                        "example_refreshes_total 12.0",
                        "example_age_seconds 1.5",
                        "example_events_total{event_type=\"alert\",source=\"risk-monitor\",} 3.0");
    }

    @Test
    void shouldTellOfAPartThatLags() {
        Queue queue = new Queue(7, 0.5);
        // @start region="conditions"
        monitoring.add(
                new Condition(
                        "queueing",
                        "take more from it",
                        () -> queue.fill() < 0.9 ? Health.up() : Health.down("full", queue)));
        // @end
        assertThat(monitoring.conditions().states()).containsEntry("queueing", true);
        assertThat(monitoring.meters().format(MediaTypes.TEXT_PLAIN))
                .contains("health_condition{condition=\"queueing\",} 1.0");
    }

    @Test
    void shouldNotBeReadyWhileALogIsClosed() {
        Health health = monitoring.health();
        boolean open = false;
        // @start region="health"
        health.add(
                Health.readiness(
                        "event-log",
                        () -> open ? Health.up() : Health.down("reason", "disk full")));
        health.add(Health.detail("peers", () -> Map.of("risk-monitor", "CLOSED")));
        // @end
        health.enter(HealthState.SERVING);
        assertThat(health.report().isReady()).isFalse();
    }
}
