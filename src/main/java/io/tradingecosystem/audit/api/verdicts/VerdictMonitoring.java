package io.tradingecosystem.audit.api.verdicts;

import io.tradingecosystem.audit.api.LagCondition;
import io.tradingecosystem.audit.monitoring.Meters;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.monitoring.StatusSection;
import io.tradingecosystem.audit.scenario.VerdictService;
import io.tradingecosystem.audit.scenario.verdicts.Tally;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Kind;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictObserver;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStatistics;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The referee's metrics, and its section of the status document. Thread-safe. */
public final class VerdictMonitoring implements VerdictObserver {
    private static final Duration[] BUCKETS =
            Meters.millis(
                    100, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000,
                    300_000);

    private static final String REMEDY =
            "what happened last is not judged yet; give the process more CPU, send less, or narrow"
                    + " the triggers of expectations that match most events";

    private final Monitoring monitoring;
    private final Meters.Counters results;
    private final Meters.Timers delays;

    private VerdictMonitoring(Monitoring monitoring) {
        this.monitoring = monitoring;
        this.results =
                monitoring
                        .meters()
                        .counters(
                                "audit_scenario_validation_results",
                                "Verdicts made, amended ones again",
                                List.of("scenario_id", "status"));
        this.delays =
                monitoring
                        .meters()
                        .timers(
                                "audit_risk_alert_detection_delay",
                                "From a trigger to the expected alert",
                                List.of("scenario_id"),
                                BUCKETS);
    }

    /** An observer that counts what it is told. */
    public static VerdictMonitoring create(Monitoring monitoring) {
        return new VerdictMonitoring(monitoring);
    }

    @Override
    public void made(Verdict verdict) {
        String run = verdict.scenarioId().isEmpty() ? verdict.scenario() : verdict.scenarioId();
        results.increment(run, verdict.status().name().toLowerCase(Locale.ROOT));
        if (verdict.version() == 1) {
            verdict.findings().stream()
                    .filter(finding -> finding.kind() == Kind.EFFECT)
                    .flatMap(finding -> finding.sightings().stream())
                    .filter(sighting -> sighting.type().contains("alert"))
                    .findFirst()
                    .ifPresent(alert -> delays.record(Math.max(0, alert.delay().toNanos()), run));
        }
    }

    /**
     * Shows a referee's numbers.
     *
     * @param lagWarning how long an event may wait before judging counts as lagging
     */
    public void show(VerdictService verdicts, Duration lagWarning) {
        Meters meters = monitoring.meters();
        meters.gauges(
                "scenario_risk_detection",
                "Occurrences of scenarios whose expected reaction came (true) or did not (false)",
                List.of("scenario", "detected"),
                () -> detections(verdicts));
        meters.gauge(
                "audit_scenario_open",
                "Occurrences that wait for their verdict",
                () -> verdicts.statistics().open());
        meters.gauge(
                "audit_scenario_behind",
                "Events of the log that wait to be judged",
                () -> verdicts.progress().now().behind());
        meters.gauge(
                "audit_scenario_lag_seconds",
                "Age of the oldest event that waits to be judged",
                () -> verdicts.progress().lag().toMillis() / 1e3);
        meters.counter(
                "audit_scenario_evicted",
                "Occurrences dropped to stay within the limit",
                () -> verdicts.statistics().evicted());
        meters.counter(
                "audit_scenario_dropped_events",
                "Events that joins dropped to stay within the limit",
                () -> verdicts.statistics().droppedEvents());
        meters.counter(
                "audit_scenario_closed_windows",
                "Windows closed before their time to stay within the limit",
                () -> verdicts.statistics().closedWindows());
        meters.counter(
                "audit_scenario_unsearched_events",
                "Late events that may have left verdicts unamended",
                () -> verdicts.statistics().unsearchedEvents());
        meters.counter(
                "audit_scenario_unproven",
                "Events in the correlator's words that are not proven to be its own",
                () -> verdicts.statistics().unproven());
        meters.counter(
                "audit_scenario_pretended",
                "Events that somebody else said in the correlator's words",
                () -> verdicts.statistics().pretended());
        meters.counter(
                "audit_scenario_skipped",
                "Events that could not be judged",
                () -> verdicts.statistics().skipped());
        monitoring.status().add(new StatusSection("scenarios", () -> document(verdicts)));
        monitoring.add(
                LagCondition.of("judging", REMEDY, verdicts.progress(), lagWarning, () -> true));
    }

    private static VerdictStatistics document(VerdictService verdicts) {
        return verdicts.statistics();
    }

    private static Map<List<String>, Long> detections(VerdictService verdicts) {
        Map<List<String>, Long> detections = new HashMap<>();
        for (Tally tally : verdicts.verdicts().exercised().values()) {
            detections.merge(
                    List.of(tally.scenario(), "true"), tally.count(Status.PASSED), Long::sum);
            detections.merge(
                    List.of(tally.scenario(), "false"), tally.count(Status.FAILED), Long::sum);
        }
        return detections;
    }
}
