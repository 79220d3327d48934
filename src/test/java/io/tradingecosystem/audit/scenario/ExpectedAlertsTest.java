package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Alerts that a window waits for, and those that it does not. */
class ExpectedAlertsTest {
    private static final String ALERT = "{name: a, event: {type: alert}, within: 10s, join: [k]}";
    private final Hearing hearing = new Hearing();

    private static void define(Hearing hearing, String parts) {
        hearing.define("name: x\nwhen: {type: t}\nexpect: [%s]".formatted(parts));
        hearing.setClock(0);
    }

    @Test
    void shouldListWhatNoExpectationSpeaksOf() {
        define(hearing, ALERT);
        hearing.add("t", "t", "1");
        hearing.add("other.alert", "other", "1");

        assertThat(hearing.alerts()).containsExactly("other");
    }

    @Test
    void shouldListWhatNoWindowWaitsFor() {
        define(hearing, ALERT);
        hearing.add("t", "t", "1");
        hearing.setClock(11);
        hearing.add("alert", "in-time", 10, "1");
        hearing.add("alert", "late", 11, "1");
        hearing.add("alert", "of-another", 5, "2");
        hearing.add(Hearing.event("alert", "keyless", 5, "").toBuilder().build());

        assertThat(hearing.alerts()).containsExactly("keyless", "late", "of-another");
    }

    @Test
    void shouldNotListWhatOneOfTwoPartsWaitsFor() {
        define(hearing, ALERT + ", " + ALERT.replace("name: a", "name: b").replace("[k]", "[m]"));
        hearing.add("t", "t", "1");
        hearing.add("alert", "a", 5, "1");

        assertThat(hearing.alerts()).isEmpty();
    }

    @Test
    void shouldListWhatOnlyEndsAScopeOrExcuses() {
        define(
                hearing,
                ALERT.replace("{name: a,", "{name: a, unless: {event: {type: excuse.alert}},")
                        .replace("{name: a,", "{name: a, until: {type: end.alert},"));
        hearing.add("excuse.alert", "before", 1, "1");
        hearing.add("t", "t", 0, "1");
        hearing.add("end.alert", "end", 5, "1");
        hearing.add("excuse.alert", "excuse", 5, "1");

        assertThat(hearing.alerts()).containsExactly("before", "end", "excuse");
    }

    @Test
    void shouldClearWhatCameBeforeItsTrigger() {
        define(hearing, ALERT.replace("name: a", "name: b").replace("[k]", "[m]") + ", " + ALERT);
        hearing.setClock(6);
        hearing.add("alert", "a", 5, "1");
        hearing.add("alert", "b", 5, "2");
        assertThat(hearing.alerts()).containsExactly("a", "b");

        hearing.add("t", "t", 0, "1");

        assertThat(hearing.alerts()).containsExactly("b");
    }

    @Test
    void shouldLookInTheStoreForWhatAVeryLateAlertIsOf() {
        define(hearing, ALERT);
        hearing.add("t", "t", "1");
        hearing.setClock(300);
        hearing.add("alert", "a", 5, "1");
        hearing.add("alert", "b", 5, "2");

        assertThat(hearing.alerts()).containsExactly("b");
    }

    @Test
    void shouldLookInTheStoreForKeysThatAreNotIndexed() {
        define(hearing, ALERT.replace("[k]", "[m]"));
        hearing.add(Hearing.event("t", "t", 0, "").toBuilder().attribute("m", "1").build());
        hearing.setClock(300);
        hearing.add(Hearing.event("alert", "a", 5, "").toBuilder().attribute("m", "1").build());
        hearing.add(Hearing.event("alert", "b", 5, "").toBuilder().attribute("m", "2").build());

        assertThat(hearing.alerts()).containsExactly("b");
    }

    @Test
    void shouldLookInTheStoreForATriggerThatIsNotKeptAnyMore() {
        define(hearing, ALERT);
        hearing.add("t", "t", "1");
        hearing.setClock(110);
        hearing.add("alert", "a", 9, "1");
        hearing.add("alert", "b", 9, "2");

        assertThat(hearing.alerts()).containsExactly("b");
        assertThat(hearing.referee().writer().counters().unsearched).isZero();
    }

    @Test
    void shouldKnowATriggerThatIsKeptHoweverLittleIsLookedThrough() {
        Hearing hasty = Hearing.withBudget(1);
        define(hasty, ALERT);
        hasty.add("t", "first", "1");
        hasty.add("t", "second", 8.5, "1");
        hasty.setClock(110);
        hasty.add("alert", "a", 18, "1");

        assertThat(hasty.alerts()).isEmpty();
    }
}
