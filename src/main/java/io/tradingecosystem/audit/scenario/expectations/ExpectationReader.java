package io.tradingecosystem.audit.scenario.expectations;

import io.tradingecosystem.audit.definition.DefinitionKind;
import io.tradingecosystem.audit.definition.DefinitionNode;
import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.definition.JoinKey;
import io.tradingecosystem.audit.event.OwnWords;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Effect;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Forbidden;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Marker;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Sla;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

    private static final int MAX_PARTS = 50;

    private ExpectationReader() {}

    private static Expectation expectation(DefinitionNode node, String version) {
        String name = DefinitionKind.name(node);
        List<Source> sources = SourceReader.sources(node, some(node, "speaks"));
        Variables variables = Variables.read(node);
        Optional<During> during =
                node.optionalChild("while").map(each -> During.read(each, variables));
        EventPattern trigger = trigger(node, during, variables);
        PartReader parts =
                new PartReader(
                        trigger,
                        during,
                        unless(node, during, variables, sources),
                        variables,
                        sources);
        List<Effect> effects = new ArrayList<>();
        for (DefinitionNode each : some(node, "expect")) {
            effects.add(parts.effect(each, effects));
        }
        List<Forbidden> forbidden = new ArrayList<>();
        for (DefinitionNode each : some(node, "never")) {
            forbidden.add(parts.forbidden(each));
        }
        List<Steady> steady = new ArrayList<>();
        for (DefinitionNode each : some(node, "steady")) {
            steady.add(parts.steady(each));
        }
        boolean follows = !effects.isEmpty() || !forbidden.isEmpty() || !steady.isEmpty();
        if (!follows && !node.has("measure")) {
            node.problem("expect", "is empty", "at least one part here, in never or in steady");
        }
        List<Sla> slas = new ArrayList<>();
        for (DefinitionNode each : some(node, "sla")) {
            slas.add(sla(each, effects));
        }
        checkNames(node, effects, forbidden, steady, slas);
        checkVariables(node, effects, variables);
        Expectation expectation =
                new Expectation(
                        name,
                        version,
                        node.text("description", ""),
                        node.text("scenario", name),
                        node.flag("critical", false),
                        trigger,
                        effects,
                        forbidden,
                        steady,
                        slas,
                        sources,
                        RunScopeReader.read(node, follows),
                        markers(effects, forbidden, steady),
                        variables(effects, forbidden, steady));
        SourceReader.check(node, expectation);
        node.finish();
        return expectation;
    }

    private static EventPattern trigger(
            DefinitionNode node, Optional<During> during, Variables variables) {
        if (during.isPresent() && node.has("when")) {
            node.problem("when", "stands beside while", "one of both");
        }
        return during.map(During::from).orElseGet(() -> variables.unbound(node.child("when")));
    }

    /** What excuses all parts, by keys of its own: there is no part to take them from. */
    private static Optional<Marker> unless(
            DefinitionNode node,
            Optional<During> during,
            Variables variables,
            List<Source> sources) {
        return node.optionalChild("unless")
                .map(
                        exception -> {
                            if (during.isEmpty() && !exception.has("join")) {
                                exception.problem(
                                        "join", "is missing", "a list of keys, or [] for none");
                            }
                            Optional<Reach> max = during.map(state -> Reach.of(state.max()));
                            List<JoinKey> by = during.map(During::by).orElse(List.of());
                            return PartReader.unless(
                                    "every part",
                                    exception,
                                    max,
                                    by,
                                    variables.behind(List.of()),
                                    sources);
                        });
    }

    private static List<Marker> markers(
            List<Effect> effects, List<Forbidden> forbidden, List<Steady> steady) {
        return parts(effects, forbidden, steady)
                .flatMap(part -> part.scope().markers().stream())
                .distinct()
                .toList();
    }

    private static List<Variable> variables(
            List<Effect> effects, List<Forbidden> forbidden, List<Steady> steady) {
        return parts(effects, forbidden, steady)
                .flatMap(part -> Stream.concat(Stream.of(part), part.scope().markers().stream()))
                .flatMap(part -> part.variables().all().stream())
                .distinct()
                .toList();
    }

    private static Stream<? extends Part> parts(
            List<Effect> effects, List<Forbidden> forbidden, List<Steady> steady) {
        return Stream.<List<? extends Part>>of(effects, forbidden, steady).flatMap(List::stream);
    }

    private static List<DefinitionNode> some(DefinitionNode node, String name) {
        List<DefinitionNode> children = node.children(name);
        if (children.size() > MAX_PARTS) {
            node.limit(name, "has " + children.size() + " entries", "at most " + MAX_PARTS);
        }
        return children;
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
            DefinitionNode node,
            List<Effect> effects,
            List<Forbidden> forbidden,
            List<Steady> steady,
            List<Sla> slas) {
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
        steady.forEach(each -> unique(node, seen, each.name()));
        slas.forEach(each -> unique(node, seen, each.name()));
    }

    /** What need not come says nothing. */
    private static void checkVariables(
            DefinitionNode node, List<Effect> effects, Variables variables) {
        for (Variable each : variables.names().values()) {
            boolean may =
                    effects.stream()
                            .filter(effect -> effect.name().equals(each.effect()))
                            .anyMatch(effect -> effect.min() == 0);
            if (may) {
                String what = each.name() + " is of " + each.effect() + ", which need not come";
                node.problem("let", what, "an effect with at-least or exactly");
            }
        }
    }

    private static void unique(DefinitionNode node, Set<String> seen, String name) {
        if (!seen.add(name)) {
            node.problem("", "has two parts named " + name, "a name of its own for each");
        }
    }
}
