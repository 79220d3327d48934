package io.tradingecosystem.audit.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.correlation.rules.Rule;
import io.tradingecosystem.audit.correlation.rules.RuleReader;
import io.tradingecosystem.audit.event.AuditEvent;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class DefinitionTextTest {
    private static final DefinitionEvents<Rule> RULES = new DefinitionEvents<>(RuleReader.KIND);

    private static AuditEvent event(Definition<Rule> rule) {
        return RULES.inForce("audit", Instant.EPOCH, rule, "");
    }

    @Test
    void shouldKeepEachOfAListAsItWasWritten() {
        List<Definition<Rule>> rules =
                RuleReader.KIND.read(
                        "rules.yaml",
                        """
                        # Zinsen 𝄞
                        rules:
                          - name: one   # the first
                            trigger: {type: a}
                            effect:
                              type: b
                            within: 1m

                          # about the second
                          - {name: two, trigger: {type: a}, effect: {type: b}, within: 60s}
                          -   name: three
                              trigger: {type: a}
                              effect: {type: c}
                              within: 2s
                        # the end
                        """,
                        Definition.FILE);

        assertThat(rules.stream().map(Definition::written))
                .containsExactly(
                        """
                        name: one   # the first
                        trigger: {type: a}
                        effect:
                          type: b
                        within: 1m\
                        """,
                        "{name: two, trigger: {type: a}, effect: {type: b}, within: 60s}",
                        """
                        name: three
                        trigger: {type: a}
                        effect: {type: c}
                        within: 2s\
                        """);
        for (Definition<Rule> rule : rules) {
            assertThat(RuleReader.KIND.readOne("again", rule.written(), Definition.FILE).version())
                    .isEqualTo(rule.version());
        }
    }

    @Test
    void shouldTellBothAsItWasWrittenAndAsItWasRead() {
        String yaml = "name: one\ntrigger: {type: a}\neffect: {type: b}\nwithin: 1m # or so\n";

        AuditEvent event = event(RuleReader.KIND.readOne("one.yaml", yaml, Definition.FILE));

        assertThat(event.attribute("written")).isEqualTo(yaml.strip());
        assertThat(event.attribute("definition"))
                .isEqualTo(
                        "{\"name\":\"one\",\"trigger\":{\"type\":\"a\"},"
                                + "\"effect\":{\"type\":\"b\"},\"within\":\"1m\"}");
        assertThat(event.attribute("written_length")).isEmpty();
        assertThat(RULES.definition(event).content().name()).isEqualTo("one");
    }

    @Test
    void shouldCutWhatIsTooLongAndSayHowLongItWas() {
        String rule = "name: one\ntrigger: {type: a}\neffect: {type: b}\nwithin: 1m\n# ";
        String yaml = rule + "x".repeat(16_383 - rule.length()) + "𝄞𝄞";

        AuditEvent event = event(RuleReader.KIND.readOne("one.yaml", yaml, Definition.FILE));

        assertThat(event.attribute("written")).hasSize(16_383).endsWith("x");
        assertThat(event.attribute("written_length")).isEqualTo("" + yaml.length());
    }
}
