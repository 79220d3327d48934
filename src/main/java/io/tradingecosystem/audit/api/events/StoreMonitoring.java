package io.tradingecosystem.audit.api.events;

import io.helidon.health.HealthCheckResponse;
import io.tradingecosystem.audit.monitoring.Condition;
import io.tradingecosystem.audit.monitoring.Health;
import io.tradingecosystem.audit.monitoring.Meters;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.monitoring.StatisticsMeters;
import io.tradingecosystem.audit.monitoring.StatusSection;
import io.tradingecosystem.audit.store.Damage;
import io.tradingecosystem.audit.store.EventStore;
import io.tradingecosystem.audit.store.StoreObserver;
import io.tradingecosystem.audit.store.StoreStatistics;
import io.tradingecosystem.audit.store.StoreStatistics.State;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The log's metrics and its section of the status document. A log that cannot be written makes the
 * service unready. Thread-safe.
 */
public final class StoreMonitoring implements StoreObserver {
    private static final Duration[] BUCKETS =
            Meters.millis(1, 2, 5, 10, 20, 50, 100, 500, 2_000, 10_000);

    private static final String REMEDY =
            "free or enlarge the disk of store.path; of a damaged log stop the service and restore"
                    + " the backup, or run repair";

    private static final int MAX_SHOWN = 3;

    private final Monitoring monitoring;
    private final Meters.Timers commits;

    private StoreMonitoring(Monitoring monitoring) {
        this.monitoring = monitoring;
        this.commits =
                monitoring
                        .meters()
                        .timers(
                                "audit_store_commit_duration",
                                "How long it took to write a group of events, the sync with it",
                                List.of(),
                                BUCKETS);
    }

    /** An observer that measures what it is told. */
    public static StoreMonitoring create(Monitoring monitoring) {
        return new StoreMonitoring(monitoring);
    }

    @Override
    public void committed(int events, long nanos) {
        commits.record(nanos);
    }

    /** Shows a log. */
    public void show(EventStore store) {
        monitoring.status().add(new StatusSection("store", store::statistics));
        monitoring.health().add(Health.readiness("store", () -> health(store.statistics())));
        monitoring
                .conditions()
                .add(new Condition("store", REMEDY, () -> condition(store.statistics())));
        StatisticsMeters.of(monitoring.meters(), store::statistics)
                .gauge("audit_store_events", "Events in the log", StoreStatistics::events)
                .gauge(
                        "audit_store_last_position",
                        "Position of the newest event",
                        StoreStatistics::lastPosition)
                .gauge(
                        "audit_store_disk_bytes",
                        "What the files of the log take",
                        StoreStatistics::diskBytes)
                .gauge(
                        "audit_store_queued_events",
                        "Events that wait to be written",
                        StoreStatistics::queuedEvents)
                .gauge(
                        "audit_store_writable",
                        "1 while the log can be written",
                        s -> s.state() == State.OPEN ? 1 : 0)
                .gauge(
                        "audit_store_damaged",
                        "1 when a part of the log could not be read, as it is damaged",
                        s -> s.damages().isEmpty() ? 0 : 1)
                .gauge(
                        "audit_store_damaged_events",
                        "Events that could not be read, as they are damaged",
                        StoreStatistics::damagedEvents)
                .counter("audit_store_stored", "Events stored", StoreStatistics::stored)
                .counter(
                        "audit_store_duplicates",
                        "Events that were in the log already",
                        StoreStatistics::duplicates)
                .counter(
                        "audit_store_conflicts",
                        "Events refused because another has their id",
                        StoreStatistics::conflicts)
                .counter(
                        "audit_store_displaced",
                        "Events of the correlator that got another id, as theirs was taken",
                        StoreStatistics::displaced)
                .counter(
                        "audit_store_busy",
                        "Batches refused because too much waited to be written",
                        StoreStatistics::busy)
                .counter(
                        "audit_store_written_bytes",
                        "Bytes of all writes, before compression",
                        StoreStatistics::writtenBytes);
    }

    /** What is damaged keeps nobody from sending, as long as the log can be written. */
    private static HealthCheckResponse condition(StoreStatistics statistics) {
        HealthCheckResponse state =
                statistics.damages().isEmpty()
                        ? health(statistics)
                        : Health.down("damage", damage(statistics.damages()));
        return HealthCheckResponse.builder()
                .status(state.status())
                .detail("position", statistics.lastPosition())
                .update(facts -> state.details().forEach(facts::detail))
                .build();
    }

    private static String damage(List<Damage> damages) {
        String first =
                damages.stream()
                        .limit(MAX_SHOWN)
                        .map(Damage::toString)
                        .collect(Collectors.joining("; "));
        int more = damages.size() - MAX_SHOWN;
        return more > 0 ? first + "; and " + more + " more" : first;
    }

    private static HealthCheckResponse health(StoreStatistics statistics) {
        return switch (statistics.state()) {
            case OPEN -> Health.up();
            case UNAVAILABLE ->
                    Health.down("reason", statistics.trouble().orElse("a write failed"));
            case CLOSED -> Health.down("reason", "the log is closed");
        };
    }
}
