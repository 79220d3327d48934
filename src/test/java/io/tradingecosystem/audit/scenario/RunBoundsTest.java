package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader.Question;

import org.junit.jupiter.api.Test;

import java.util.List;

/** What a run that is judged live leaves out, and what it makes of what comes late. */
class RunBoundsTest {
    private static final String EXPECTATION =
            """
            name: x
            when: {type: t}
            expect: [{name: e, event: {type: e}, within: 10s, join: [k]}]
            run: {silence: 30s}
            """;

    private final Hearing hearing = new Hearing();

    RunBoundsTest() {
        hearing.define(EXPECTATION);
    }

    private Verdict run() {
        List<Verdict> all = hearing.reader().verdicts(Question.ofScenario("")).verdicts();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private void occur(int count) {
        for (int i = 0; i < count; i++) {
            hearing.setClock(i);
            hearing.add("t", "t" + i, "k" + i);
            hearing.add("e", "e" + i, "k" + i);
        }
    }

    @Test
    void shouldMakeOneVerdictHoweverManyOccur() {
        occur(20);
        assertThat(run().status()).isEqualTo(Status.PENDING);
        assertThat(run().reason()).contains("of 20: 20 passed");

        hearing.moveTo(100);

        assertThat(run().status()).isEqualTo(Status.PASSED);
        assertThat(run().isFinal()).isTrue();
        assertThat(hearing.referee().writer().takeMade()).hasSize(1);
    }

    @Test
    void shouldAmendOnceWhatCameLate() {
        hearing.add("t", "t", "k");
        hearing.moveTo(100);
        assertThat(run().status()).isEqualTo(Status.FAILED);

        hearing.add("e", "e", -50, "k");
        assertThat(run().isFinal()).isFalse();
        hearing.restart();
        hearing.moveTo(200);

        assertThat(run().status()).isEqualTo(Status.PASSED);
        assertThat(run().isFinal()).isTrue();
    }

    @Test
    void shouldSayThatAnOccurrenceIsNotKeptAnyMore() {
        hearing.referee().writer().members().max(2);
        occur(3);
        hearing.setClock(3);
        hearing.add("t", "late", "other");
        hearing.moveTo(60);
        assertThat(run().reason()).contains("3 passed, 1 failed");
        hearing.add("t", "t7", "k7");
        hearing.add("t", "t8", "k8");
        hearing.moveTo(200);

        hearing.add("e", "e0", 1, "k0");
        hearing.add("e", "again", 4, "other");
        hearing.moveTo(300);

        assertThat(run().status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(run().reason()).contains("MAX_MEMBERS: ");
    }

    @Test
    void shouldForgetTheOldestOfRunsWithoutATrigger() {
        hearing.define(
                """
                name: y
                when: {type: u}
                measure: [{name: m, event: {type: m}, rate: true, at-most: 1}]
                run: {silence: 30s}
                """);
        for (int i = 0; i <= RunStates.MAX_EARLY_RUNS; i++) {
            hearing.referee()
                    .accept(
                            Scene.event("desk", "m", "m" + i, 0)
                                    .scenarioId("r" + i)
                                    .recordedAt(Scene.at(1))
                                    .position(hearing.referee().writer().position() + 1)
                                    .build());
        }
        hearing.referee()
                .accept(
                        Scene.event("desk", "u", "u", 2)
                                .scenarioId("r0")
                                .recordedAt(Scene.at(2))
                                .position(hearing.referee().writer().position() + 1)
                                .build());
        hearing.expire(1_000);

        assertThat(run().status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(run().reason()).contains("MAX_EARLY_RUNS");
    }

    @Test
    void shouldNotPassARunThatBeganBeforeWithAVerdictThatIsNotKept() {
        Hearing small = new Hearing(new VerdictBounds(1, 1_000, 1_000, 1_000, 20_000));
        small.define(EXPECTATION);
        small.add(of("t", "t0", 0, "a"));
        small.moveTo(100);
        small.setClock(101);
        small.add(of("t", "t1", 101, "b"));
        small.moveTo(300);
        assertThat(small.reader().verdicts(Question.ofScenario("a")).verdicts()).isEmpty();

        small.restart();
        small.setClock(301);
        small.add(of("t", "t2", 301, "a"));
        small.add(of("e", "e2", 301, "a"));
        small.add(of("e", "e0", 1, "a"));
        small.moveTo(500);

        Verdict anew = small.reader().verdicts(Question.ofScenario("a")).verdicts().getFirst();
        assertThat(anew.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(anew.reason()).contains("of 1: 1 passed", "MAX_VERDICTS: the run began before");
    }

    @Test
    void shouldPassNoNewRunWhereItDoesNotKnowWhichWere() {
        Hearing small = new Hearing(new VerdictBounds(1, 1_000, 1_000, 1_000, 20_000));
        small.define(EXPECTATION);
        small.referee().runs().maxGone(1);
        for (int i = 0; i < 4; i++) {
            small.setClock(i * 100);
            small.add(of("t", "t" + i, i * 100, "r" + i));
            small.add(of("e", "e" + i, i * 100, "r" + i));
            small.moveTo(i * 100 + 99);
        }

        Verdict last = small.reader().verdicts(Question.ofScenario("r3")).verdicts().getFirst();
        assertThat(last.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(last.reason()).contains("MAX_VERDICTS");
    }

    private static AuditEvent of(String type, String id, double at, String run) {
        return Hearing.event(type, id, at, id.substring(1)).toBuilder().scenarioId(run).build();
    }

    @Test
    void shouldHearWhatEndsARunOfAVersionThatIsReplaced() {
        String yaml =
                """
                name: y
                when: {type: u}
                measure: [{name: m, event: {type: m}, rate: true, at-most: %s}]
                run: {until: {type: end}}
                """;
        hearing.define(yaml.formatted("0.05"));
        hearing.add(of("u", "u0", 0, "r"));
        hearing.setClock(10);
        hearing.define(yaml.formatted("0.06"));
        hearing.setClock(400);
        for (int i = 0; i < 40; i++) {
            hearing.add(of("m", "m" + i, 400, "r"));
        }
        hearing.add(of("u", "u1", 400, "r"));
        hearing.setClock(410);
        hearing.add(of("end", "end", 410, "r"));
        hearing.moveTo(500);

        List<Verdict> both = hearing.reader().verdicts(Question.ofScenario("r")).verdicts();
        assertThat(both)
                .extracting(Verdict::status)
                .containsExactly(Status.INCONCLUSIVE, Status.FAILED);
        assertThat(both.getFirst().reason()).contains("DEFINED_LATER: the run began before");
        assertThat(both.getLast().reason()).contains("(40 events)");
    }
}
