package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader.Question;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A definition comes when some of a run is recorded already: nothing of that is left out. */
class DefinedLaterRunsTest {
    private static final String LOAD =
            """
            name: load
            when: {type: u}
            measure: [{name: m, event: {type: m}, sum: n, at-most: 5}]
            run: {until: {type: end}, silence: 10m}
            """;
    private static final String ORDERS =
            """
            name: orders
            when: {type: u}
            expect: [{name: e, event: {type: e}, within: 10s}]
            run: {silence: 30s}
            """;

    private final Hearing hearing = new Hearing();

    private static AuditEvent of(String type, String id, double at, String run) {
        return Hearing.event(type, id, at, "k").toBuilder()
                .scenarioId(run)
                .attribute("n", 1)
                .build();
    }

    private void add(String type, int count, double at) {
        hearing.setClock(at);
        for (int i = 0; i < count; i++) {
            hearing.add(of(type, type + at + "-" + i, at, "r"));
        }
    }

    private static Verdict only(Hearing hearing) {
        List<Verdict> all = hearing.reader().verdicts(Question.ofScenario("r")).verdicts();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private Verdict only() {
        return only(hearing);
    }

    @Example
    void shouldMeasureWhatWasRecordedBeforeTheDefinition() {
        add("m", 50, 0);
        hearing.setClock(10);
        hearing.define(LOAD);
        add("u", 1, 20);
        add("m", 1, 30);
        add("end", 1, 40);
        hearing.moveTo(100);

        assertThat(only().status()).isEqualTo(Status.FAILED);
        assertThat(only().reason()).contains("m is 51 of n");
    }

    @Example
    void shouldEndARunWhoseEndWasRecordedBeforeTheDefinition() {
        add("end", 1, 40);
        hearing.define(LOAD.replace("sum: n, at-most: 5", "rate: true, at-most: 0.05"));
        add("m", 2, 41);
        hearing.add(of("u", "u", 20, "r"));
        hearing.moveTo(100);

        assertThat(only().isFinal()).isTrue();
        assertThat(only().reason()).contains("m is 0.1/s (2 events)");
    }

    @Example
    void shouldNotMeasureARunThatBeganBeforeTheDefinition() {
        add("u", 1, 0);
        hearing.define(LOAD);
        add("u", 1, 20);
        add("end", 1, 40);
        hearing.moveTo(100);

        assertThat(only().status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(only().reason()).contains("DEFINED_LATER: the run began before");
    }

    @Example
    void shouldSayThatMoreWasStoredThanIsSearched() {
        Hearing small = Hearing.withBudget(3);
        for (int i = 0; i < 4; i++) {
            small.add(of("m", "m" + i, -60, "r"));
        }
        small.define(LOAD);
        small.add(of("u", "u", 0, "r"));
        small.add(of("end", "end", 5, "r"));
        small.moveTo(100);

        assertThat(only(small).status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(only(small).reason()).contains("SEARCH_BUDGET: more events were stored before");
    }

    @Example
    void shouldSayWhichOccurrencesItDoesNotCount() {
        add("u", 1, 0);
        hearing.setClock(20);
        hearing.define(ORDERS);
        add("u", 1, 21);
        hearing.add(of("e", "e", 22, "r"));
        hearing.moveTo(100);

        assertThat(only().status()).isEqualTo(Status.PASSED);
        assertThat(only().reason())
                .isEqualTo(
                        "each of 1: 1 passed, where all must pass; not counted is what occurred of"
                                + " it under another definition, or none");
    }

    /**
     * What a version was not told while it was out of force it is told when it is in force again.
     */
    @Example
    void shouldMeasureWhatCameWhileTheDefinitionWasWithdrawn() {
        hearing.define(LOAD);
        hearing.withdraw("load");
        hearing.setClock(Duration.ofDays(3).toSeconds());
        hearing.add(of("other", "other", 0, ""));
        add("m", 8, Duration.ofDays(3).toSeconds());
        hearing.define(LOAD);
        double again = Duration.ofDays(3).toSeconds() + 10;
        add("u", 1, again);
        add("end", 1, again + 10);
        hearing.moveTo(again + 100);

        assertThat(only().status()).isEqualTo(Status.FAILED);
        assertThat(only().reason()).contains("m is 8 of n");
    }

    @Example
    void shouldNotMeasureARunThatWentOnWhileTheDefinitionWasWithdrawn() {
        hearing.define(LOAD);
        add("u", 1, 0);
        add("end", 1, 10);
        hearing.moveTo(100);
        hearing.withdraw("load");
        double again = Duration.ofDays(3).toSeconds();
        hearing.setClock(again);
        hearing.add(of("other", "other", 0, ""));
        add("m", 8, again);
        hearing.define(LOAD);
        add("u", 1, again + 10);
        hearing.moveTo(again + 1_000);

        assertThat(only().status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(only().reason()).contains("DEFINED_LATER: the run began before");
    }

    /**
     * A run is measured whole or not at all, whatever comes when: definitions, withdrawals, other
     * versions, restarts. What is told of it is what the whole log has.
     */
    @Property(tries = 100)
    void shouldMeasureAllOfARunOrSayThatItDoesNot(@ForAll long seed) {
        Random random = new Random(seed);
        Hearing log = new Hearing();
        Map<String, BigDecimal> sums = new HashMap<>();
        Set<String> begun = new HashSet<>();
        Set<String> cut = new HashSet<>();
        Set<Integer> defined = new HashSet<>();
        int inForce = 0;
        for (int i = 0; i < 40; i++) {
            log.setClock(i);
            String run = List.of("r", "q", "").get(random.nextInt(3));
            switch (random.nextInt(8)) {
                case 0 -> {
                    inForce = 1 + random.nextInt(2);
                    log.define(LOAD.replace("at-most: 5", "at-most: " + inForce));
                    cut.addAll(defined.add(inForce) ? begun : sums.keySet());
                    cut.addAll(begun);
                }
                case 1 -> {
                    if (inForce > 0) {
                        log.withdraw("load");
                    }
                    inForce = 0;
                }
                case 2 -> {
                    log.add(of("u", "u" + i, i - random.nextInt(20), run));
                    if (inForce == 0) {
                        cut.add(run);
                    }
                    begun.add(run);
                }
                case 3 -> {
                    log.referee().commit();
                    log.restart();
                }
                default -> {
                    log.add(of("m", "m" + i, i - random.nextInt(20), run));
                    sums.merge(run, BigDecimal.ONE, BigDecimal::add);
                }
            }
        }
        log.moveTo(10_000);

        for (Verdict each : log.reader().verdicts(Question.ofScenario("")).verdicts()) {
            tell(each, sums, cut);
        }
    }

    private static void tell(Verdict verdict, Map<String, BigDecimal> sums, Set<String> cut) {
        String run = verdict.scenarioId();
        if (!verdict.reason().contains("DEFINED_LATER")) {
            assertThat(verdict.findings().getFirst().figures().getOrDefault("sum", BigDecimal.ZERO))
                    .as(verdict.reason())
                    .isEqualByComparingTo(sums.getOrDefault(run, BigDecimal.ZERO));
        }
        if (!cut.contains(run)) {
            assertThat(verdict.reason()).doesNotContain("DEFINED_LATER");
        }
    }
}
