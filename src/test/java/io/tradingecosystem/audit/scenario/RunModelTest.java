package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.RunModel.Run;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Sighting;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Verdicts of runs are those of a model that has all events at once, in any order of arrival. */
class RunModelTest {
    private static final String[] SHARES = {"100%", "100%", "95%", "66.6%", "50%", "10%"};
    private static final String[] ENDS = {
        "{silence: 5s}", "{until: {type: end}}", "{until: {type: end}, silence: 20s}"
    };

    @Property(tries = 300)
    void shouldSayWhatTheModelSaysInAnyOrderOfArrival(@ForAll long seed) {
        Random random = new Random(seed);
        String yaml = yaml(random);
        ModelTolerances tolerances =
                new ModelTolerances(
                        Duration.ofSeconds(2),
                        Duration.ofMillis(random.nextBoolean() ? 0 : 100),
                        Map.of(),
                        Duration.ofSeconds(30));
        List<AuditEvent> events = events(random);
        Map<String, Run> wanted =
                RunModel.judge(Scene.definitions(yaml).getFirst().content(), events, tolerances);

        List<AuditEvent> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);

        assertThat(runs(yaml, events, tolerances)).isEqualTo(wanted);
        assertThat(runs(yaml, shuffled, tolerances)).isEqualTo(wanted);
    }

    private static Map<String, Run> runs(
            String yaml, List<AuditEvent> events, ModelTolerances tolerances) {
        Map<String, Run> runs = new TreeMap<>();
        OfflineVerdicts.verifyWith(
                        Scene.definitions(yaml),
                        events,
                        tolerances.ofEngine(),
                        Optional.of(Instant.MAX))
                .verdicts()
                .forEach(
                        verdict ->
                                assertThat(runs.put(verdict.scenarioId(), run(verdict))).isNull());
        return runs;
    }

    private static Run run(Verdict verdict) {
        assertThat(verdict.isFinal()).isTrue();
        Finding finding = verdict.findings().getFirst();
        Map<Status, Long> counts = new TreeMap<>();
        Map.of(
                        "passed", Status.PASSED,
                        "failed", Status.FAILED,
                        "inconclusive", Status.INCONCLUSIVE,
                        "open", Status.PENDING)
                .forEach(
                        (name, status) -> {
                            long count = finding.figures().get(name).longValueExact();
                            if (count > 0) {
                                counts.put(status, count);
                            }
                        });
        return new Run(
                verdict.status(),
                counts,
                finding.sightings().stream().map(Sighting::eventId).toList());
    }

    private static String yaml(Random random) {
        return """
        name: orders
        when: {type: placed}
        expect:
          - {name: end, event: {type: done}, within: 1s, join: [order]%s}
        run: %s
        each: {at-least: %s, min-samples: %d}
        """
                .formatted(
                        random.nextInt(4) == 0 ? ", at-most: 1" : "",
                        ENDS[random.nextInt(ENDS.length)],
                        SHARES[random.nextInt(SHARES.length)],
                        1 + random.nextInt(4));
    }

    private static List<AuditEvent> events(Random random) {
        List<AuditEvent> events = new ArrayList<>();
        int orders = random.nextInt(14);
        for (int i = 0; i < orders; i++) {
            double at = random.nextInt(40);
            String run = random.nextInt(5) == 0 ? "" : "r" + random.nextInt(2);
            add(events, random, "placed", "p" + i, at, run, i);
            for (int done = random.nextInt(6) == 0 ? 2 : random.nextInt(2); done > 0; done--) {
                double late =
                        List.of(0.0, 0.5, 0.9, 0.95, 1.0, 1.05, 1.1, 3.0).get(random.nextInt(8));
                add(events, random, "done", "d" + i + "-" + done, at + late, run, i);
            }
        }
        for (int end = random.nextInt(3); end > 0; end--) {
            add(events, random, "end", "e" + end, random.nextInt(60), "r" + random.nextInt(2), 0);
        }
        if (random.nextInt(4) == 0) {
            Instant from = Scene.at(random.nextInt(60));
            events.add(
                    VerdictEvents.gap("desk", new Gap(from, from.plusSeconds(1), "loss"))
                            .toBuilder()
                            .recordedAt(from.plusSeconds(1 + random.nextInt(60)))
                            .build());
        }
        return events;
    }

    private static void add(
            List<AuditEvent> events,
            Random random,
            String type,
            String id,
            double at,
            String run,
            int order) {
        double late = random.nextInt(5) == 0 ? random.nextInt(90) : random.nextInt(2_000) / 1e3;
        events.add(
                Scene.event(random.nextBoolean() ? "desk" : "venue", type, id, at)
                        .recordedAt(Scene.at(at + late))
                        .scenarioId(run)
                        .attribute("order", order)
                        .build());
    }
}
