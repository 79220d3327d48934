package io.tradingecosystem.audit.correlation.rules;

import io.tradingecosystem.audit.definition.DefinitionKind;
import io.tradingecosystem.audit.definition.DefinitionNode;
import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.definition.JoinKey;
import io.tradingecosystem.audit.event.OwnWords;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads a rule of a YAML or JSON document, which is one rule, or has a list {@code rules} of them.
 *
 * {@snippet lang = yaml :
 * name: price-shock-halts-strategy
 * description: A strategy stops when prices jump.
 * trigger: {service: market-data-simulator, type: market.price.shock}
 * effect:
 *   service: trading-system-engine
 *   type: strategy.halted
 *   severity: warning
 * within: 30s
 * typical: 3s
 * join: [scenario_id, {cause: symbol, effect: instrument}]
 * min-confidence: 0.2
 * }
 */
public final class RuleReader {
    /** The type of the events by which rules come into force. */
    public static final String EVENT = OwnWords.RULE;

    /** Rules, as what is defined. */
    public static final DefinitionKind<Rule> KIND =
            new DefinitionKind<>("rule", EVENT, false, 1_000, RuleReader::rule);

    private static final int MAX_KEYS = 10;

    private RuleReader() {}

    private static Rule rule(DefinitionNode node, String version) {
        String name = DefinitionKind.name(node);
        Duration within = DefinitionKind.within(node);
        Optional<Duration> typical =
                node.has("typical")
                        ? Optional.of(DefinitionKind.within(node, "typical", within))
                        : Optional.empty();
        List<JoinKey> join = JoinKey.read(node);
        if (join.size() > MAX_KEYS) {
            node.limit("join", "has " + join.size() + " keys", "at most " + MAX_KEYS);
        }
        double min = node.number("min-confidence", 0);
        if (!(min >= 0 && min < 1)) {
            node.limit("min-confidence", "is " + min, "a number from 0 to below 1");
        }
        Rule rule =
                new Rule(
                        name,
                        version,
                        node.text("description", ""),
                        EventPattern.read(node.child("trigger")),
                        EventPattern.read(node.child("effect")),
                        within,
                        typical,
                        join,
                        min);
        node.finish();
        return rule;
    }
}
