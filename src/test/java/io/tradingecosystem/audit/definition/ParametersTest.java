package io.tradingecosystem.audit.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.ExpectationReader;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A document's parameters stand for values of its definitions. */
class ParametersTest {
    private static final String DOCUMENT =
            """
            parameters: {deadline: 15s, count: 2, shop: shop-1}
            expectations:
              - name: first
                description: ${shop} within ${deadline}, not ${other}
                when: {type: a, service: '${shop}'}
                expect:
                  - {name: e, event: {type: b}, within: '${deadline}', at-least: '${count}'}
              - name: second
                when: {type: a}
                expect: [{name: e, event: {type: b}, within: 1s}]
            """;

    private static final String EXPECT = "expect: [{name: e, event: {type: b}, within: 1s}]";

    private static List<Definition<Expectation>> read(String text, Map<String, String> given) {
        return ExpectationReader.KIND.with(given).read("test.yaml", text, "api");
    }

    @Test
    void shouldStandForValues() {
        Definition<Expectation> first = read(DOCUMENT, Map.of()).getFirst();

        assertThat(first.content().effects().getFirst().within()).isEqualTo(Duration.ofSeconds(15));
        assertThat(first.content().effects().getFirst().min()).isEqualTo(2);
        assertThat(first.content().description()).isEqualTo("shop-1 within 15s, not ${other}");
    }

    @Test
    void shouldBeRecordedAsTheirValues() {
        Definition<Expectation> first = read(DOCUMENT, Map.of()).getFirst();
        Definition<Expectation> other = read(DOCUMENT, Map.of("deadline", "20s")).getFirst();

        assertThat(first.text()).doesNotContain("deadline").contains("15s", "\"at-least\":2");
        assertThat(other.version()).isNotEqualTo(first.version());
        assertThat(ExpectationReader.KIND.readRecorded("log", first.text(), "api").content())
                .isEqualTo(first.content());
    }

    @Test
    void shouldBeToldWithWhatSomebodyWrote() {
        List<Definition<Expectation>> read = read(DOCUMENT, Map.of("count", "3"));

        assertThat(read.getFirst().written())
                .startsWith("# shop: shop-1\n# deadline: 15s\n# count: 3\nname: first\n")
                .contains("within: '${deadline}'");
        assertThat(read.getLast().written()).startsWith("name: second");
    }

    @Test
    void shouldBeRefusedWhereTheyMakeNoSense() {
        assertThatThrownBy(
                        () -> read(DOCUMENT.replace("count: 2", "count: [2], 'a b': 1"), Map.of()))
                .hasMessageContaining("test.yaml:1:")
                .hasMessageContaining("count is not one value")
                .hasMessageContaining("is no name");
        assertThatThrownBy(() -> read(DOCUMENT, Map.of("deadline", "soon")))
                .hasMessageContaining("within is \"soon\"");
        assertThatThrownBy(
                        () ->
                                read(
                                        DOCUMENT.replace(
                                                "when: {type: a}",
                                                "let: {shop: trigger.shop}\n    when: {type: a}"),
                                        Map.of()))
                .hasMessageContaining("shop is a parameter, too");
    }

    @Test
    void shouldStandInADefinition() {
        Definition<Expectation> alone =
                read(
                                """
                                name: alone
                                parameters: {deadline: 15s}
                                when: {type: a}
                                expect: [{name: e, event: {type: b}, within: '${deadline}'}]
                                """,
                                Map.of("deadline", "20s"))
                        .getFirst();

        assertThat(alone.content().effects().getFirst().within()).isEqualTo(Duration.ofSeconds(20));
        assertThat(alone.text()).doesNotContain("parameters");
        assertThat(alone.written()).startsWith("# deadline: 20s\nname: alone\n");
    }

    @Test
    void shouldHoldInTheDefinitionThatNamesThem() {
        String own = "- name: second\n    parameters: {shop: shop-2}\n    description: '${shop}'";

        List<Definition<Expectation>> read =
                read(DOCUMENT.replace("- name: second", own), Map.of());

        assertThat(read.getFirst().content().description()).startsWith("shop-1");
        assertThat(read.getLast().content().description()).isEqualTo("shop-2");
    }

    @Test
    void shouldMeanNothingWhereTheyNameNothing() {
        String text = "parameters: {}\nname: n\nwhen: {type: a}\n" + EXPECT;

        assertThat(read(text, Map.of()).getFirst().version())
                .isEqualTo(read(text.substring(15), Map.of()).getFirst().version());
    }
}
