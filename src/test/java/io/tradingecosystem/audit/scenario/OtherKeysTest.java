package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An event with another key is a near miss, unless another trigger waits for it. */
class OtherKeysTest {
    private static final String EXPECTATION =
            """
            name: x
            when: {type: t}
            expect: [{name: e, event: {type: e}, within: 10s, join: [%s]}]
            """;
    private final Hearing hearing = new Hearing();

    private void define(String join) {
        hearing.define(EXPECTATION.formatted(join));
        hearing.setClock(0);
        hearing.add("t", "t", "1");
    }

    @Test
    void shouldNameAnEventThatNobodyWaitsFor() {
        define("k");
        hearing.add("e", "e", 5, "2");
        hearing.moveTo(60);

        assertThat(hearing.on("t").reason())
                .isEqualTo("e came with k \"2\" instead of \"1\" (expected within 10 s)");
    }

    @Test
    void shouldNameAnEventWithoutTheKey() {
        define("k");
        hearing.add("e", "e", 5, "");
        hearing.moveTo(60);

        assertThat(hearing.on("t").reason())
                .isEqualTo("e came with no k instead of \"1\" (expected within 10 s)");
    }

    /** The other trigger's word comes at a time; the judgement looks at what came before 10 s. */
    @ParameterizedTest
    @CsvSource({"0, true", "9.999, true", "10, false", "11, false"})
    void shouldNotNameAnEventThatAnotherTriggerWaitsFor(double recorded, boolean awaited) {
        define("k");
        hearing.add("e", "e", 5, "2");
        hearing.setClock(recorded);
        hearing.add("t", "other", 0, "2");
        hearing.moveTo(60);

        assertThat(hearing.on("t").reason())
                .isEqualTo(
                        awaited
                                ? "e did not come within 10 s"
                                : "e came with k \"2\" instead of \"1\" (expected within 10 s)");
    }

    @Test
    void shouldNameTheKeyThatDiffers() {
        hearing.define(EXPECTATION.formatted("k, m"));
        hearing.setClock(0);
        hearing.add(Hearing.event("t", "t", 0, "1").toBuilder().attribute("m", "1").build());
        hearing.add(Hearing.event("e", "e", 5, "1").toBuilder().attribute("m", "2").build());
        hearing.moveTo(60);

        assertThat(hearing.on("t").reason()).contains("came with m \"2\" instead of \"1\"");
    }
}
