package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.testing.ManualClock;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What the referee keeps, lets go of and knows again, and what it says where it has not all. */
class RefereeStateTest {
    private static final String EXPECTATION =
            """
            name: x
            when: {type: t}
            expect: [{name: e, event: {type: e}, within: 10s, join: [k]}]
            """;
    private static final long MANY = 1_000;

    private final ManualClock clock = ManualClock.at(Scene.START.minusSeconds(60));
    private final MemoryStore store = MemoryStore.create(clock, Set.of("k"));
    private Referee referee = referee(new VerdictBounds(MANY, MANY, MANY, 100, 100));

    private Referee referee(VerdictBounds bounds) {
        return Referee.of(store.projection("scenario"), store, Scene.EXACT, bounds);
    }

    private void define(String yaml) {
        Scene.definitions(yaml)
                .forEach(
                        each ->
                                store.append(
                                        List.of(
                                                VerdictEvents.EXPECTATIONS.inForce(
                                                        "test",
                                                        clock.instant(),
                                                        each,
                                                        referee.expectations()
                                                                .inForce()
                                                                .lastEvent("x")))));
        follow();
    }

    private void follow() {
        store.read(referee.writer().position(), 1_000).forEach(referee::accept);
        referee.commit();
    }

    private void moveTo(double seconds) {
        Instant time = Scene.at(seconds);
        clock.jump(Duration.between(clock.instant(), time));
        referee.expire(time);
        referee.commit();
    }

    /** An event that is recorded when it occurs, or else at the time that the clock has. */
    private void add(String type, String id, double seconds, String key) {
        if (clock.instant().isBefore(Scene.at(seconds))) {
            moveTo(seconds);
        }
        AuditEvent event = Scene.event("desk", type, id, seconds).attribute("k", key).build();
        store.append(List.of(event));
        follow();
    }

    private Verdict on(String trigger) {
        return referee.writer()
                .window(Occurrence.verdictId("x", trigger))
                .map(Window::current)
                .orElseThrow();
    }

