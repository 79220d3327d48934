package io.tradingecosystem.audit.neighbours;

import io.tradingecosystem.audit.configuration.ConfigurationClient;
import io.tradingecosystem.audit.configuration.ConfigurationObserver;
import io.tradingecosystem.audit.configuration.ConfigurationStatistics;
import io.tradingecosystem.audit.configuration.ConfigurationStatistics.State;
import io.tradingecosystem.audit.monitoring.Health;
import io.tradingecosystem.audit.monitoring.Meters;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.monitoring.StatisticsMeters;
import io.tradingecosystem.audit.monitoring.StatusSection;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows the configuration client in metrics, health and status. */
public final class ConfigurationMonitoring implements ConfigurationObserver {
    private static final Duration[] BUCKETS = Meters.millis(5, 25, 100, 500, 2_500, 10_000);

    private final Monitoring monitoring;
    private final Meters.Timers loads;

    private ConfigurationMonitoring(Monitoring monitoring) {
        this.monitoring = monitoring;
        this.loads =
                monitoring
                        .meters()
                        .timers(
                                "configuration_load_duration",
                                "How long it took to ask the configuration service for a key",
                                List.of("outcome"),
                                BUCKETS);
    }

    /** Starts to count what a client does that is given this as its observer. */
    public static ConfigurationMonitoring create(Monitoring monitoring) {
        return new ConfigurationMonitoring(monitoring);
    }

    /** Shows how the client is; that the service is away never makes this service unhealthy. */
    public void show(ConfigurationClient client) {
        monitoring.status().add(new StatusSection("configuration", client::statistics));
        monitoring.health().add(Health.detail("configuration", () -> facts(client.statistics())));
        StatisticsMeters.of(monitoring.meters(), client::statistics)
                .counter(
                        "configuration_cache_hits",
                        "Values answered from memory",
                        ConfigurationStatistics::hits)
                .counter(
                        "configuration_cache_misses",
                        "Values for which the service had to be asked",
                        ConfigurationStatistics::misses)
                .counter(
                        "configuration_stale_answers",
                        "Values answered that are older than their fresh time",
                        ConfigurationStatistics::staleAnswers)
                .counter(
                        "configuration_loads",
                        "Keys for which the service was asked and answered",
                        ConfigurationStatistics::loads)
                .counter(
                        "configuration_load_failures",
                        "Keys for which the service was asked in vain",
                        ConfigurationStatistics::failures)
                .gauge(
                        "configuration_connected",
                        "1 while the configuration service answers",
                        s -> s.state() == State.CONNECTED ? 1 : 0)
                .gauge(
                        "configuration_breaker_open",
                        "1 while the configuration service is left alone after failures",
                        s -> s.breaker().equals("OPEN") ? 1 : 0)
                .gauge("configuration_keys", "Keys remembered", ConfigurationStatistics::size)
                .gauge(
                        "configuration_cache_hit_ratio",
                        "Share of values answered from memory since the start",
                        ConfigurationStatistics::hitRate)
                .gauge(
                        "configuration_last_load_age_seconds",
                        "Time since the configuration service last answered",
                        s ->
                                s.sinceLastLoad()
                                        .map(age -> age.toMillis() / 1000.0)
                                        .orElse(Double.NaN));
    }

    @Override
    public void loaded(Duration duration, boolean succeeded) {
        loads.record(duration.toNanos(), succeeded ? "succeeded" : "failed");
    }

    private static Map<String, Object> facts(ConfigurationStatistics statistics) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("service", statistics.service());
        facts.put("state", statistics.state().name());
        facts.put("keys", statistics.size());
        statistics.lastError().ifPresent(error -> facts.put("error", error));
        return facts;
    }
}
