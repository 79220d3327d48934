package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader.Question;
import io.tradingecosystem.audit.store.Selection;
import io.tradingecosystem.audit.store.ShortenedLog;

import org.junit.jupiter.api.Test;

import java.util.List;

/** What retention removed before it was looked for passes nothing. */
class RemovedEventsTest {
    private static final String LOAD =
            """
            name: load
            when: {type: u}
            measure: [{name: m, event: {type: m}, sum: n, at-most: 5}]
            run: {until: {type: end}, silence: 10m}
            """;
    private static final String WINDOWS =
            """
            name: x
            when: {type: t}
            never: [{name: e, event: {type: e}, within: 10s, join: [k]}]
            """;

    private final Hearing hearing = new Hearing();

    private void add(String type, double at, String run) {
        hearing.setClock(at);
        hearing.add(
                Hearing.event(type, type + at + run, at, "k").toBuilder()
                        .scenarioId(run)
                        .attribute("n", 1)
                        .build());
    }

    /** The first so many events leave the log, and a definition comes. */
    private void define(long first, double at, String yaml) {
        hearing.setClock(at);
        hearing.restart(new ShortenedLog(hearing.store(), first));
        hearing.define(yaml);
    }

    private Verdict only(String run) {
        List<Verdict> all = hearing.reader().verdicts(Question.ofScenario(run)).verdicts();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private void run(double at, String run) {
        add("u", at, run);
        add("m", at + 1, run);
        add("end", at + 2, run);
        hearing.moveTo(at + 100);
    }

    @Test
    void shouldNotPassARunOfWhichEventsMayHaveBeenRemoved() {
        for (int i = 0; i < 50; i++) {
            add("m", i, "r");
        }
        define(51, 100, LOAD);
        hearing.restart(new ShortenedLog(hearing.store(), 51));
        run(110, "r");

        assertThat(only("r").status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(only("r").reason())
                .contains(
                        "RETENTION: what was recorded of it before 2026-01-01T12:00:50Z may have"
                                + " been removed before it was heard of");
    }

    @Test
    void shouldRememberItAfterARestart() {
        add("m", 0, "r");
        define(2, 100, LOAD);
        add("u", 110, "r");
        hearing.restart();
        add("m", 111, "r");
        add("end", 112, "r");
        hearing.moveTo(300);

        assertThat(only("r").status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(only("r").reason()).contains("RETENTION");
    }

    @Test
    void shouldPassARunThatBeganLongBehindWhatWasRemoved() {
        add("m", 0, "other");
        define(2, 100, LOAD);
        run(1_000, "r");

        assertThat(only("r").status()).isEqualTo(Status.PASSED);
    }

    @Test
    void shouldPassARunThatBeganLongAfterItsDefinitionWhateverWasRemovedSince() {
        hearing.define(LOAD);
        for (int i = 0; i < 5; i++) {
            add("m", 800 + i, "other");
        }
        hearing.restart(new ShortenedLog(hearing.store(), 6));
        run(1_000, "r");

        assertThat(only("r").status()).isEqualTo(Status.PASSED);
    }

    @Test
    void shouldNotPassWhatIsOfNoRunWhenAnythingWasRemoved() {
        add("m", 0, "other");
        define(2, 100, LOAD);
        run(100_000, "");

        assertThat(only("").status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(only("").reason()).contains("RETENTION");
    }

    @Test
    void shouldNotPassALateTriggerWhoseEventsMayHaveBeenRemoved() {
        hearing.setClock(0);
        hearing.add("e", "e", 0, "k");
        define(2, 100, WINDOWS);
        hearing.setClock(101);
        hearing.add(trigger(-1));
        hearing.moveTo(300);

        assertThat(hearing.on("t").status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(hearing.on("t").reason())
                .contains("RETENTION: events recorded before 2026-01-01T12:00:01Z were removed");
    }

    @Test
    void shouldSayThatARunThatIsTriedMayLackWhatWasRemoved() {
        add("m", 0, "r");
        run(100, "r");
        var index = new ShortenedLog(hearing.store(), 2);
        var question = new TrialQuestion(LOAD, Selection.BEGINNING, Selection.END, "r");
        TrialHistory tried =
                TrialHistory.read(
                        index,
                        Scene.definitions(LOAD).getFirst().content(),
                        question,
                        Scene.EXACT,
                        Scene.at(1_000));

        assertThat(tried.incomplete()).extracting(Omission::bound).containsExactly(Bound.RETENTION);
        assertThat(tried.unknown()).hasSize(1);
        assertThat(tried.unknown().getFirst().to()).isAfter(Scene.at(100));
    }

    private static AuditEvent trigger(double at) {
        return Hearing.event("t", "t", at, "k");
    }
}
