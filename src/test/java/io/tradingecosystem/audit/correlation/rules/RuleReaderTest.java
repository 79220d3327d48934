package io.tradingecosystem.audit.correlation.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.correlation.Trail;
import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.definition.DefinitionSource;
import io.tradingecosystem.audit.definition.InvalidDefinitionException;
import io.tradingecosystem.audit.definition.JoinKey;
import io.tradingecosystem.audit.definition.ShippedDefinitions;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

class RuleReaderTest {
    @TempDir private Path folder;

    @Test
    void shouldReadEveryPart() {
        Rule rule =
                RuleReader.KIND
                        .readOne(
                                "test",
                                """
                                name: shock-halts
                                description: Prices jump, strategies stop.
                                trigger: {service: 'market-*', type: shock, severity: warning}
                                effect:
                                  type: [halt, stop]
                                  attributes: {loss: {above: 3.5}}
                                within: 30s
                                typical: 2s
                                join: [scenario_id, {cause: symbol, effect: instrument}]
                                min-confidence: 0.25
                                """,
                                Definition.FILE)
                        .content();

        assertThat(rule.name()).isEqualTo("shock-halts");
        assertThat(rule.version()).matches("[0-9a-f]{12}");
        assertThat(rule.description()).isEqualTo("Prices jump, strategies stop.");
        assertThat(rule.within()).isEqualTo(Duration.ofSeconds(30));
        assertThat(rule.typical()).contains(Duration.ofSeconds(2));
        assertThat(rule.join())
                .containsExactly(JoinKey.of("scenario_id"), new JoinKey("symbol", "instrument"));
        assertThat(rule.minConfidence()).isEqualTo(0.25);
        assertThat(rule.effect().types()).hasSize(2);
    }

    @Test
    void shouldNameEveryProblemAtOnce() {
        assertThatThrownBy(
                        () ->
                                RuleReader.KIND.read(
                                        "bad.yaml",
                                        """
                                        rules:
                                          - {name: A b, trigger: {type: x}, within: 3 parsecs}
                                          - name: typo
                                            trigger: {typ: x}
                                            effect: {type: y}
                                            within: 10s
                                            typical: 20s
                                            min-confidence: 1
                                        """,
                                        Definition.FILE))
                .isInstanceOf(InvalidDefinitionException.class)
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidDefinitionException.class))
                .extracting(InvalidDefinitionException::problems, InstanceOfAssertFactories.LIST)
                .containsExactly(
                        "bad.yaml:2:5: rule A b: rules[0].effect is missing; allowed is a mapping",
                        "bad.yaml:2:6: rule A b: rules[0].name is A b; allowed is at most 100 of"
                                + " a-z, 0-9, dot and dash",
                        "bad.yaml:2:37: rule A b: rules[0].within is \"3 parsecs\"; allowed is a"
                                + " duration like 15s or 5m, from 1ms to 1d",
                        "bad.yaml:4:15: rule typo: rules[1].trigger.typ is not known; allowed is"
                                + " one of any-of, service, type, severity, attributes",
                        "bad.yaml:7:5: rule typo: rules[1].typical is \"20s\"; allowed is a"
                                + " duration like 15s or 5m, from 1ms to 10s",
                        "bad.yaml:8:5: rule typo: rules[1].min-confidence is 1.0; allowed is a"
                                + " number from 0 to below 1");
    }

    @Test
    void shouldSayWhereYamlIsBroken() {
        assertThatThrownBy(
                        () ->
                                RuleReader.KIND.read(
                                        "bad.yaml", "rules:\n  - {name: a\n", Definition.FILE))
                .hasMessageContaining("bad.yaml:")
                .hasMessageContaining("not valid YAML");
    }

    @Test
    void shouldRefuseTwoRulesOfOneName() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), Trail.RULE);
        Files.writeString(folder.resolve("b.yaml"), Trail.RULE);

        assertThatThrownBy(
                        () -> new DefinitionSource<>(RuleReader.KIND, Optional.of(folder)).read())
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("b.yaml:1: rule shock-halts is defined in ")
                .hasMessageContaining("a.yaml");
    }

    @Test
    void shouldShipValidRulesThatAreAllListed() throws IOException {
        ShippedDefinitions.shouldBeValidAndListed(RuleReader.KIND);
    }
}
