package io.tradingecosystem.audit.scenario.expectations;

import io.tradingecosystem.audit.definition.DefinitionKind;
import io.tradingecosystem.audit.definition.DefinitionNode;
import io.tradingecosystem.audit.definition.EventPattern;
import io.tradingecosystem.audit.scenario.expectations.Measure.Limit;
import io.tradingecosystem.audit.scenario.expectations.Measure.Of;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what is measured over a run.
 *
 * {@snippet lang = yaml :
 * measure:
 *   - {name: errors, event: {type: http.error}, rate: true, at-most: 1.2x baseline}
 *   - {name: symbols, event: {type: order.placed}, distinct: symbol, at-least: 10}
 *   - {name: volume, event: {type: order.filled}, sum: quantity, at-most: 1000000}
 * }
 */
final class MeasureReader {
    private static final int MAX_MEASURES = 50;
    private static final Pattern LIMIT =
            Pattern.compile("(-?\\d{1,30}([.]\\d{1,30})?)(x baseline|/s)?");
    private static final String LIMITS = "a number like 100 or 0.5, or like 1.2x baseline";

    private MeasureReader() {}

    static List<Measure> read(DefinitionNode node) {
        List<DefinitionNode> children = node.children("measure");
        if (children.size() > MAX_MEASURES) {
            node.limit("measure", "has " + children.size() + " entries", "at most " + MAX_MEASURES);
        }
        List<Measure> measures = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (DefinitionNode child : children) {
            Measure measure = measure(child);
            if (!names.add(measure.name())) {
                child.problem("name", "is that of another", "a name of its own for each");
            }
            measures.add(measure);
        }
        return measures;
    }

    private static Measure measure(DefinitionNode node) {
        boolean rate = node.flag("rate", false);
        String distinct = node.text("distinct", "");
        String sum = node.text("sum", "");
        if ((rate ? 1 : 0) + (distinct.isEmpty() ? 0 : 1) + (sum.isEmpty() ? 0 : 1) != 1) {
            node.problem("", "does not say what is measured", "one of rate, distinct and sum");
        }
        Of of = rate ? Of.RATE : distinct.isEmpty() ? Of.SUM : Of.DISTINCT;
        Measure measure =
                new Measure(
                        DefinitionKind.name(node),
                        EventPattern.read(node.child("event")),
                        of,
                        distinct + sum,
                        limit(node, "at-least"),
                        limit(node, "at-most"),
                        node.whole("min-samples", 1, 0, Integer.MAX_VALUE));
        if (measure.atLeast().isEmpty() && measure.atMost().isEmpty()) {
            node.problem("", "has no limit", "at-least, at-most or both");
        }
        node.finish();
        return measure;
    }

    private static Optional<Limit> limit(DefinitionNode node, String name) {
        if (!node.has(name)) {
            return Optional.empty();
        }
        String text = node.texts(name).stream().findFirst().orElse("");
        Matcher limit = LIMIT.matcher(text);
        if (!limit.matches()) {
            node.problem(name, "is " + text, LIMITS);
            return Optional.empty();
        }
        boolean ofBaseline = "x baseline".equals(limit.group(3));
        BigDecimal value = new BigDecimal(limit.group(1));
        if (ofBaseline && value.signum() <= 0) {
            node.problem(name, "is " + text, "a multiple above 0");
        }
        return Optional.of(new Limit(value, ofBaseline));
    }
}
