package io.tradingecosystem.audit.definition;

import io.tradingecosystem.audit.definition.Condition.Compared;
import io.tradingecosystem.audit.definition.Condition.Exists;
import io.tradingecosystem.audit.definition.Condition.Like;
import io.tradingecosystem.audit.definition.Condition.OneOf;
import io.tradingecosystem.audit.definition.Condition.Side;
import io.tradingecosystem.audit.event.EventName;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads what an attribute must be like. */
final class Conditions {
    private Conditions() {}

    static List<Condition> read(
            DefinitionNode attributes, String name, PatternVariables variables) {
        if (!attributes.isMapping(name)) {
            return List.of(OneOf.of(EventName.of(name), attributes.values(name)));
        }
        DefinitionNode node = attributes.child(name);
        List<Condition> conditions = new ArrayList<>();
        if (node.has("in")) {
            conditions.add(OneOf.of(EventName.of(name), node.values("in")));
        }
        if (node.has("equals")) {
            conditions.add(OneOf.of(EventName.of(name), List.of(node.value("equals"))));
        }
        if (node.has("exists")) {
            conditions.add(new Exists(node.flag("exists", true)));
        }
        if (node.has("like")) {
            conditions.add(new Like(node.glob("like")));
        }
        for (Side side : Side.values()) {
            String key = side.name().toLowerCase(Locale.ROOT).replace('_', '-');
            boolean compared = node.has(key);
            String text = node.tree().path(key).asText("");
            if (compared && !variables.isCompared(name, side, text)) {
                conditions.add(new Compared(side, node.decimal(key)));
            }
        }
        // A condition left out would let more events fit than are meant.
        node.finishKnown();
        return conditions;
    }
}
