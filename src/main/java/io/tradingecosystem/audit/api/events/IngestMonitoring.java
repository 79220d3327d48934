package io.tradingecosystem.audit.api.events;

import io.tradingecosystem.audit.access.Limits;
import io.tradingecosystem.audit.access.RefusedAmount;
import io.tradingecosystem.audit.ingest.Intake;
import io.tradingecosystem.audit.ingest.IntakeObserver;
import io.tradingecosystem.audit.ingest.Ledger;
import io.tradingecosystem.audit.ingest.Ledger.Entry;
import io.tradingecosystem.audit.monitoring.Meters;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.monitoring.StatusSection;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.function.ToLongFunction;

/** What comes in, in metrics and in the status document. Thread-safe. */
public final class IngestMonitoring implements IntakeObserver {
    private static final List<String> DOOR_AND_SOURCE = List.of("door", "source");
    private static final Duration[] BUCKETS =
            Meters.millis(1, 5, 10, 50, 100, 500, 1_000, 5_000, 10_000, 60_000, 600_000);

    private final Monitoring monitoring;
    private final Meters.Timers lags;
    private final Meters.Counters foreign;

    private IngestMonitoring(Monitoring monitoring) {
        this.monitoring = monitoring;
        this.lags =
                monitoring
                        .meters()
                        .timers(
                                "audit_ingestion_lag",
                                "From the time of an event, by its source's clock, to its storing",
                                List.of("source"),
                                BUCKETS);
        this.foreign =
                monitoring
                        .meters()
                        .counters(
                                "access_foreign_service_total",
                                "Events refused because their sender may not speak for their"
                                        + " service",
                                List.of("caller"));
    }

    /** An observer that measures what it is told. */
    public static IngestMonitoring create(Monitoring monitoring) {
        return new IngestMonitoring(monitoring);
    }

    /** Counts the alerts that notifications of Alertmanager left out. */
    public static LongConsumer truncatedAlerts(Monitoring monitoring) {
        LongAdder alerts = new LongAdder();
        monitoring
                .meters()
                .counter(
                        "audit_alertmanager_truncated_alerts",
                        "Alerts that notifications of Alertmanager left out, by its max_alerts",
                        alerts::sum);
        return alerts::add;
    }

    @Override
    public void foreignService(String caller) {
        foreign.increment(caller);
    }

    @Override
    public void lag(String source, long nanos) {
        lags.record(Math.max(0, nanos), source);
    }

    /** Shows the books of an intake, and what limits kept from it. */
    public void show(Intake intake, Limits limits) {
        Ledger ledger = intake.ledger();
        Meters meters = monitoring.meters();
        meters.counters(
                "audit_events_ingested",
                "Events stored",
                List.of("source", "event_type"),
                ledger::storedByType);
        counters(ledger, "audit_events_received", "Events that came in", Entry::received);
        counters(
                ledger,
                "audit_events_duplicate",
                "Events that were in the log already",
                Entry::duplicate);
        counters(
                ledger,
                "audit_events_conflict",
                "Events with the id of another that was in the log already",
                Entry::conflict);
        meters.counters(
                "audit_events_rejected",
                "Events that were not taken",
                List.of("door", "source", "reason"),
                () -> rejections(ledger));
        meters.gauge(
                "audit_ingest_in_flight_bytes",
                "Size of the events on their way into the log",
                intake::bytesInFlight);
        monitoring.status().add(new StatusSection("ingest", () -> IngestStatus.of(intake, limits)));
        limited(limits, "requests", "Requests", RefusedAmount::requests);
        limited(limits, "events", "Events", RefusedAmount::events);
        limited(limits, "bytes", "Bytes", RefusedAmount::bytes);
    }

    private void limited(
            Limits limits, String name, String what, ToLongFunction<RefusedAmount> amount) {
        monitoring
                .meters()
                .counters(
                        "access_limited_" + name,
                        what + " refused because their caller had sent as much as it may",
                        List.of("caller", "limit"),
                        () -> {
                            Map<List<String>, Long> amounts = new HashMap<>();
                            limits.refused()
                                    .forEach(
                                            each ->
                                                    amounts.put(
                                                            List.of(
                                                                    each.caller(),
                                                                    each.limit().name()),
                                                            amount.applyAsLong(each)));
                            return amounts;
                        });
    }

    private void counters(Ledger ledger, String name, String help, ToLongFunction<Entry> count) {
        monitoring
                .meters()
                .counters(
                        name,
                        help,
                        DOOR_AND_SOURCE,
                        () -> {
                            Map<List<String>, Long> counts = new HashMap<>();
                            ledger.entries()
                                    .forEach(
                                            entry ->
                                                    counts.put(
                                                            List.of(
                                                                    entry.door().label(),
                                                                    entry.source()),
                                                            count.applyAsLong(entry)));
                            return counts;
                        });
    }

    private static Map<List<String>, Long> rejections(Ledger ledger) {
        Map<List<String>, Long> counts = new HashMap<>();
        for (Entry entry : ledger.entries()) {
            entry.rejected()
                    .forEach(
                            (reason, count) ->
                                    counts.put(
                                            List.of(entry.door().label(), entry.source(), reason),
                                            count));
        }
        return counts;
    }
}
