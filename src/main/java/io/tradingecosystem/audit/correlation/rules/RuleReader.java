package io.tradingecosystem.audit.correlation.rules;

import io.tradingecosystem.audit.common.Digest;
import io.tradingecosystem.audit.definition.DefinitionNode;
import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.definition.JoinKey;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads rules from YAML or JSON. A document is one rule, or has a list {@code rules} of them.
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
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,99}");
    private static final Duration MIN = Duration.ofMillis(1);
    private static final Duration MAX = Duration.ofHours(24);
    private static final int MAX_KEYS = 10;

    private RuleReader() {}

    /**
     * Reads every rule of a document.
     *
     * @param source its name in problems, such as a file
     * @throws InvalidRuleException naming every problem
     */
    static List<RuleDefinition> read(String source, String text) {
        List<String> problems = new ArrayList<>();
        DefinitionNode document = DefinitionNode.parse(source, text, problems);
        List<RuleDefinition> definitions = new ArrayList<>();
        if (problems.isEmpty() && document.has("rules")) {
            for (DefinitionNode node : document.children("rules")) {
                definitions.add(definition(node));
            }
            document.finish();
        } else if (problems.isEmpty()) {
            definitions.add(definition(document));
        }
        if (!problems.isEmpty()) {
            throw new InvalidRuleException(problems);
        }
        return definitions;
    }

    /**
     * Reads the rule of a document that has only one.
     *
     * @throws InvalidRuleException naming every problem
     */
    public static RuleDefinition readOne(String source, String text) {
        List<RuleDefinition> definitions = read(source, text);
        if (definitions.size() != 1) {
            throw new InvalidRuleException(
                    List.of(source + ": has " + definitions.size() + " rules, not one"));
        }
        return definitions.getFirst();
    }

    private static RuleDefinition definition(DefinitionNode node) {
        String text = node.tree().toString();
        return new RuleDefinition(rule(node, Digest.hex(12, text)), text, "");
    }

    private static Rule rule(DefinitionNode node, String version) {
        String name = node.text("name");
        if (node.has("name") && !NAME.matcher(name).matches()) {
            node.problem("name", "is " + name, "at most 100 of a-z, 0-9, dot and dash");
        }
        Duration within = node.duration("within", MIN, MAX);
        Optional<Duration> typical =
                node.has("typical")
                        ? Optional.of(node.duration("typical", MIN, within))
                        : Optional.empty();
        List<JoinKey> join = JoinKey.read(node);
        if (join.size() > MAX_KEYS) {
            node.problem("join", "has " + join.size() + " keys", "at most " + MAX_KEYS);
        }
        double min = node.number("min-confidence", 0);
        if (!(min >= 0 && min < 1)) {
            node.problem("min-confidence", "is " + min, "a number from 0 to below 1");
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
