package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.verdicts.RunStoreReader;
import io.tradingecosystem.audit.scenario.verdicts.ShownVerdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.store.ShortenedLog;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

/** What is said of a late event whose windows were not all looked for. */
class UnsearchedEventsTest {
    private static final String EXPECTATION =
            """
            name: x
            when: {type: t}
            expect: [{name: e, event: {type: e}, within: 10s, join: [m]}]
            """;

    private static Hearing defined(Hearing hearing, String yaml) {
        hearing.define(yaml);
        hearing.setClock(0);
        return hearing;
    }

    @ParameterizedTest
    @CsvSource({"999, 0, PASSED", "1000, 1, INCONCLUSIVE"})
    void shouldCountALateEventThatMayConcernMoreWindowsThanItLooksFor(
            int windows, int counted, Status last) {
        Hearing hearing = defined(new Hearing(), EXPECTATION.replace(", join: [m]", ""));
        for (int i = 0; i < windows; i++) {
            hearing.store().append(List.of(Hearing.event("t", "t" + i, i / 1e3, "1")));
        }
        hearing.add("other", "o", "1");
        hearing.setClock(300);
        hearing.add("e", "late", 5, "1");

        assertThat(hearing.on("t0").status()).isEqualTo(Status.PASSED);
        assertThat(hearing.on("t" + (windows - 1)).status()).isEqualTo(last);
        assertThat(unsearched(hearing)).isEqualTo(counted);
    }

    private static long unsearched(Hearing hearing) {
        return hearing.referee().writer().counters().unsearched;
    }

    /** Its windows are looked for among all triggers, of which the budget allows two. */
    private static Hearing withLateEvent() {
        Hearing hearing = defined(Hearing.withBudget(2), EXPECTATION);
        hearing.add(event("t", "early", -5.001, "1"));
        for (double at : new double[] {-5, -4, 0, 5}) {
            hearing.add(event("t", "t" + at, at, "1"));
        }
        hearing.add(event("t", "behind", 5.001, "1"));
        hearing.add(event("t", "other", 0, "2"));
        hearing.moveTo(300);
        hearing.add(event("e", "late", 5, "1"));
        return hearing;
    }

    private static AuditEvent event(String type, String id, double occurred, String m) {
        return Hearing.event(type, id, occurred, "").toBuilder().attribute("m", m).build();
    }

    @ParameterizedTest
    @CsvSource({
        "early, FAILED",
        "t-5.0, PASSED",
        "t-4.0, INCONCLUSIVE",
        "t0.0, INCONCLUSIVE",
        "t5.0, INCONCLUSIVE",
        "behind, FAILED",
        "other, FAILED",
    })
    void shouldSayThatALateEventWasNotLookedAt(String trigger, Status status) {
        Hearing hearing = withLateEvent();

        assertThat(hearing.on(trigger).status()).isEqualTo(status);
        assertThat(unsearched(hearing)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"early, FAILED", "edge, INCONCLUSIVE", "inside, INCONCLUSIVE"})
    void shouldSayThatALateEventWasNotLookedAtWhereNoWindowWasFound(String trigger, Status status) {
        Hearing hearing = defined(Hearing.withBudget(2), EXPECTATION);
        hearing.add(event("t", "early", -5.001, "1"));
        hearing.add(event("t", "another", -5, "2"));
        hearing.add(event("t", "and-another", -5, "2"));
        hearing.add(event("t", "edge", -5, "1"));
        hearing.add(event("t", "inside", 0, "1"));
        hearing.moveTo(300);
        hearing.add(event("e", "late", 5, "1"));

        assertThat(hearing.on(trigger).status()).isEqualTo(status);
    }

    @Test
    void shouldSayNothingOfALateEventInItsOwnWindow() {
        Hearing hearing =
                defined(
                        Hearing.withBudget(2),
                        EXPECTATION.replace("when: {type: t}", "when: {type: e}"));
        for (int at = 0; at < 4; at++) {
            hearing.add(event("e", "e" + at, at, "1"));
        }
        hearing.moveTo(300);
        hearing.add(event("e", "late", 5, "1"));
        hearing.moveTo(400);

        assertThat(unsearched(hearing)).isEqualTo(1);
        assertThat(hearing.on("late").status()).isEqualTo(Status.FAILED);
    }

    @Test
    void shouldNameTheLateEventThatWasNotLookedAt() {
        Hearing hearing = withLateEvent();
        String reason =
                "e did not come within 10 s, but SEARCH_BUDGET: \"late\" came late for e, and not"
                        + " all windows of its time were looked at";

        assertThat(hearing.on("t0.0").reason()).isEqualTo(reason);
        assertThat(hearing.on("t0.0").isFinal()).isTrue();
        hearing.restart();
        assertThat(hearing.on("t0.0").reason()).as("after a start").isEqualTo(reason);
    }

