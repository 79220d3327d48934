package io.tradingecosystem.audit.scenario.expectations;

import io.tradingecosystem.audit.definition.DefinitionKind;
import io.tradingecosystem.audit.definition.DefinitionNode;
import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.definition.JoinKey;
import io.tradingecosystem.audit.event.OwnWords;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Effect;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Forbidden;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Sla;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads an expectation of a YAML or JSON document, which is one expectation, or has a list {@code
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
    /** The type of the events by which expectations come into force. */
    public static final String EVENT = OwnWords.EXPECTATION;

    /** Expectations, as what is defined. */
    public static final DefinitionKind<Expectation> KIND =
            new DefinitionKind<>(
                    "expectation", EVENT, true, Integer.MAX_VALUE, ExpectationReader::expectation);

    private static final int MAX_EVENTS = 200;
    private static final int MAX_PARTS = 50;
    private static final Duration MAX_LASTING = Duration.ofHours(24);

    private ExpectationReader() {}

    private static Expectation expectation(DefinitionNode node, String version) {
        String name = DefinitionKind.name(node);
        List<Source> sources = some(node, "speaks").stream().map(SourceReader::source).toList();
        List<Effect> effects = new ArrayList<>();
        for (DefinitionNode each : some(node, "expect")) {
            effects.add(effect(each, sources));
        }
        List<Forbidden> forbidden = new ArrayList<>();
        for (DefinitionNode each : some(node, "never")) {
            forbidden.add(forbidden(each, sources));
        }
        boolean follows = !effects.isEmpty() || !forbidden.isEmpty();
        if (!follows && !node.has("measure")) {
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
                        version,
                        node.text("description", ""),
                        node.text("scenario", name),
                        node.flag("critical", false),
                        EventPattern.read(node.child("when")),
                        effects,
                        forbidden,
                        slas,
                        sources,
                        RunScopeReader.read(node, follows));
        SourceReader.check(node, expectation);
        node.finish();
        return expectation;
    }

    private static List<DefinitionNode> some(DefinitionNode node, String name) {
        List<DefinitionNode> children = node.children(name);
        if (children.size() > MAX_PARTS) {
            node.limit(name, "has " + children.size() + " entries", "at most " + MAX_PARTS);
        }
        return children;
    }

    private static Effect effect(DefinitionNode node, List<Source> sources) {
        String name = DefinitionKind.name(node);
        EventPattern pattern = EventPattern.read(node.child("event"));
        Duration within = DefinitionKind.within(node);
        List<JoinKey> join = JoinKey.read(node);
        List<String> after = node.texts("after");
        Duration lasting = lasting(node).plus(Source.every(sources, pattern));
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
        return new Effect(name, pattern, within, join, min, upper, after, lasting);
    }

    private static Forbidden forbidden(DefinitionNode node, List<Source> sources) {
        EventPattern pattern = EventPattern.read(node.child("event"));
        Forbidden forbidden =
                new Forbidden(
                        DefinitionKind.name(node),
                        pattern,
                        DefinitionKind.within(node),
                        JoinKey.read(node),
                        lasting(node).plus(Source.every(sources, pattern)));
        node.finish();
        return forbidden;
    }

    private static Duration lasting(DefinitionNode node) {
        return node.has("lasting")
                ? DefinitionKind.within(node, "lasting", MAX_LASTING)
                : Duration.ZERO;
    }

    private static Sla sla(DefinitionNode node, List<Effect> effects) {
        List<String> names = effects.stream().filter(e -> e.min() > 0).map(Effect::name).toList();
        Sla sla =
                new Sla(
                        DefinitionKind.name(node),
                        node.text("from", ""),
                        node.text("to"),
                        DefinitionKind.within(node));
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
}
