package io.tradingecosystem.audit.scenario.expectations;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.common.Digest;
import io.tradingecosystem.audit.definition.DefinitionNode;
import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.definition.JoinKey;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Effect;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Forbidden;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Sla;
import io.tradingecosystem.audit.scenario.expectations.ExpectationsInForce.Definition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads expectations from YAML or JSON. A document is one expectation, or has a list {@code
 * expectations} of them.
 *
 * {@snippet lang = yaml :
 * name: stablecoin-depeg-raises-a-risk-alert
 * scenario: stablecoin-depeg
 * critical: true
 * when:
 *   type: chaos.injected
 *   attributes: {chaos: stablecoin-depeg}
 * expect:
 *   - name: risk-alert
 *     event: {service: risk-monitor, type: risk.alert.raised, severity: warning}
 *     within: 15s
 *     at-least: 1
 *     join: [scenario_id]
 * never:
 *   - name: settlement
 *     event: {type: settlement.completed}
 *     within: 30s
 * sla:
 *   - {name: detection-time, to: risk-alert, within: 10s}
 * }
 */
public final class ExpectationReader {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,99}");
    private static final Duration MIN = Duration.ofMillis(1);
    private static final Duration MAX = Duration.ofHours(24);
    private static final int MAX_EVENTS = 200;
    private static final int MAX_PARTS = 50;

    private ExpectationReader() {}

    /**
     * Reads every expectation of a document.
     *
     * @param source its name in problems, such as a file
     * @throws InvalidExpectationException naming every problem
     */
    public static List<Definition> read(String source, String text, String origin) {
        List<String> problems = new ArrayList<>();
        DefinitionNode document = DefinitionNode.parse(source, text, problems);
        List<Definition> definitions = new ArrayList<>();
        if (problems.isEmpty() && document.has("expectations")) {
            for (DefinitionNode node : document.children("expectations")) {
                definitions.add(definition(node, origin));
            }
            document.finish();
        } else if (problems.isEmpty()) {
            definitions.add(definition(document, origin));
        }
        if (!problems.isEmpty()) {
            throw new InvalidExpectationException(problems);
        }
        return definitions;
    }

    /**
     * Reads the expectation of a document that has only one.
     *
     * @throws InvalidExpectationException naming every problem
     */
    public static Expectation readOne(String source, String text) {
        List<Definition> definitions = read(source, text, "");
        if (definitions.size() != 1) {
            throw new InvalidExpectationException(
                    List.of(source + ": has " + definitions.size() + " expectations, not one"));
        }
        return definitions.getFirst().expectation();
    }

    private static Definition definition(DefinitionNode node, String origin) {
        return new Definition(expectation(node), node.tree().toString(), origin, "");
    }

    private static Expectation expectation(DefinitionNode node) {
        String name = name(node);
        List<Effect> effects = new ArrayList<>();
        for (DefinitionNode each : some(node, "expect")) {
            effects.add(effect(each));
        }
        List<Forbidden> forbidden = new ArrayList<>();
        for (DefinitionNode each : some(node, "never")) {
            forbidden.add(forbidden(each));
        }
        if (effects.isEmpty() && forbidden.isEmpty()) {
            node.problem("expect", "is empty", "at least one effect here or in never");
        }
        List<Sla> slas = new ArrayList<>();
        for (DefinitionNode each : some(node, "sla")) {
            slas.add(sla(each, effects));
        }
        checkNames(node, effects, forbidden, slas);
        Expectation expectation =
                new Expectation(
                        name,
                        version(node.tree()),
                        node.text("description", ""),
                        node.text("scenario", name),
                        node.flag("critical", false),
                        EventPattern.read(node.child("when")),
                        effects,
                        forbidden,
                        slas);
        node.finish();
        return expectation;
    }

    /** The same definition has the same version, whether it was written as YAML or JSON. */
    private static String version(JsonNode tree) {
        return Digest.hex(12, tree.toString());
    }

    private static List<DefinitionNode> some(DefinitionNode node, String name) {
        List<DefinitionNode> children = node.children(name);
        if (children.size() > MAX_PARTS) {
            node.problem(name, "has " + children.size() + " entries", "at most " + MAX_PARTS);
        }
        return children;
    }

    private static Effect effect(DefinitionNode node) {
        String name = name(node);
        EventPattern pattern = EventPattern.read(node.child("event"));
        Duration within = node.duration("within", MIN, MAX);
        List<JoinKey> join = JoinKey.read(node);
        List<String> after = node.texts("after");
        int exactly = node.whole("exactly", -1, 1, MAX_EVENTS);
        int max = node.whole("at-most", exactly, 1, MAX_EVENTS);
        int otherwise = exactly > 0 ? exactly : node.has("at-most") ? 0 : 1;
        int min = node.whole("at-least", otherwise, 1, MAX_EVENTS);
        if (exactly > 0 && (node.has("at-most") || node.has("at-least"))) {
            node.problem("exactly", "stands beside at-least or at-most", "one of both");
        }
        if (max > 0 && max < min) {
            node.problem("at-most", "is less than at-least", "a number that is not");
        }
        node.finish();
        OptionalInt upper = max > 0 ? OptionalInt.of(max) : OptionalInt.empty();
        return new Effect(name, pattern, within, join, min, upper, after);
    }

    private static Forbidden forbidden(DefinitionNode node) {
        Forbidden forbidden =
                new Forbidden(
                        name(node),
                        EventPattern.read(node.child("event")),
                        node.duration("within", MIN, MAX),
                        JoinKey.read(node));
        node.finish();
        return forbidden;
    }

    private static Sla sla(DefinitionNode node, List<Effect> effects) {
        List<String> names = effects.stream().filter(e -> e.min() > 0).map(Effect::name).toList();
        Sla sla =
                new Sla(
                        name(node),
                        node.text("from", ""),
                        node.text("to"),
                        node.duration("within", MIN, MAX));
        if (!names.contains(sla.to())) {
            node.problem("to", "is " + sla.to(), "one of " + names);
        }
        if (!sla.from().isEmpty() && !names.contains(sla.from())) {
            node.problem("from", "is " + sla.from(), "one of " + names + ", or none");
        }
        node.finish();
        return sla;
    }

    private static void checkNames(
            DefinitionNode node, List<Effect> effects, List<Forbidden> forbidden, List<Sla> slas) {
        Set<String> seen = new HashSet<>();
        for (Effect effect : effects) {
            for (String first : effect.after()) {
                if (!seen.contains(first)) {
                    node.problem(
                            "expect",
                            effect.name() + " comes after " + first,
                            "effects that stand before it: " + seen);
                }
            }
            unique(node, seen, effect.name());
        }
        forbidden.forEach(each -> unique(node, seen, each.name()));
        slas.forEach(each -> unique(node, seen, each.name()));
    }

    private static void unique(DefinitionNode node, Set<String> seen, String name) {
        if (!seen.add(name)) {
            node.problem("", "has two parts named " + name, "a name of its own for each");
        }
    }

    private static String name(DefinitionNode node) {
        String name = node.text("name");
        if (node.has("name") && !NAME.matcher(name).matches()) {
            node.problem("name", "is " + name, "at most 100 of a-z, 0-9, dot and dash");
        }
        return name;
    }
}
