package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.runs.Measured;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What is measured over a run, against a constant and against another run. */
class RunMeasuresTest {
    private static final String MEASURE =
            """
            name: load
            when: {type: started}
            measure: [{name: m, event: {type: e}, %s}]
            run: {until: {type: ended}%s}
            """;

    private static String measure(String what) {
        return MEASURE.formatted(what, what.contains("baseline") ? ", baseline: base" : "");
    }

    /** A run from one moment on, of a hundred seconds. */
    private static List<AuditEvent> run(String run, double from, AuditEvent... events) {
        List<AuditEvent> all = new ArrayList<>();
        all.add(Scene.event("ci", "started", "s-" + run, from).scenarioId(run).build());
        for (AuditEvent event : events) {
            all.add(event.toBuilder().scenarioId(run).build());
        }
        all.add(Scene.event("ci", "ended", "e-" + run, from + 100).scenarioId(run).build());
        return all;
    }

    private static AuditEvent[] values(String run, double from, Object... values) {
        return IntStream.range(0, values.length)
                .mapToObj(
                        i ->
                                Scene.event("app", "e", run + i, from + 1 + i % 98)
                                        .attribute("v", String.valueOf(values[i]))
                                        .build())
                .toArray(AuditEvent[]::new);
    }

    private static AuditEvent[] some(String run, double from, int count) {
        return values(run, from, Collections.nCopies(count, "x").toArray());
    }

    private static Verdict judge(String what, Object... values) {
        return Scene.judge(
                measure(what), run("r", 0, values("r", 0, values)).toArray(AuditEvent[]::new));
    }

    private static Verdict compared(String what, int base, int count) {
        List<AuditEvent> events = new ArrayList<>(run("base", 0, some("base", 0, base)));
        events.addAll(run("r", 200, some("r", 200, count)));
        List<Verdict> verdicts = Scene.verify(measure(what), events.toArray(AuditEvent[]::new));
        assertThat(verdicts).hasSize(2);
        return verdicts.get(1);
    }

