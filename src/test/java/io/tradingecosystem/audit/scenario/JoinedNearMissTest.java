package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The near miss of a trigger at 0 s among the events that its join keeps. */
class JoinedNearMissTest {
    private static final String EXPECTATION =
            """
            name: x
            when: {type: t}
            expect: [{name: e, event: {type: e}, within: 10s, join: [k]}]
            """;
    private final Hearing hearing = new Hearing();

    /** Events in the order of time, such as {@code e-3}: an effect 3 s before the trigger. */
    private String reason(String events) {
        hearing.define(EXPECTATION);
        for (String event : events.split(" ")) {
            double at = Double.parseDouble(event.substring(1));
            hearing.setClock(at);
            hearing.add(event.substring(0, 1), event, at, "1");
        }
        hearing.setClock(0);
        hearing.add("t", "t", "1");
        hearing.moveTo(60);
        return hearing.on("t").reason();
    }

    @ParameterizedTest
    @CsvSource({
        "e-3 e-2, 2 s",
        "e-3 t-2.5 e-2, 3 s",
        "e-40 t-25 e-20 e-18, 40 s",
    })
    void shouldBeTheLatestBeforeItThatIsNoOthers(String events, String before) {
        assertThat(reason(events))
                .isEqualTo("e came " + before + " before the trigger (expected within 10 s)");
    }

    /** It is due at 36 s, as those who were away catch up until then. */
    @ParameterizedTest
    @CsvSource({"e-56, true", "e-56.001, false"})
    void shouldNotBeWhatMayNotBeKeptAnyMore(String event, boolean named) {
        hearing.lose(5, 6);

        assertThat(reason(event).startsWith("e came 56 s before")).isEqualTo(named);
    }
}
