package io.tradingecosystem.audit.scenario.expectations;

import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Effect;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Forbidden;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Marker;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Scope;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An expectation with what its variables are for one trigger. Immutable.
 *
 * @param expectation with values in the place of variables; what could not be bound is as it was
 * @param unbound why a part could not be bound, as a clause for people, by its number
 */
public record BoundExpectation(Expectation expectation, Map<Integer, String> unbound) {
    public BoundExpectation {
        unbound = Map.copyOf(unbound);
    }

    /** What the variables of an expectation are, by their names, as far as a trigger has them. */
    public static Map<String, String> values(Expectation expectation, AuditEvent trigger) {
        Map<String, String> values = new TreeMap<>();
        for (Variable each : expectation.variables()) {
            if (each.isOfTrigger()) {
                each.kept(trigger).ifPresent(value -> values.put(each.name(), value));
            }
        }
        return values;
    }

    /** The expectation for a trigger with some values. */
    public static BoundExpectation of(Expectation expectation, Map<String, String> values) {
        return expectation.variables().isEmpty()
                ? new BoundExpectation(expectation, Map.of())
                : new Binding(values).bound(expectation);
    }

    /** Binds the parts of one expectation. */
    private static final class Binding {
        private final Values values;
        private final Map<Part, String> problems = new HashMap<>();

        Binding(Map<String, String> values) {
            this.values = new Values(values, false);
        }

        BoundExpectation bound(Expectation expectation) {
            Expectation bound =
                    new Expectation(
                            expectation.name(),
                            expectation.version(),
                            expectation.description(),
                            expectation.scenario(),
                            expectation.critical(),
                            expectation.trigger(),
                            expectation.effects().stream().map(this::effect).toList(),
                            expectation.forbidden().stream().map(this::forbidden).toList(),
                            expectation.steady().stream().map(this::steady).toList(),
                            expectation.slas(),
                            expectation.sources(),
                            expectation.run(),
                            expectation.markers().stream().map(this::marker).toList(),
                            expectation.variables());
            return new BoundExpectation(bound, unbound(bound.parts()));
        }

        private Map<Integer, String> unbound(List<Part> parts) {
            Map<Integer, String> unbound = new HashMap<>();
            for (int part = 0; part < parts.size(); part++) {
                String problem = problems.get(parts.get(part));
                if (problem != null) {
                    unbound.put(part, problem);
                }
            }
            return unbound;
        }

        private Effect effect(Effect effect) {
            return noted(
                    new Effect(
                            effect.name(),
                            pattern(effect),
                            values.within(effect),
                            effect.join(),
                            values.min(effect),
                            values.max(effect),
                            effect.after(),
                            effect.lasting(),
                            scope(effect.scope()),
                            values.told(effect)),
                    values.problem(effect));
        }

        private Forbidden forbidden(Forbidden part) {
            return noted(
                    new Forbidden(
                            part.name(),
                            pattern(part),
                            values.within(part),
                            part.join(),
                            part.lasting(),
                            scope(part.scope()),
                            values.told(part)),
                    values.problem(part));
        }

        private Steady steady(Steady part) {
            return noted(
                    new Steady(
                            part.name(),
                            pattern(part),
                            part.settling(),
                            part.stretch(),
                            part.min(),
                            part.max(),
                            part.join(),
                            part.lasting(),
                            scope(part.scope()),
                            values.told(part)),
                    values.problem(part));
        }

        private Marker marker(Marker marker) {
            return noted(
                    new Marker(
                            marker.name(),
                            pattern(marker),
                            values.within(marker),
                            marker.join(),
                            marker.lasting(),
                            values.told(marker)),
                    values.problem(marker));
        }

        private Scope scope(Scope scope) {
            return new Scope(
                    scope.until().map(this::marker),
                    scope.next().map(this::marker),
                    scope.unless().stream().map(this::marker).toList());
        }

        private EventPattern pattern(Part part) {
            return values.pattern(part);
        }

        private <P extends Part> P noted(P bound, Optional<String> problem) {
            problem.ifPresent(each -> problems.put(bound, each));
            return bound;
        }
    }
}
