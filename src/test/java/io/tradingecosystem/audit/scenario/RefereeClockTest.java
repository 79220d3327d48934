package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.projection.DecisionEvents;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows that fell due while something was on its way that concerns them. */
class RefereeClockTest {
    private static final String EXPECTATION =
            """
            name: x
            when: {type: t}
            expect: [{name: e, event: {type: e}, within: 10s, join: [k]%s}]
            """;
    private final Hearing hearing = new Hearing();

    @BeforeEach
    void define() {
        hearing.define(EXPECTATION.formatted(""));
        hearing.setClock(0);
    }

    private void say(String name, String value) {
        hearing.add(
                AuditEvent.own("audit", DecisionEvents.SETTINGS)
                        .id(name)
                        .occurredAt(Scene.START)
                        .attribute("scenario." + name, value)
                        .build());
    }

    @Test
    void shouldNameANearMissThatWasOnItsWayWhenItsWindowFellDue() {
        hearing.add("t", "t", "1");
        hearing.expire(13);
        assertThat(hearing.on("t").reason()).isEqualTo("e did not come within 10 s");

        hearing.setClock(11.5);
        hearing.add("e", "e", 11, "1");

        assertThat(hearing.on("t").reason())
                .isEqualTo("e came 1 s too late (expected within 10 s)");
    }

    @Test
    void shouldNotNameANearMissWhoseOwnTriggerWasOnItsWay() {
        hearing.add("t", "t", "1");
        hearing.setClock(11);
        hearing.add("e", "e", "1");
        hearing.expire(13);
        assertThat(hearing.on("t").reason()).contains("1 s too late");

        hearing.setClock(11.5);
        hearing.add("t", "other", 10.5, "1");

        assertThat(hearing.on("t").reason()).isEqualTo("e did not come within 10 s");
        assertThat(hearing.on("other").status()).isEqualTo(Status.PASSED);
    }

    /** The first window is judged by what was recorded before 12 s. */
    @ParameterizedTest
    @CsvSource({
        "11.999, 10.5, false",
        "12, 10.5, true",
        "11.999, 1, false",
        "11.999, 0.999, true",
        "11.999, 11, false",
        "11.999, 11.001, true",
    })
    void shouldNameANearMissOfWhichNoOtherTriggerHadComeInTime(
            double recorded, double occurred, boolean named) {
        hearing.add("t", "t", "1");
        hearing.setClock(11);
        hearing.add("e", "e", "1");
        hearing.setClock(recorded);
        hearing.add("t", "other", occurred, "1");
        hearing.moveTo(60);

        assertThat(hearing.on("t").reason())
                .isEqualTo(
                        named
                                ? "e came 1 s too late (expected within 10 s)"
                                : "e did not come within 10 s");
    }

    @Test
    void shouldNotTakeATriggerForANearMissOfItself() {
        hearing.define(
                """
                name: x
                when: {type: t}
                expect:
                  - {name: f, event: {type: f}, within: 10s, join: [k]}
                  - {name: g, event: {type: t}, within: 10s, join: [k], after: f}
                """);
        hearing.add("t", "t", "1");
        hearing.moveTo(1);
        hearing.add("f", "f", "1");
        hearing.moveTo(60);

        assertThat(hearing.on("t").reason()).isEqualTo("g did not come within 10 s");
    }

    /** Windows of 10 s, of which two are over, and a loss that was told later. */
    @ParameterizedTest
    @CsvSource({
        "-1, 0, FAILED, FAILED",
        "-1, 0.5, INCONCLUSIVE, FAILED",
        "3, 4, INCONCLUSIVE, INCONCLUSIVE",
        "11.999, 14, INCONCLUSIVE, INCONCLUSIVE",
        "12, 14, FAILED, INCONCLUSIVE",
        "21.999, 30, FAILED, INCONCLUSIVE",
        "22, 30, FAILED, FAILED",
    })
    void shouldJudgeAnewWhatALossConcerns(double from, double to, Status first, Status second) {
        hearing.add("t", "t", "1");
        hearing.setClock(20);
        hearing.add("t", "late", 1, "2");
        hearing.moveTo(100);
        assertThat(hearing.on("t").status()).isEqualTo(Status.FAILED);
        assertThat(hearing.on("late").status()).isEqualTo(Status.FAILED);

        hearing.lose(from, to);

        assertThat(hearing.on("t").status()).isEqualTo(first);
        assertThat(hearing.on("late").status()).isEqualTo(second);
    }

