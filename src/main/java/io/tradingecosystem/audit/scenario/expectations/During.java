package io.tradingecosystem.audit.scenario.expectations;

import io.tradingecosystem.audit.definition.DefinitionKind;
import io.tradingecosystem.audit.definition.DefinitionNode;
import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.definition.JoinKey;
import io.tradingecosystem.audit.scenario.expectations.PartVariables.Compared;
import io.tradingecosystem.audit.scenario.expectations.Variables.Bound;

import java.time.Duration;
import java.util.List;

/**
 * A state that begins with one event and ends with another: {@code while}, which says the trigger,
 * and for each part what it does not say itself: {@code until}, {@code within} and {@code join}.
 * Immutable.
 *
 * @param from begins it
 * @param to ends it
 * @param toJoin what the end shares with the beginning
 * @param toCompared what else the end takes from the beginning
 * @param by what both ends, and whatever counts in between, share
 * @param max the longest that it is watched
 */
record During(
        EventPattern from,
        EventPattern to,
        List<JoinKey> toJoin,
        List<Compared> toCompared,
        List<JoinKey> by,
        Duration max) {
    private static final Duration MAX = Duration.ofHours(24);

    During {
        toJoin = List.copyOf(toJoin);
        toCompared = List.copyOf(toCompared);
        by = List.copyOf(by);
    }

    static During read(DefinitionNode node, Variables all) {
        Variables variables = all.behind(List.of());
        Bound to = variables.read(node.child("to"), JoinKey.read(node, "by"));
        During during =
                new During(
                        variables.unbound(node.child("from")),
                        to.pattern(),
                        to.join(),
                        to.compared(),
                        JoinKey.read(node, "by"),
                        DefinitionKind.within(node, "at-most", MAX));
        node.finish();
        return during;
    }
}
