package io.tradingecosystem.audit.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.correlation.rules.Rule;
import io.tradingecosystem.audit.correlation.rules.RuleReader;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.AuditEventBuilder;
import io.tradingecosystem.audit.event.EventAliases;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** By which names rules and expectations ask events for what. */
class NamesTest {
    private static final String RULE =
            "{name: r, trigger: {type: a}, effect: {type: b}, within: 1s, join: [%s]}";

    private static AuditEventBuilder event() {
        return AuditEvent.builder("trading-system-engine", "order.placed").id("e-1");
    }

    private static boolean fits(String pattern, AuditEvent event) {
        List<String> problems = new ArrayList<>();
        DefinitionNode node = DefinitionNode.parse("test", "{" + pattern + "}", problems);
        boolean fits = EventPattern.read(node).matches(event);
        assertThat(problems).isEmpty();
        return fits;
    }

    private static Definition<Rule> rule(String join) {
        return RuleReader.KIND.readOne("file", RULE.formatted(join), Definition.FILE);
    }

    private static List<JoinKey> join(String join) {
        return rule(join).content().join();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "service: trading-engine",
                "service: [other, trading-engine]",
                "attributes: {orderId: '7'}",
                "attributes: {order.id: '7'}",
                "attributes: {order_id: '7'}",
                "attributes: {scenarioId: run-1}",
                "attributes: {scenario_id: run-1}",
                "attributes: {type: order.placed}",
                "attributes: {eventType: order.placed}",
                "attributes: {id: e-1}",
                "attributes: {severity: info}",
                "attributes: {source: feed}",
                "attributes: {http.request.id: '9'}",
                "attributes: {http.request.size: {above: 3}}",
                "attributes: {duration: {at-least: 5}}",
            })
    void shouldAskForWhatIsMeant(String pattern) {
        AttributeValue request =
                new AttributeValue.Mapping(Map.of("id", new AttributeValue.Text("9")));
        AuditEvent event =
                event().scenarioId("run-1")
                        .duration(Duration.ofNanos(5))
                        .attribute("order_id", 7L)
                        .attribute("source", "feed")
                        .attribute("http", new AttributeValue.Mapping(Map.of("request", request)))
                        .attribute("http.request.size", 4L)
                        .build();

        assertThat(fits(pattern, event)).isTrue();
    }

    @Test
    void shouldTakeAServiceWhereNothingHasItsOtherName() {
        assertThat(fits("attributes: {source: trading-system-engine}", event().build())).isTrue();
    }

    @Test
    void shouldPreferTheFlatNameToThePath() {
        AttributeValue nested =
                new AttributeValue.Mapping(Map.of("id", new AttributeValue.Text("inner")));
        AuditEvent event =
                event().attribute("request", nested).attribute("request.id", "outer").build();

        assertThat(fits("attributes: {request.id: outer}", event)).isTrue();
        assertThat(fits("attributes: {request.id: inner}", event)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "orderId, order_id",
        "scenarioId, scenario_id",
        "'{cause: id, effect: parent_order}', parent_order",
        "cause_id, cause_id"
    })
    void shouldJoinByTheOwnName(String written, String effect) {
        assertThat(join(written)).singleElement().hasToString(join(written).getFirst().toString());
        assertThat(join(written).getFirst().effect().name()).isEqualTo(effect);
    }

    @Test
    void shouldJoinAWordOfTheEventWithAnAttributeAsText() {
        JoinKey key = join("{cause: id, effect: parent_order}").getFirst();
        AuditEvent cause = event().id("17").build();

        assertThat(key.joins(cause, event().attribute("parent_order", "17").build())).isTrue();
        assertThat(key.joins(cause, event().attribute("parent_order", 17L).build())).isTrue();
        assertThat(key.joins(cause, event().attribute("parent_order", 17.0).build())).isTrue();
        assertThat(key.joins(cause, event().attribute("parent_order", "17.0").build())).isFalse();
        assertThat(key.joins(event().id("12e3").build(), event().build())).isFalse();
        assertThat(
                        key.joins(
                                event().id("12e3").build(),
                                event().attribute("parent_order", "12e3").build()))
                .isTrue();
    }

    @Test
    void shouldRecordANewDefinitionInTheNamesOfItsTime() {
        EventAliases own =
                EventAliases.of(
                        Map.of("order_id", List.of("orderNumber"), "scenario_id", List.of("lauf")),
                        Map.of("engine", List.of("motor")));
        String yaml =
                "{name: r, trigger: {service: motor, attributes: {orderNumber: 1}}, effect: {type:"
                        + " b}, within: 1s, join: [lauf, {cause: orderNumber, effect: ref}]}";

        Definition<Rule> rule = RuleReader.KIND.named(own).readOne("file", yaml, Definition.FILE);

        assertThat(rule.text())
                .contains("\"service\":\"engine\"", "{\"order_id\":1}")
                .contains("[\"scenario_id\",{\"cause\":\"order_id\",\"effect\":\"ref\"}]");
        assertThat(rule.written()).isEqualTo(yaml);
        assertThat(RuleReader.KIND.readRecorded("event", rule.text(), Definition.FILE).content())
                .isEqualTo(rule.content());
    }

    @Test
    void shouldLeaveARecordedDefinitionAsItIs() {
        String text = rule("order_id").text().replace("order_id", "orderId");

        Definition<Rule> recorded = RuleReader.KIND.readRecorded("event", text, Definition.FILE);

        assertThat(recorded.text()).isEqualTo(text);
        assertThat(recorded.content().join().getFirst().effect().name()).isEqualTo("order_id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "join: [occurred_at]            | join     | occurred_at",
                "join: [duration]               | join     | duration",
                "join: [{cause: trace_id, effect: span_id}] | join | trace_id",
                "trigger: {type: ''}                        | trigger.type | empty",
                "trigger: {attributes: {occurred_at: '1'}} | trigger.attributes.occurred_at | when",
                "trigger: {attributes: {k: {in: []}}}      | trigger.attributes.k | no value",
                "trigger: {attributes: {k: {above: 5, below: 5}}} | trigger.attributes.k | itself",
                "trigger: {attributes: {k: {at-least: 6, at-most: 5}}} | trigger.attributes.k |"
                        + " itself",
                "trigger: {attributes: {k: {exists: false, equals: '1'}}} | trigger.attributes.k |"
                        + " itself",
                "trigger: {attributes: {k: {in: ['1', '2'], above: 7}}} | trigger.attributes.k |"
                        + " itself",
                "trigger: {attributes: {k: {equals: a, like: 'b*'}}} | trigger.attributes.k |"
                        + " itself",
                "trigger: {attributes: {severity: high}}   | trigger.attributes.severity | high",
                "trigger: {attributes: {trace_id: abc}}    | trigger.attributes.trace_id | abc",
            })
    void shouldTellWhatCanNeverMatch(String part, String place, String what) {
        String yaml = "name: r\neffect: {type: b}\nwithin: 1s\n" + part + "\n";
        String whole = part.startsWith("trigger") ? yaml : yaml + "trigger: {type: a}\n";

        assertThatThrownBy(() -> RuleReader.KIND.readOne("file", whole, Definition.FILE))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining(place)
                .hasMessageContaining(what)
                .hasMessageContaining("allowed is");
        String recorded = DefinitionNode.parse("file", whole, new ArrayList<>()).tree().toString();
        assertThat(RuleReader.KIND.readRecorded("event", recorded, Definition.FILE).name())
                .isEqualTo("r");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{above: 5, at-most: 6}",
                "{at-least: 5, at-most: 5}",
                "{above: 5, at-least: 9}",
                "{in: ['1', '9'], above: 7}",
                "{exists: false}"
            })
    void shouldTakeWhatMayMatch(String condition) {
        assertThat(fits("type: x, attributes: {k: " + condition + "}", event().build())).isFalse();
    }
}