    @Test
    void shouldCountInTheReportOfARunWhatItsVerdictsSay() {
        Hearing hearing = defined(Hearing.withBudget(2), EXPECTATION);
        for (int at = 0; at < 4; at++) {
            AuditEvent trigger = event("t", "t" + at, at, "1");
            hearing.add(trigger.toBuilder().scenarioId("run").build());
        }
        hearing.moveTo(300);
        hearing.add(event("e", "late", 5, "1"));
        RunStoreReader runs = hearing.reader().runs();
        RunStoreReader.Run run = runs.find("run").orElseThrow();
        List<ShownVerdict> told = runs.worst("run", 10, Long.MAX_VALUE).shown();

        assertThat(told).extracting(ShownVerdict::status).contains(Status.INCONCLUSIVE);
        assertThat(run.tally().results()).containsEntry(Status.INCONCLUSIVE, 0L);
        assertThat(RunStoreReader.results(run, told).get(Status.INCONCLUSIVE))
                .isEqualTo(
                        told.stream().filter(each -> each.status() == Status.INCONCLUSIVE).count());
        assertThat(RunStoreReader.results(run, told.subList(0, 3)))
                .isEqualTo(run.tally().results());
    }

    @Test
    void shouldSayNothingOfALateEventWhereItWasThereBeforeTheTrigger() {
        Hearing hearing = withLateEvent();
        hearing.add(event("t", "later", 1, "1"));

        assertThat(hearing.on("later").status()).isEqualTo(Status.PASSED);
    }

    @Test
    void shouldSayOfAWindowWhoseTriggerLeftTheLogThatALateEventMayBeItsOwn() {
        Hearing hearing = withLateEvent();
        var reader =
                new VerdictStoreReader(
                        hearing.store().projection("scenario"),
                        new ShortenedLog(hearing.store(), 99));

        assertThat(reader.verdict(Occurrence.verdictId("x", "other")).orElseThrow().status())
                .isEqualTo(Status.INCONCLUSIVE);
        assertThat(reader.verdict(Occurrence.verdictId("x", "behind")).orElseThrow().status())
                .isEqualTo(Status.FAILED);
    }

    /** Past a hundred two become one, which says so of all windows that either may concern. */
    @ParameterizedTest
    @ValueSource(ints = {99, 100, 250})
    void shouldSaySoHoweverManyEventsCameLate(int later) {
        Hearing hearing = withLateEvent();
        for (int i = 0; i < 3; i++) {
            hearing.add(event("t", "at60-" + i, 60, "1"));
        }
        hearing.moveTo(600);
        for (int i = 0; i < later; i++) {
            if (i == 50) {
                hearing.restart();
            }
            hearing.add(event("e", "late" + i, 65, "1"));
        }

        assertThat(hearing.on("t0.0").reason()).contains("SEARCH_BUDGET: \"late\" came late");
        assertThat(hearing.on("t-5.0").status()).isEqualTo(Status.PASSED);
        assertThat(hearing.on("at60-2").status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(kept(hearing)).hasSizeLessThanOrEqualTo(UnsearchedEvents.MAX);
        hearing.restart();
        assertThat(hearing.on("t0.0").status()).as("after a start").isEqualTo(Status.INCONCLUSIVE);
    }

    @Test
    void shouldSayOfWindowsBetweenLateEventsThatBecameOneThatTheyMayBeTheirs() {
        Hearing hearing = withLateEvent();
        for (int i = 0; i < 101; i++) {
            for (int j = 0; j < 3; j++) {
                hearing.add(event("t", "t" + i + "-" + j, 100 + 20 * i, "" + i));
            }
        }
        hearing.moveTo(9_000);
        for (int i = 0; i < 101; i++) {
            hearing.add(event("e", "late" + i, 101 + 20 * i, "" + i));
        }

        assertThat(kept(hearing)).hasSize(UnsearchedEvents.MAX);
        for (int i = 0; i < 101; i++) {
            assertThat(hearing.on("t" + i + "-2").status())
                    .as("of the late event " + i)
                    .isEqualTo(Status.INCONCLUSIVE);
        }
        assertThat(hearing.on("t0-2").reason())
                .contains("SEARCH_BUDGET: more than 100 events came late");
    }

    private static List<byte[]> kept(Hearing hearing) {
        List<byte[]> keys = new ArrayList<>();
        hearing.referee().writer().scan('u', (key, value) -> keys.add(key));
        return keys;
    }
}
