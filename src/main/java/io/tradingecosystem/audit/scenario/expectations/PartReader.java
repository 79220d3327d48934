package io.tradingecosystem.audit.scenario.expectations;

import io.tradingecosystem.audit.definition.DefinitionKind;
import io.tradingecosystem.audit.definition.DefinitionNode;
import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.definition.JoinKey;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Effect;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Forbidden;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Marker;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Scope;
import io.tradingecosystem.audit.scenario.expectations.Variables.Bound;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Reads the parts of one expectation.
 *
 * @param trigger of the expectation
 * @param during the state for which they hold, if there is one
 * @param unless what excuses them all, if anything does
 * @param variables that patterns may use
 * @param sources services whose silence leaves parts open
 */
record PartReader(
        EventPattern trigger,
        Optional<During> during,
        Optional<Marker> unless,
        Variables variables,
        List<Source> sources) {
    private static final int MAX_STEADY = 5_000;
    private static final Duration MAX_LASTING = Duration.ofHours(24);

    /**
     * Reads an effect.
     *
     * @param before the effects that stand before it
     */
    Effect effect(DefinitionNode node, List<Effect> before) {
        String name = DefinitionKind.name(node);
        List<String> after = node.texts("after");
        Variables known = variables.behind(after);
        Reach within = within(node, known);
        List<JoinKey> join = join(node);
        Bound bound = known.read(node.child("event"), join);
        Scope own = scope(node, name, within, join, bound.join());
        checkWithin(node, within, own);
        Scope scope = excusedWith(before, after, own);
        Duration silent = silent(bound.pattern(), scope);
        Duration lasting = lasting(node).plus(silent);
        Counts counts = Counts.read(node, known);
        node.finish();
        return new Effect(
                name,
                bound.pattern(),
                within.max(),
                bound.join(),
                counts.min(),
                counts.max(),
                after,
                lasting,
                known(scope, silent),
                PartVariables.of(within.variable(), bound.compared())
                        .counting(counts.leastBy(), counts.mostBy()));
    }

    Forbidden forbidden(DefinitionNode node) {
        String name = DefinitionKind.name(node);
        Reach within = within(node, ofTrigger());
        List<JoinKey> join = join(node);
        Bound bound = ofTrigger().read(node.child("event"), join);
        Scope scope = scope(node, name, within, join, bound.join());
        Duration silent = silent(bound.pattern(), scope);
        Duration lasting = lasting(node).plus(silent);
        node.finish();
        return new Forbidden(
                name,
                bound.pattern(),
                within.max(),
                bound.join(),
                lasting,
                known(scope, silent),
                PartVariables.of(within.variable(), bound.compared()));
    }

    /** Reads what must become steady; it has a stretch of its own, so that no state bounds it. */
    Steady steady(DefinitionNode node) {
        String name = DefinitionKind.name(node);
        if (during.isPresent()) {
            node.problem("", "stands beside while", "when, as it says itself until when it counts");
        }
        Duration settling = DefinitionKind.within(node);
        Duration stretch = DefinitionKind.within(node, "for", MAX_LASTING);
        List<JoinKey> join = JoinKey.read(node);
        Bound bound = ofTrigger().read(node.child("event"), join);
        Scope scope =
                new Scope(
                        Optional.empty(),
                        Optional.empty(),
                        exceptions(node, name, Reach.of(settling.plus(stretch)), join));
        Duration lasting = lasting(node).plus(silent(bound.pattern(), scope));
        int min = node.whole("at-least", 0, 1, MAX_STEADY);
        int max = node.whole("at-most", min > 0 ? -1 : 0, 0, MAX_STEADY);
        if (max >= 0 && max < min) {
            node.problem("at-most", "is less than at-least", "a number that is not");
        }
        node.finish();
        return new Steady(
                name,
                bound.pattern(),
                settling,
                stretch,
                min,
                max < 0 ? OptionalInt.empty() : OptionalInt.of(max),
                bound.join(),
                lasting,
                scope,
                PartVariables.of(Optional.empty(), bound.compared()));
    }

    private Variables ofTrigger() {
        return variables.behind(List.of());
    }

    /** When what ends or excuses a part is over is known before it is met. */
    private void checkWithin(DefinitionNode node, Reach within, Scope own) {
        boolean late = within.variable().filter(each -> !each.isOfTrigger()).isPresent();
        boolean alone = own.markers().equals(unless.stream().toList()) && sources.isEmpty();
        if (late && !alone) {
            node.problem(
                    "within",
                    "is of an effect",
                    "one of the trigger beside until, once, unless, while or speaks");
        }
    }

    private Reach within(DefinitionNode node, Variables variables) {
        return during.isPresent() && !node.has("within")
                ? Reach.of(during.get().max())
                : Reach.read(node, variables);
    }

    private List<JoinKey> join(DefinitionNode node) {
        return during.isPresent() && !node.has("join") ? during.get().by() : JoinKey.read(node);
    }

    private static Duration lasting(DefinitionNode node) {
        return node.has("lasting")
                ? DefinitionKind.within(node, "lasting", MAX_LASTING)
                : Duration.ZERO;
    }

    /** How much later it is known whether sources of a part, or of what ends it, were silent. */
    private Duration silent(EventPattern event, Scope scope) {
        return Stream.of(scope.until(), scope.next())
                .flatMap(Optional::stream)
                .map(end -> Source.every(sources, end.pattern()))
                .reduce(Source.every(sources, event), PartReader::longer);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Scope known(Scope scope, Duration silent) {
        return new Scope(
                scope.until().map(end -> end.lasting(silent)),
                scope.next().map(end -> end.lasting(silent)),
                scope.unless());
    }

    /** What comes after an effect is excused with it. */
    private static Scope excusedWith(List<Effect> before, List<String> after, Scope scope) {
        Stream<Marker> others =
                before.stream()
                        .filter(each -> after.contains(each.name()))
                        .flatMap(each -> each.scope().unless().stream());
        return new Scope(
                scope.until(),
                scope.next(),
                Stream.concat(scope.unless().stream(), others).distinct().toList());
    }

    private Scope scope(
            DefinitionNode node, String name, Reach within, List<JoinKey> join, List<JoinKey> all) {
        Optional<Marker> until =
                node.optionalChild("until")
                        .map(pattern -> ofTrigger().read(pattern, join))
                        .map(end -> marker(name + " until", end, within, Duration.ZERO))
                        .or(() -> during.map(state -> end(name, within, state)));
        return new Scope(
                until,
                node.flag("once", false)
                        ? Optional.of(nextTrigger(name, within, all))
                        : Optional.empty(),
                exceptions(node, name, within, join));
    }

    private List<Marker> exceptions(
            DefinitionNode node, String name, Reach within, List<JoinKey> join) {
        Optional<Marker> own =
                node.optionalChild("unless")
                        .map(
                                each ->
                                        unless(
                                                name,
                                                each,
                                                Optional.of(within),
                                                join,
                                                ofTrigger(),
                                                sources));
        return Stream.concat(unless.stream(), own.stream()).toList();
    }

    /**
     * Reads an exception.
     *
     * @param within for how long after the trigger it may come, where it does not say; empty if it
     *     must
     * @param join what it shares with the trigger, where it does not say
     */
    static Marker unless(
            String name,
            DefinitionNode node,
            Optional<Reach> within,
            List<JoinKey> join,
            Variables variables,
            List<Source> sources) {
        List<JoinKey> keys = node.has("join") ? JoinKey.read(node) : join;
        Bound bound = variables.read(node.child("event"), keys);
        Reach reach =
                within.filter(own -> !node.has("within"))
                        .orElseGet(() -> Reach.read(node, variables));
        Duration silent = Source.every(sources, bound.pattern());
        node.finish();
        return marker(name + " unless", bound, reach, silent);
    }

    private static Marker marker(String name, Bound bound, Reach within, Duration lasting) {
        return new Marker(
                name,
                bound.pattern(),
                within.max(),
                bound.join(),
                lasting,
                PartVariables.of(within.variable(), bound.compared()));
    }

    private static Marker end(String name, Reach within, During state) {
        Bound end = new Bound(state.to(), state.toJoin(), state.toCompared());
        return marker(name + " until", end, within, Duration.ZERO);
    }

    /** Triggers that wait for the same events. */
    private Marker nextTrigger(String name, Reach within, List<JoinKey> join) {
        List<JoinKey> causes = join.stream().map(JoinKey::ofCauses).toList();
        Bound next = new Bound(trigger, causes, List.of());
        return marker(name + " once", next, within, Duration.ZERO);
    }
}
