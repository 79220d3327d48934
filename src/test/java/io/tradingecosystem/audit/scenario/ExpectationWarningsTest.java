package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.matching.ClockSkew;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What an expectation may say, but hardly means. */
class ExpectationWarningsTest {
    private final ExpectationWarnings warnings =
            new ExpectationWarnings(
                    new ClockSkew(
                            Duration.ofMillis(100),
                            Map.of(
                                    ClockSkew.pair("desk", "risk"),
                                    Duration.ofMillis(20),
                                    ClockSkew.pair("desk", "far"),
                                    Duration.ofSeconds(1))));

    private List<String> of(String trigger, String effect, String within) {
        String yaml =
                """
                name: x
                when: {type: a, service: [%s]}
                expect: [{name: f, event: {type: b, service: [%s]}, within: %s}]
                never: [{name: g, event: {type: c}, within: 1h}]
                """;
        return Scene.definitions(yaml.formatted(trigger, effect, within)).stream()
                .flatMap(each -> warnings.of(each).stream())
                .toList();
    }

    @Test
    void shouldWarnBelowTheSkewOfAnyTwoClocks() {
        assertThat(of("", "", "100ms")).isEmpty();
        assertThat(of("", "", "99ms"))
                .containsExactly(
                        "x: within of f is 99ms, less than the 100ms that clocks may differ by");
        assertThat(of("desk", "other", "99ms")).hasSize(1);
    }

    @Test
    void shouldWarnBelowTheSkewOfThePairThatIsNamed() {
        assertThat(of("desk", "risk", "20ms")).isEmpty();
        assertThat(of("desk", "risk", "19ms")).singleElement().asString().contains("the 20ms that");
        assertThat(of("desk", "far", "999ms")).singleElement().asString().contains("the 1s that");
    }

    @Test
    void shouldWarnBelowTheLargestSkewOfThoseThatAreNamed() {
        assertThat(of("desk", "risk, far", "999ms")).hasSize(1);
        assertThat(of("desk", "risk, far", "1s")).isEmpty();
    }

    @Test
    void shouldTakeTheUsualSkewWhereANameIsAPattern() {
        assertThat(of("desk", "risk*", "99ms")).singleElement().asString().contains("the 100ms");
        assertThat(of("desk", "risk, f*", "100ms")).isEmpty();
    }

    @Test
    void shouldWarnOfForbiddenPartsToo() {
        String yaml =
                "{name: n, when: {type: a}, never: [{name: g, event: {type: c}, within: 5ms}]}";

        assertThat(warnings.look(Scene.definitions(yaml)))
                .containsExactly(
                        "n: within of g is 5ms, less than the 100ms that clocks may differ by");
    }

    @ParameterizedTest
    @CsvSource({
        "'', desk, risk, 99ms, 100ms",
        "'', desk, risk, 100ms,",
        "f, risk, desk, 19ms, 20ms",
        "f, risk, desk, 20ms,",
    })
    void shouldWarnOfSlasToo(
            String from, String first, String second, String within, String clocks) {
        String yaml =
                """
                name: x
                when: {type: a}
                expect:
                  - {name: f, event: {type: b, service: [%s]}, within: 1h}
                  - {name: g, event: {type: c, service: [%s]}, within: 1h}
                sla: [{name: s, from: '%s', to: g, within: %s}]
                """;

        assertThat(warnings.look(Scene.definitions(yaml.formatted(first, second, from, within))))
                .isEqualTo(
                        clocks == null
                                ? List.of()
                                : List.of(
                                        "x: within of s is %s, less than the %s that clocks may differ by"
                                                .formatted(within, clocks)));
    }
}