    @Example
    void shouldCompareARateExactly() {
        assertThat(judge("rate: true, at-most: 0.03/s", 1, 2, 3).status()).isEqualTo(Status.PASSED);
        Verdict failed = judge("rate: true, at-most: 0.02", 1, 2, 3);
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.reason()).isEqualTo("m is 0.03/s (3 events), at most 0.02 allowed");
        assertThat(failed.findings().getFirst().figures())
                .containsEntry("rate", new BigDecimal("0.03"));
    }

    @Example
    void shouldAddUpDecimalsExactly() {
        Verdict verdict = judge("sum: v, at-least: 0.3, at-most: 0.3", "0.1", "0.1", "0.1");
        assertThat(verdict.status()).isEqualTo(Status.PASSED);
        assertThat(verdict.reason()).startsWith("m is 0.3 of v");
    }

    @Example
    void shouldSayWhatCannotBeAddedUp() {
        Verdict verdict = judge("sum: v, at-least: 1", "1", "1e999999999", "many");
        assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(verdict.reason())
                .contains("UNREADABLE: 2 events have no v that can be added up");
    }

    @Example
    void shouldTellValuesApartUpToABound() {
        assertThat(judge("distinct: v, at-most: 2", "a", "b", "a").status())
                .isEqualTo(Status.PASSED);
        assertThat(judge("distinct: v, at-most: 1", "a", "b", "a").status())
                .isEqualTo(Status.FAILED);
        Object[] many = IntStream.range(0, Measured.MAX_DISTINCT + 1).boxed().toArray();
        assertThat(judge("distinct: v, at-most: 9999", many).status()).isEqualTo(Status.FAILED);
        assertThat(judge("distinct: v, at-least: 10000", many).status()).isEqualTo(Status.PASSED);
        Verdict beyond = judge("distinct: v, at-least: 10002", many);
        assertThat(beyond.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(beyond.reason()).contains("MAX_DISTINCT", "more than 10000 values");
    }

    @Example
    void shouldTestARateAgainstABaseline() {
        String limit = "rate: true, at-most: 1.2x baseline";
        assertThat(compared(limit, 1_000, 1_000).status()).isEqualTo(Status.PASSED);
        assertThat(compared(limit, 1_000, 1_500).status()).isEqualTo(Status.FAILED);
        Verdict few = compared(limit, 10, 10);
        assertThat(few.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(few.reason())
                .contains("exact conditional binomial test", "too few to tell it from chance");
    }

    @Example
    void shouldMultiplyASumOfTheBaseline() {
        assertThat(compared("distinct: v, at-most: 1x baseline", 5, 7).status())
                .isEqualTo(Status.PASSED);
        assertThat(compared("distinct: v, at-least: 1.1x baseline", 5, 7).status())
                .isEqualTo(Status.FAILED);
        assertThat(compared("distinct: v, at-most: 1x baseline, min-samples: 6", 5, 7).reason())
                .contains("MIN_SAMPLES: fewer than 6 events came");
    }

    @Example
    void shouldSayThatThereIsNoBaseline() {
        Verdict verdict = judge("rate: true, at-most: 1.2x baseline", 1, 2);
        assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(verdict.reason())
                .contains("BASELINE: the run \"base\" has no verdict by this expectation");
    }

    @Example
    void shouldTakeNoneForAnAnswerWhereItIsOne() {
        assertThat(judge("rate: true, at-most: 0").status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(judge("rate: true, at-most: 0, min-samples: 0").status())
                .isEqualTo(Status.PASSED);
        assertThat(judge("distinct: v, at-most: 0, min-samples: 0").status())
                .isEqualTo(Status.PASSED);
        assertThat(judge("sum: v, at-least: 1, min-samples: 0").status()).isEqualTo(Status.FAILED);
        assertThat(judge("rate: true, at-most: 0, min-samples: 0", 1).status())
                .isEqualTo(Status.FAILED);
        String more = "rate: true, at-most: 1x baseline, min-samples: 0";
        assertThat(compared(more, 0, 0).status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(compared("sum: v, at-most: 1x baseline, min-samples: 0", 0, 0).status())
                .isEqualTo(Status.PASSED);
    }

    @Example
    void shouldRefuseWhatCannotBeMeant() {
        assertThatThrownBy(() -> Scene.definitions(measure("rate: true")))
                .hasMessageContaining("at-least, at-most or both");
        assertThatThrownBy(() -> Scene.definitions(measure("at-most: 1")))
                .hasMessageContaining("one of rate, distinct and sum");
        assertThatThrownBy(
                        () ->
                                Scene.definitions(
                                        MEASURE.formatted("rate: true, at-most: 2x baseline", "")))
                .hasMessageContaining("the scenario_id of the run to compare with");
        assertThatThrownBy(() -> Scene.definitions(measure("sum: v, at-most: 1e9x")))
                .hasMessageContaining("like 1.2x baseline");
    }

    private static Verdict silent(String what, String service, int errors) {
        List<AuditEvent> events = new ArrayList<>(run("r", 0, some("r", 0, errors)));
        for (int at = -5; at <= 110; at += 5) {
            events.add(Scene.event("ci", "sign", "c" + at, at).build());
            if (at < 40 || at > 60) {
                events.add(Scene.event("app", "sign", "a" + at, at).build());
            }
        }
        events.removeIf(each -> each.service().equals("app") && isIn(each, 40, 60));
        String yaml =
                measure(what).replace("event: {type: e}", "event: {type: e, service: app}")
                        + "speaks: [{service: "
                        + service
                        + ", every: 5s}]\n";
        return Scene.judge(
                yaml.replace("when: {type: started}", "when: {type: started, service: ci}"),
                events.toArray(AuditEvent[]::new));
    }

    private static boolean isIn(AuditEvent event, double from, double to) {
        return event.occurredAt().isAfter(Scene.at(from))
                && event.occurredAt().isBefore(Scene.at(to));
    }

    @Example
    void shouldNotTellWhatASilentSourceMayTurn() {
        Verdict below = silent("rate: true, at-most: 1", "app", 3);
        assertThat(below.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(below.reason())
                .contains("SOURCE_SILENT: app, which speaks every 5s, was not heard from");
        assertThat(silent("rate: true, at-least: 1", "app", 3).status())
                .isEqualTo(Status.INCONCLUSIVE);
        assertThat(silent("sum: v, at-most: 1", "app", 0).status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(silent("rate: true, at-most: 1", "ci", 3).status()).isEqualTo(Status.PASSED);
    }

    @Example
    void shouldTellWhatMoreEventsCannotTurn() {
        assertThat(silent("rate: true, at-most: 0.01", "app", 3).status()).isEqualTo(Status.FAILED);
        assertThat(silent("rate: true, at-least: 0.01", "app", 3).status())
                .isEqualTo(Status.PASSED);
        assertThat(silent("rate: true, at-least: 0.01, at-most: 1", "app", 3).status())
                .isEqualTo(Status.INCONCLUSIVE);
    }

    @Property(tries = 150)
    void shouldMeasureWhatAModelMeasuresInAnyOrderOfArrival(@ForAll long seed) {
        Random random = new Random(seed);
        List<AuditEvent> events = new ArrayList<>();
        Map<String, Set<String>> values = new TreeMap<>();
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (String run : List.of("base", "r", "")) {
            events.addAll(run(run, 0));
            values.put(run, new HashSet<>());
            sums.put(run, BigDecimal.ZERO);
        }
        for (int i = 0; i < 30; i++) {
            String run = List.of("base", "r", "").get(random.nextInt(3));
            String value = new BigDecimal(random.nextInt(40) - 10).movePointLeft(2).toString();
            values.get(run).add(value);
            sums.merge(run, new BigDecimal(value), BigDecimal::add);
            events.add(
                    Scene.event("app", "e", "e" + i, random.nextInt(140) - 20)
                            .scenarioId(run)
                            .attribute("v", value)
                            .recordedAt(Scene.at(150 + random.nextInt(100)))
                            .build());
        }
        Collections.shuffle(events, random);
        String yaml =
                """
                name: load
                when: {type: started}
                measure:
                  - {name: sum, event: {type: e}, sum: v, at-most: 1x baseline}
                  - {name: values, event: {type: e}, distinct: v, at-most: 10}
                run: {until: {type: ended}, silence: 5m, baseline: base}
                """;

        List<Verdict> verdicts =
                OfflineVerdicts.verifyWith(
                                Scene.definitions(yaml),
                                events,
                                Scene.EXACT,
                                Optional.of(Scene.at(10_000)))
                        .verdicts();

        assertThat(verdicts).hasSize(3);
        for (Verdict verdict : verdicts) {
            String run = verdict.scenarioId();
            boolean few = values.get(run).isEmpty() || values.get("base").isEmpty();
            boolean kept =
                    (run.equals("base") || sums.get(run).compareTo(sums.get("base")) <= 0)
                            && values.get(run).size() <= 10;
            if (!few) {
                assertThat(verdict.status())
                        .as(run)
                        .isEqualTo(kept ? Status.PASSED : Status.FAILED);
                assertThat(verdict.findings().getFirst().figures().get("sum"))
                        .isEqualByComparingTo(sums.get(run));
            }
            assertThat(verdict.isFinal()).isTrue();
        }
    }
}
