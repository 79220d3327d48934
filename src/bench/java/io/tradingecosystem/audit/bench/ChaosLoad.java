package io.tradingecosystem.audit.bench;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.OwnWords;
import io.tradingecosystem.audit.event.Severity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Many chaos runs at once, with what a real system does to their events: clocks that differ, events
 * that come late, twice or never, and others that have nothing to do with it. What really happened
 * is kept as the truth.
 */
final class ChaosLoad {
    static final int KINDS = 10;
    static final Duration WITHIN = Duration.ofSeconds(15);

    private static final Instant START = Instant.parse("2026-01-15T00:00:00Z");
    private static final double RUN_SECONDS = 120;

    private final Random random;
    private final Load load;
    private final Map<String, Double> clocks = new HashMap<>();
    private final List<AuditEvent> events = new ArrayList<>();
    private final Map<String, Boolean> reacted = new HashMap<>();
    private final List<Instant> lost = new ArrayList<>();
    private final Map<String, String> caused = new HashMap<>();
    private int number;

    private ChaosLoad(Load load) {
        this.load = load;
        this.random = new Random(load.seed());
    }

    /**
     * How much, and how bad.
     *
     * @param runs how many chaos runs; each lasts two minutes, of which the reaction may take 15 s
     * @param concurrent how many of them go on at a time
     * @param skew each service's clock is wrong by up to so much, either way
     * @param keys whether events carry their run's id
     * @param failing the part of runs whose reaction comes late or never
     * @param loss the part of alerts that is lost on the way, which the sender reports
     */
    record Load(
            int runs,
            double concurrent,
            Duration skew,
            boolean keys,
            double failing,
            double loss,
            long seed) {}

    /**
     * What happened.
     *
     * @param events as they arrived, with recorded_at
     * @param reacted by trigger, whether the reaction really came in time
     * @param lost when, by the sender's clock, something was lost
     * @param caused the cause of each alert that arrived
     */
    record Happened(
            List<AuditEvent> events,
            Map<String, Boolean> reacted,
            List<Instant> lost,
            Map<String, String> caused) {}

    static Happened happen(Load load) {
        ChaosLoad chaos = new ChaosLoad(load);
        double at = 0;
        for (int run = 0; run < load.runs(); run++) {
            at += -Math.log(1 - chaos.random.nextDouble()) * RUN_SECONDS / load.concurrent();
            chaos.run(run, at);
        }
        return new Happened(chaos.events, chaos.reacted, chaos.lost, chaos.caused);
    }

    private void run(int run, double at) {
        int kind = run % KINDS;
        String trigger = tell("test-coordinator", "chaos.injected." + kind, at, run, Severity.INFO);
        boolean fails = random.nextDouble() < load.failing();
        boolean never = random.nextBoolean();
        // Reactions take a few seconds as a rule, and are seldom near the limit.
        double limit = WITHIN.toSeconds();
        double delay =
                fails
                        ? limit + 0.1 + -Math.log(1 - random.nextDouble()) * 5
                        : Math.min(limit - 0.01, Math.exp(1.1 + 0.5 * random.nextGaussian()));
        reacted.put(trigger, !fails);
        if (!fails || !never) {
            String alert =
                    tell("risk-monitor", "risk.alert." + kind, at + delay, run, Severity.WARNING);
            caused.put(alert, trigger);
            if (random.nextDouble() < load.loss()) {
                AuditEvent gone = events.removeLast();
                lost.add(gone.occurredAt());
                caused.remove(alert);
                reportLoss(gone, alert);
            }
        }
        for (int noise = 0; noise < 8; noise++) {
            double when = at + random.nextDouble() * RUN_SECONDS;
            tell("svc-" + random.nextInt(6), "order.placed", when, run, Severity.INFO);
        }
        if (!events.isEmpty() && random.nextDouble() < 0.02) {
            events.add(events.get(random.nextInt(events.size())));
        }
    }

    /** A sender that had to drop an event says from when to when it did. */
    private void reportLoss(AuditEvent gone, String id) {
        events.add(
                AuditEvent.own(gone.service(), OwnWords.GAP)
                        .id("gap-" + id)
                        .occurredAt(gone.occurredAt())
                        .recordedAt(gone.recordedAt().plusSeconds(1))
                        .attribute("from", gone.occurredAt().minusMillis(200).toString())
                        .attribute("to", gone.occurredAt().plusMillis(200).toString())
                        .attribute("reason", gone.service() + " dropped events")
                        .build());
    }

    private String tell(String service, String type, double at, int run, Severity severity) {
        double wrong =
                clocks.computeIfAbsent(service, s -> (random.nextDouble() * 2 - 1))
                        * load.skew().toNanos()
                        / 1e9;
        double transit = -Math.log(1 - random.nextDouble()) * 0.02;
        if (random.nextDouble() < 0.01) {
            transit += random.nextDouble() * 1.5;
        }
        String id = "e" + number++;
        events.add(
                AuditEvent.builder(service, type)
                        .id(id)
                        .severity(severity)
                        .occurredAt(time(at + wrong))
                        .recordedAt(time(at + transit))
                        .scenarioId(load.keys() ? "run-" + run : "")
                        .build());
        return id;
    }

    private static Instant time(double seconds) {
        return START.plusNanos(Math.round(seconds * 1e9));
    }
}
