package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.ShortenedLog;

import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What is looked for in the store, how far, and what is said where that was not far enough. */
class LateSearchesTest {
    private static final String EXPECTATION =
            """
            name: x
            when: {type: t}
            expect: [{name: e, event: {type: e}, within: 10s, join: [k]}]
            """;

    private static Hearing defined(Hearing hearing, String yaml) {
        hearing.define(yaml);
        hearing.setClock(0);
        return hearing;
    }

    /** One that defines its expectation when the events are there. */
    private static Hearing definedLater(int budget, String yaml, String... events) {
        Hearing hearing = Hearing.withBudget(budget);
        hearing.setClock(12);
        for (String event : events) {
            String[] idTimeKey = event.split(" ");
            hearing.add("e", idTimeKey[0], Double.parseDouble(idTimeKey[1]), idTimeKey[2]);
        }
        hearing.define(yaml);
        hearing.add("t", "t", 0, "1");
        hearing.moveTo(60);
        return hearing;
    }

    private static long unsearched(Hearing hearing) {
        return hearing.referee().writer().counters().unsearched;
    }

    @Test
    void shouldFindALateEventsWindowByItsKeyAmongManyOthers() {
        Hearing hearing = defined(Hearing.withBudget(2), EXPECTATION);
        for (int i = 0; i < 5; i++) {
            hearing.add("t", "other" + i, "2");
        }
        hearing.add("t", "t", "1");
        hearing.moveTo(300);
        hearing.add("e", "late", 5, "1");

        assertThat(hearing.on("t").status()).isEqualTo(Status.PASSED);
        assertThat(unsearched(hearing)).isZero();
        hearing.add("e", "of-the-others", 5, "2");
        assertThat(unsearched(hearing)).isEqualTo(1);
    }

    @Test
    void shouldFindWhatWasThereBeforeByItsKeyAmongManyOthers() {
        Hearing hearing = definedLater(2, EXPECTATION, "a 1 2", "b 2 2", "c 3 2", "d 4 2", "e 5 1");

        assertThat(hearing.on("t").status()).isEqualTo(Status.PASSED);
    }

    @Test
    void shouldFindInTheStoreWhatCameTooLate() {
        assertThat(definedLater(100, EXPECTATION, "e 11 1").on("t").reason())
                .isEqualTo("e came 1 s too late (expected within 10 s)");
        assertThat(definedLater(100, EXPECTATION, "e -2 1").on("t").reason())
                .isEqualTo("e came 2 s before the trigger (expected within 10 s)");
    }

    @Test
    void shouldSayThatTheBudgetWasUsedUpOfWhatItKeptFromItsDefinitionOn() {
        Hearing hearing = new Hearing(new VerdictBounds(99, 99, 1, 99, 1));
        hearing.define(EXPECTATION.replace("within: 10s", "within: 10s, at-least: 3"));
        hearing.setClock(1);
        hearing.add("t", "t", "1");
        hearing.add("e", "e1", "1");
        hearing.add("e", "e2", "1");
        hearing.moveTo(60);

        assertThat(hearing.on("t").reason()).contains("SEARCH_BUDGET: more than 1 events");
    }

    @Test
    void shouldLookThroughNothingForWhatItKeeps() {
        Hearing hearing =
                defined(
                        Hearing.withBudget(1),
                        """
                        name: x
                        when: {type: t}
                        expect:
                          - {name: f, event: {type: f}, within: 10s, join: [k], at-least: 2}
                          - {name: e, event: {type: e}, within: 10s, join: [k], at-least: 2}
                        """);
        hearing.add("t", "t", "1");
        for (String id : new String[] {"1", "2"}) {
            hearing.add("f", "f" + id, "1");
            hearing.add("e", "e" + id, "1");
            hearing.restart();
        }

        assertThat(hearing.on("t").status()).isEqualTo(Status.PASSED);
    }

    @Test
    void shouldNameAllKeysOfATriggerThatLeftTheLog() {
        Hearing hearing = defined(new Hearing(), EXPECTATION.replace("[k]", "[k, m]"));
        hearing.add("t", "t", "1");
        hearing.restart(new ShortenedLog(hearing.store(), 3));
        hearing.moveTo(60);

        assertThat(hearing.on("t").reason())
                .isEqualTo("e cannot be judged, as the trigger has no \"k, m\"");
    }

    @Test
    void shouldOpenNoSecondWindowForAnIdThatLeftTheLogMeanwhile() {
        Hearing hearing = defined(new Hearing(), EXPECTATION);
        Retained retained = new Retained(hearing.store());
        hearing.restart(retained);
        hearing.add("t", "t", "1");
        hearing.moveTo(60);
        retained.first = 3;
        hearing.add("other", "o", "1");
        long held = hearing.referee().held();

        again(hearing, 4);

        assertThat(hearing.on("t").status()).isEqualTo(Status.FAILED);
        assertThat(hearing.referee().held()).isEqualTo(held);
    }

    /** The id t is told once more, as a log does that does not have it any more. */
    private static void again(Hearing hearing, long position) {
        hearing.referee()
                .accept(
                        Hearing.event("t", "t", 60, "1").toBuilder()
                                .recordedAt(Scene.at(60))
                                .position(position)
                                .build());
        hearing.referee().commit();
    }

    /** The events from a position on that moves. */
    private static final class Retained implements EventIndex {
        private final MemoryStore store;
        private long first = 1;

        Retained(MemoryStore store) {
            this.store = store;
        }

        private EventIndex left() {
            return new ShortenedLog(store, first);
        }

        @Override
        public Optional<AuditEvent> byId(String id) {
            return left().byId(id);
        }

        @Override
        public Optional<AuditEvent> at(long position) {
            return left().at(position);
        }

        @Override
        public Page find(Query query) {
            return left().find(query);
        }

        @Override
        public String scan(Query query, Predicate<AuditEvent> taker) {
            return left().scan(query, taker);
        }

        @Override
        public Set<String> businessKeys() {
            return store.businessKeys();
        }
    }

    @Test
    void shouldOpenNoSecondWindowForAnIdThatLeftTheLogAndCameAgain() {
        Hearing hearing = defined(new Hearing(), EXPECTATION);
        hearing.add("t", "t", "1");
        hearing.moveTo(60);
        assertThat(hearing.on("t").status()).isEqualTo(Status.FAILED);
        hearing.restart(new ShortenedLog(hearing.store(), 3));
        long held = hearing.referee().held();

        again(hearing, 3);

        assertThat(hearing.on("t").status()).isEqualTo(Status.FAILED);
        assertThat(hearing.referee().held()).isEqualTo(held);
    }
}