    @Test
    void shouldWaitForThoseWhoCatchUpAfterEachOfSeveralLosses() {
        hearing.lose(-20, -19);
        hearing.add("t", "t", "1");
        hearing.lose(5, 6);
        hearing.lose(30, 31);
        hearing.lose(90, 91);

        hearing.moveTo(60.999);
        assertThat(hearing.on("t").status()).isEqualTo(Status.PENDING);
        hearing.moveTo(61);
        assertThat(hearing.on("t").status()).isEqualTo(Status.INCONCLUSIVE);
    }

    @ParameterizedTest
    @CsvSource({"12, false, false", "12.001, true, false", "12.501, true, true"})
    void shouldJudgeAnewWhatFellDueSinceOtherSettingsWereInForce(
            double from, boolean first, boolean second) {
        hearing.add("t", "t", "1");
        hearing.setClock(0.5);
        hearing.add("t", "second", "2");
        hearing.expire(13);

        hearing.setClock(from);
        say("allowed-lateness", "8s");

        assertThat(hearing.on("t").isFinal()).isEqualTo(first);
        assertThat(hearing.on("second").isFinal()).isEqualTo(second);
    }

    @Test
    void shouldJudgeAnewWhatFellDueWhileOtherSettingsWereOnTheirWay() {
        hearing.add("t", "t", "1");
        hearing.expire(13);
        assertThat(hearing.on("t").isFinal()).isTrue();

        hearing.setClock(11);
        say("allowed-lateness", "8s");
        assertThat(hearing.on("t").isFinal()).isFalse();

        hearing.setClock(17);
        hearing.add("e", "e", 5, "1");
        hearing.expire(18);
        assertThat(hearing.on("t").status()).isEqualTo(Status.PASSED);
        assertThat(hearing.on("t").isFinal()).isTrue();
    }

    @Test
    void shouldLeaveWhatFellDueAsItIsWhenSettingsChangeNothingOfIt() {
        hearing.add("t", "t", "1");
        hearing.expire(13);
        hearing.setClock(11);
        say("max-verdicts", "77");

        assertThat(hearing.referee().bounds().maxVerdicts()).isEqualTo(77);
        assertThat(hearing.on("t").isFinal()).isTrue();
    }

    @Test
    void shouldKeepAsManyEventsAsTheLogSays() {
        for (int i = 0; i < 5; i++) {
            hearing.setClock(20 * i);
            hearing.add("e", "e" + i, "1");
        }
        assertThat(hearing.referee().held()).isEqualTo(5);

        say("max-held-events", "2");

        assertThat(hearing.referee().held()).isEqualTo(2);
    }

    @Test
    void shouldKeepTheEventsOfLaterExpectationsForAsLongAsTheLogSays() {
        say("allowed-lateness", "10m");
        hearing.define(EXPECTATION.formatted(", at-least: 2"));
        hearing.setClock(1);
        hearing.add("e", "e", "1");
        assertThat(hearing.referee().held()).as("one of each version").isEqualTo(2);

        hearing.setClock(600);
        hearing.add("other", "o", "1");

        assertThat(hearing.referee().held()).isEqualTo(1);
    }

    @Test
    void shouldJudgeNothingBehindAnAbsenceUntilTheLogHasWordOfIt() {
        hearing.add("t", "t", "1");
        hearing.referee().clock().hold(Scene.at(5));
        hearing.moveTo(60);
        assertThat(hearing.on("t").status()).isEqualTo(Status.PENDING);

        hearing.lose(5, 60);
        hearing.moveTo(100);

        assertThat(hearing.on("t").status()).isEqualTo(Status.INCONCLUSIVE);
    }

    @Test
    void shouldLookInTheStoreAfterAStartForWhatIsNotKeptAnyMore() {
        hearing.define(EXPECTATION.formatted(", exactly: 1"));
        hearing.setClock(1);
        hearing.add("e", "e", "1");
        hearing.setClock(118);
        hearing.add("t", "t", 0, "1");
        assertThat(hearing.on("t").status()).isEqualTo(Status.PENDING);

        hearing.restart();
        hearing.moveTo(130);

        assertThat(hearing.on("t").status()).isEqualTo(Status.PASSED);
    }
}
