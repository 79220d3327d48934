package io.tradingecosystem.audit.api.links;

import io.tradingecosystem.audit.api.LagCondition;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.correlation.links.LinkObserver;
import io.tradingecosystem.audit.correlation.links.LinkStatistics;
import io.tradingecosystem.audit.monitoring.Health;
import io.tradingecosystem.audit.monitoring.Meters;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.monitoring.StatisticsMeters;
import io.tradingecosystem.audit.monitoring.StatusSection;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The linker's metrics, its section of the status document and its facts in the health report.
 * Thread-safe.
 */
public final class LinkMonitoring implements LinkObserver {
    private static final Duration[] BUCKETS =
            Meters.millis(1, 2, 5, 10, 25, 50, 100, 500, 1_000, 10_000);

    private static final String REMEDY =
            "what came last has no links yet; give the process more CPU, send less, or narrow the"
                    + " rules that match most events (audit_correlations_found_total)";

    private final Monitoring monitoring;
    private final Meters.Counters found;
    private final Meters.Timers detection;

    private LinkMonitoring(Monitoring monitoring) {
        this.monitoring = monitoring;
        this.found =
                monitoring
                        .meters()
                        .counters(
                                "audit_correlations_found",
                                "Links found, by rule, or by kind where there is none; of spans"
                                        + " those that events name as their cause",
                                List.of("rule_name"));
        this.detection =
                monitoring
                        .meters()
                        .timers(
                                "audit_correlation_detection_time",
                                "From the moment an event was stored until its link could be seen",
                                List.of("rule_name"),
                                BUCKETS);
    }

    /** An observer that counts what it is told. */
    public static LinkMonitoring create(Monitoring monitoring) {
        return new LinkMonitoring(monitoring);
    }

    @Override
    public void found(String rule, Duration after) {
        found.increment(rule);
        detection.record(after.toNanos(), rule);
    }

    /**
     * Shows a linker's numbers.
     *
     * @param lagWarning how long an event may wait before linking counts as lagging
     */
    public void show(LinkService links, Duration lagWarning) {
        StatisticsMeters.of(monitoring.meters(), links::statistics)
                .gauge(
                        "audit_correlation_remembered",
                        "Events remembered for causes and effects that are still to come",
                        LinkStatistics::remembered)
                .gauge(
                        "audit_correlation_behind",
                        "Events of the log that wait to be linked",
                        LinkStatistics::behind)
                .counter(
                        "audit_correlation_evicted",
                        "Events forgotten before their time, to stay within the limit",
                        LinkStatistics::evicted)
                .counter(
                        "audit_correlation_cut",
                        "Times a limit kept causes and effects apart",
                        LinkStatistics::cut)
                .counter(
                        "audit_correlation_skipped",
                        "Events that could not be linked",
                        LinkStatistics::skipped);
        monitoring
                .meters()
                .gauge(
                        "audit_correlation_lag_seconds",
                        "Age of the oldest event that waits to be linked",
                        () -> links.progress().lag().toMillis() / 1e3);
        monitoring.status().add(new StatusSection("correlation", links::statistics));
        monitoring.health().add(Health.detail("correlation", () -> facts(links.lastStatistics())));
        monitoring.add(
                LagCondition.of("linking", REMEDY, links.progress(), lagWarning, links::isEnabled));
    }

    /** No look at the log: a probe is not held up while that is opened again. */
    private static Map<String, Object> facts(LinkStatistics statistics) {
        return Map.of(
                "rules", statistics.rules(),
                "evicted", statistics.evicted(),
                "problems", statistics.problems());
    }
}