    @Test
    void shouldCloseTheWindowThatIsDueFirst() {
        referee = referee(new VerdictBounds(MANY, 2, MANY, 100, 100));
        define(EXPECTATION);
        add("t", "t1", 1, "1");
        add("t", "t2", 2, "2");
        assertThat(on("t1").status()).isEqualTo(Status.PENDING);
        add("t", "t3", 3, "3");

        assertThat(on("t1").status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(on("t1").isFinal()).isTrue();
        assertThat(on("t1").reason()).contains("OPEN_WINDOWS").contains("more than 2 windows");
        assertThat(on("t2").status()).isEqualTo(Status.PENDING);
        assertThat(referee.writer().counters().closedEarly).isEqualTo(1);
        moveTo(60);
        assertThat(on("t2").status()).isEqualTo(Status.FAILED);
        add("t", "t4", 61, "4");
        assertThat(on("t4").status()).as("there is room again").isEqualTo(Status.PENDING);
    }

    @Test
    void shouldLookInTheStoreForWhatWasBeforeItsDefinition() {
        add("e", "e", 5, "1");
        add("e", "other", 6, "2");
        define(EXPECTATION);
        store.append(List.of(trigger("t", 4, "1"), trigger("u", 6.5, "3")));
        follow();
        moveTo(60);

        assertThat(on("t").status()).isEqualTo(Status.PASSED);
        assertThat(on("u").status()).as("looked for, and not there").isEqualTo(Status.FAILED);
    }

    @Test
    void shouldSayThatItWasDefinedLaterThanItCouldLookBack() {
        referee = referee(new VerdictBounds(MANY, MANY, MANY, 100, 1));
        add("e", "a", 5, "1");
        add("e", "b", 6, "1");
        define(EXPECTATION.replace("within: 10s", "within: 10s, at-least: 3"));
        store.append(List.of(trigger("t", 4, "1")));
        follow();
        moveTo(60);

        assertThat(on("t").status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(on("t").reason())
                .contains("DEFINED_LATER: more than 1 events of that time were stored");
    }

    private static AuditEvent trigger(String id, double seconds, String key) {
        return Scene.event("desk", "t", id, seconds).attribute("k", key).build();
    }

    @Test
    void shouldSayThatItsBudgetWasNotEnoughForWhatItsJoinsDropped() {
        referee = referee(new VerdictBounds(MANY, MANY, 3, 100, 2));
        define(EXPECTATION.replace("within: 10s", "within: 10s, at-least: 5"));
        add("t", "t", 1, "1");
        for (int i = 0; i < 4; i++) {
            add("e", "e" + i, 2 + i, "1");
        }
        assertThat(referee.held()).isLessThanOrEqualTo(3);
        moveTo(60);

        assertThat(on("t").status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(on("t").reason())
                .contains("SEARCH_BUDGET: more than 2 events of that time were stored");
    }

    @Test
    void shouldKeepWhatItDroppedInMindWhenItStartsAgain() {
        VerdictBounds bounds = new VerdictBounds(MANY, MANY, 3, 100, 100);
        referee = referee(bounds);
        define(EXPECTATION);
        add("e", "early", 1, "1");
        for (int i = 0; i < 4; i++) {
            add("e", "e" + i, 4 + 10 * i, "2");
        }
        long dropped = referee.writer().counters().dropped;
        assertThat(dropped).isPositive();
        referee = referee(bounds);
        store.append(List.of(trigger("t", 0.5, "1")));
        follow();

        assertThat(on("t").status()).isEqualTo(Status.PASSED);
        assertThat(referee.writer().counters().dropped).isGreaterThanOrEqualTo(dropped);
    }

    @Test
    void shouldLetGoOfAReplacedVersionWhenItsLastWindowIsOver() {
        define(EXPECTATION);
        add("t", "t", 1, "1");
        define(EXPECTATION.replace("within: 10s", "within: 20s"));
        add("e", "e", 2, "1");
        assertThat(on("t").status()).as("by its own version").isEqualTo(Status.PASSED);
        assertThat(referee.held()).as("a trigger, and an effect of each version").isEqualTo(3);

        moveTo(400);
        add("other", "o", 401, "1");
        assertThat(referee.held()).isZero();
        add("e", "late", 402, "1");
        assertThat(referee.held()).as("one version is left").isEqualTo(1);
    }

    @Test
    void shouldWatchAVersionAgainThatComesBack() {
        define(EXPECTATION);
        define(EXPECTATION.replace("within: 10s", "within: 20s"));
        define(EXPECTATION);
        add("t", "t", 1, "1");
        moveTo(2_000);
        add("t", "u", 2_001, "1");
        add("e", "e", 2_002, "1");

        assertThat(on("t").status()).isEqualTo(Status.FAILED);
        assertThat(on("u").status()).isEqualTo(Status.PASSED);
        assertThat(on("u").expectationVersion()).isEqualTo(on("t").expectationVersion());
        assertThat(referee.held()).isEqualTo(2);
    }

    @Test
    void shouldAskNothingOfWhatIsWithdrawn() {
        define(EXPECTATION);
        add("t", "t", 1, "1");
        withdraw();
        add("t", "u", 2, "2");
        add("e", "e", 3, "1");

        assertThat(on("t").status()).isEqualTo(Status.PASSED);
        assertThat(referee.writer().window(Occurrence.verdictId("x", "u"))).isEmpty();
        moveTo(400);
        add("e", "f", 401, "1");
        assertThat(referee.held()).isZero();
    }

    private void restart() {
        referee = referee(new VerdictBounds(MANY, MANY, MANY, 100, 100));
    }

    @Test
    void shouldKnowWhatIsInForceWhenItStartsAgain() {
        define(EXPECTATION);
        add("t", "t", 1, "1");
        add("e", "own", 2, "2");
        String changed = EXPECTATION.replace("within: 10s", "within: 20s");
        define(changed);
        restart();
        assertThat(referee.held()).isEqualTo(2);
        assertThat(referee.expectations().refused()).isZero();
        add("e", "e", 9, "1");
        add("t", "u", 10, "2");
        add("e", "f", 29, "2");

        assertThat(on("t").status()).as("by the version before").isEqualTo(Status.PASSED);
        assertThat(on("u").status()).isEqualTo(Status.PASSED);
        assertThat(on("t").expectationVersion()).isNotEqualTo(on("u").expectationVersion());
        moveTo(2_000);
        add("t", "v", 2_001, "3");
        restart();
        moveTo(2_100);
        assertThat(on("v").status()).isEqualTo(Status.FAILED);
    }

    @Test
    void shouldKnowWhatWasWithdrawnWhenItStartsAgain() {
        define(EXPECTATION);
        withdraw();
        restart();
        add("t", "t", 1, "1");
        assertThat(referee.writer().window(Occurrence.verdictId("x", "t"))).isEmpty();
        String withdrawn = referee.expectations().inForce().lastEvent("x");
        assertThat(withdrawn).isNotEmpty();

        define(EXPECTATION);
        restart();
        add("t", "u", 2, "1");
        assertThat(on("u").status()).isEqualTo(Status.PENDING);
        assertThat(referee.expectations().inForce().lastEvent("x")).isNotEqualTo(withdrawn);
    }

    private void withdraw() {
        var definition = referee.expectations().inForce().find("x").orElseThrow();
        store.append(
                List.of(
                        VerdictEvents.EXPECTATIONS.withdrawal(
                                "test", clock.instant(), definition)));
        follow();
    }

    @Test
    void shouldCountWhatItCannotUnderstand() {
        AuditEvent sound = inForce(EXPECTATION);
        store.append(
                List.of(
                        AuditEvent.own("test", VerdictEvents.EXPECTATION)
                                .id("unsound")
                                .attribute("name", "y")
                                .build(),
                        sound));
        follow();

        assertThat(referee.expectations().refused()).isEqualTo(1);
        add("t", "t", 1, "1");
        assertThat(on("t").status()).isEqualTo(Status.PENDING);
    }

    private AuditEvent inForce(String yaml) {
        return VerdictEvents.EXPECTATIONS.inForce(
                "test", clock.instant(), Scene.definitions(yaml).getFirst(), "");
    }

    @Test
    void shouldTellWhenItIsDue() {
        assertThat(referee.nextDue()).isEmpty();
        define(EXPECTATION);
        add("t", "t", 1, "1");
        assertThat(referee.nextDue()).contains(Scene.at(13));
        add("t", "later", 5, "2");
        assertThat(referee.nextDue()).contains(Scene.at(13));
        moveTo(13);
        assertThat(on("t").status()).isEqualTo(Status.FAILED);
        assertThat(referee.nextDue()).contains(Scene.at(17));
    }

    @Test
    void shouldJudgeWhatIsDueBeforeTheNextEventIsTakenIn() {
        define(EXPECTATION);
        store.append(List.of(trigger("t", 1, "1")));
        moveClock(30);
        store.append(List.of(trigger("u", 30, "2")));
        follow();

        assertThat(on("t").status()).isEqualTo(Status.FAILED);
        assertThat(on("t").isFinal()).isTrue();
    }

    private void moveClock(double seconds) {
        clock.jump(Duration.between(clock.instant(), Scene.at(seconds)));
    }

    @Test
    void shouldFindInTheStoreOnlyWhatBelongsToTheTrigger() {
        String same =
                "name: x\n"
                        + "when: {type: t}\n"
                        + "expect: [{name: e, event: {type: '*'}, within: 10s, join: [k], at-least:"
                        + " 2}]";
        add("e", "mine", 5, "1");
        add("e", "other", 6, "2");
        define(same);
        store.append(List.of(trigger("t", 4, "1")));
        follow();
        moveTo(60);

        assertThat(on("t").status())
                .as("itself is none, nor what has another key")
                .isEqualTo(Status.FAILED);
        assertThat(on("t").reason()).contains("1 of 2 came within 10 s");
    }

    @Test
    void shouldNameTheKeysThatATriggerLacks() {
        define(
                "name: x\nwhen: {type: t}\n"
                        + "expect: [{name: e, event: {type: e}, within: 10s, join: [k, m, n]}]");
        add("t", "t", 4, "1");
        moveTo(60);

        assertThat(on("t").reason())
                .isEqualTo("e cannot be judged, as the trigger has no \"m, n\"");
    }
}
