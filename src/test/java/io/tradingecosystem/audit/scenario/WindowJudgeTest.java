package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a window that has passed already when its time is over. */
class WindowJudgeTest {
    private final Hearing hearing = new Hearing();

    private void define(String parts) {
        hearing.define("name: x\nwhen: {type: t}\n" + parts);
        hearing.setClock(0);
        hearing.add("t", "t", "1");
    }

    private static String expecting(String limits) {
        return "expect: [{name: e, event: {type: e}, within: 10s, join: [k]%s}]".formatted(limits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", exactly: 1", ", at-most: 3"})
    void shouldBeFinalNotBeforeItsTimeIsOver(String limits) {
        define(expecting(limits));
        hearing.setClock(5);
        hearing.add("e", "e", "1");
        hearing.moveTo(11.999);
        assertThat(hearing.on("t").isFinal()).isFalse();

        hearing.moveTo(12);

        assertThat(hearing.on("t").status()).isEqualTo(Status.PASSED);
        assertThat(hearing.on("t").isFinal()).isTrue();
    }

    @Test
    void shouldBeFinalWhenTheLastOfItsPartsIsOver() {
        define(
                """
                expect:
                  - {name: e, event: {type: e}, within: 10s, join: [k]}
                  - {name: f, event: {type: f}, within: 20s, join: [k]}
                """);
        hearing.add("e", "e", "1");
        hearing.add("f", "f", "1");
        hearing.moveTo(21.999);
        assertThat(hearing.on("t").status()).isEqualTo(Status.PASSED);
        assertThat(hearing.on("t").isFinal()).isFalse();

        hearing.moveTo(22);
        assertThat(hearing.on("t").isFinal()).isTrue();
        assertThat(hearing.on("t").version()).isEqualTo(1);
    }

    @Test
    void shouldSayWhenItIsFinalWhatCameInBetween() {
        define(expecting(""));
        hearing.setClock(6);
        hearing.add("e", "later", 5, "1");
        hearing.add("e", "earlier", 3, "1");
        assertThat(hearing.on("t").reason()).isEqualTo("e came after 5 s of 10 s");

        hearing.moveTo(12);

        assertThat(hearing.on("t").reason()).isEqualTo("e came after 3 s of 10 s");
        assertThat(hearing.on("t").isFinal()).isTrue();
    }

    @Test
    void shouldStayFinalWhenAllIsJudgedOnceMore() {
        define(expecting(""));
        hearing.add("e", "e", "1");
        hearing.moveTo(12);
        hearing.referee().judgeAll(Scene.at(13));

        assertThat(hearing.on("t").isFinal()).isTrue();
        assertThat(hearing.on("t").version()).isEqualTo(1);
    }

    @Test
    void shouldHaveFailedWhenTheFirstPartWasMissed() {
        define(
                """
                expect:
                  - {name: e, event: {type: e}, within: 10s, join: [k]}
                  - {name: f, event: {type: f}, within: 20s, join: [k]}
                """);
        hearing.setClock(1);
        hearing.add("e", "e", "1");
        hearing.moveTo(60);

        assertThat(hearing.on("t").decidedAt()).isEqualTo(Scene.at(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"g", "h"})
    void shouldFailByAnyOfWhatIsForbidden(String type) {
        define(
                """
                never:
                  - {name: g, event: {type: g}, within: 10s, join: [k]}
                  - {name: h, event: {type: h}, within: 10s, join: [k]}
                """);
        hearing.setClock(1);
        hearing.add(type, "e", "1");

        assertThat(hearing.on("t").status()).isEqualTo(Status.FAILED);
        assertThat(hearing.on("t").reason()).startsWith(type + " came after 1 s");
    }
}
