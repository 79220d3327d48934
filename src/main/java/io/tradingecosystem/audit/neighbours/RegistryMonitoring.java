package io.tradingecosystem.audit.neighbours;

import io.tradingecosystem.audit.monitoring.Health;
import io.tradingecosystem.audit.monitoring.Meters;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.monitoring.StatisticsMeters;
import io.tradingecosystem.audit.monitoring.StatusSection;
import io.tradingecosystem.audit.registry.RegistryObserver;
import io.tradingecosystem.audit.registry.RegistryStatistics;
import io.tradingecosystem.audit.registry.RegistryStatistics.Runs;
import io.tradingecosystem.audit.registry.RegistryStatistics.State;
import io.tradingecosystem.audit.registry.ServiceRegistry;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows the registry in metrics, health and status. */
public final class RegistryMonitoring implements RegistryObserver {
    private static final String SUCCEEDED = "succeeded";
    private static final String FAILED = "failed";

    private final Monitoring monitoring;
    private final Meters.Timers refreshes;
    private final Meters.Timers heartbeats;

    private RegistryMonitoring(Monitoring monitoring) {
        this.monitoring = monitoring;
        List<String> labels = List.of("outcome");
        this.refreshes =
                monitoring
                        .meters()
                        .timers(
                                "registry_refresh_duration",
                                "How long it took to read all records of the registry",
                                labels,
                                Buckets.ofAnswers());
        this.heartbeats =
                monitoring
                        .meters()
                        .timers(
                                "registry_beat_duration",
                                "How long it took to announce this instance",
                                labels,
                                Buckets.ofAnswers());
    }

    /** Starts to count what a registry does that is given this as its observer. */
    public static RegistryMonitoring create(Monitoring monitoring) {
        return new RegistryMonitoring(monitoring);
    }

    /** Shows how the registry is; that it is away never makes this service unhealthy. */
    public void show(ServiceRegistry registry) {
        monitoring.status().add(new StatusSection("registry", registry::statistics));
        monitoring.health().add(Health.detail("registry", () -> facts(registry.statistics())));
        StatisticsMeters.of(monitoring.meters(), registry::statistics)
                .gauge("registry_connected", "1 while the registry serves us", s -> connected(s))
                .gauge(
                        "registry_stale",
                        "1 while the last good answer serves on, or is older than it should be",
                        s -> s.stale() ? 1 : 0)
                .gauge("registry_services", "Services known", RegistryStatistics::services)
                .gauge("registry_instances", "Instances known", RegistryStatistics::instances)
                .gauge(
                        "registry_unreadable_records",
                        "Records skipped by the last refresh because they cannot be read",
                        RegistryStatistics::unreadable)
                .gauge(
                        "registry_expired_records",
                        "Records skipped by the last refresh because they are too old",
                        RegistryStatistics::expired)
                .gauge(
                        "registry_unread_keys",
                        "Keys left by the last refresh because there are too many",
                        RegistryStatistics::unread)
                .gauge(
                        "registry_last_beat_age_seconds",
                        "Time since this instance was last announced",
                        s -> age(s.beats()))
                .gauge(
                        "registry_last_refresh_age_seconds",
                        "Time since the registry was last read",
                        s -> age(s.refreshes()));
        monitoring
                .meters()
                .gauges(
                        "registry_records",
                        "Records read by the last refresh",
                        List.of("layout"),
                        () -> byLayout(registry.statistics()));
    }

    @Override
    public void refreshed(Duration duration, boolean succeeded) {
        refreshes.record(duration.toNanos(), succeeded ? SUCCEEDED : FAILED);
    }

    @Override
    public void beaten(Duration duration, boolean succeeded) {
        heartbeats.record(duration.toNanos(), succeeded ? SUCCEEDED : FAILED);
    }

    private static Map<String, Object> facts(RegistryStatistics statistics) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("backend", statistics.backend());
        facts.put("state", statistics.state().name());
        facts.put("services", statistics.services());
        facts.put("stale", statistics.stale());
        statistics.lastError().ifPresent(error -> facts.put("error", error));
        return facts;
    }

    private static int connected(RegistryStatistics statistics) {
        return statistics.state() == State.CONNECTED || statistics.state() == State.IN_PROCESS
                ? 1
                : 0;
    }

    /** Not a number before the first success. */
    private static double age(Runs runs) {
        return runs.sinceLastSuccess().map(age -> age.toMillis() / 1000.0).orElse(Double.NaN);
    }

    private static Map<List<String>, Integer> byLayout(RegistryStatistics statistics) {
        Map<List<String>, Integer> records = new HashMap<>();
        statistics.records().forEach((layout, count) -> records.put(List.of(layout.name()), count));
        return records;
    }
}
