package io.tradingecosystem.audit.scenario.verdicts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.expectations.ExpectationReader;
import io.tradingecosystem.audit.scenario.expectations.ExpectationsInForce;
import io.tradingecosystem.audit.scenario.expectations.ExpectationsInForce.Definition;
import io.tradingecosystem.audit.store.Projection;

import java.util.ArrayList;
import java.util.List;

/** Reads back expectations and gaps when a projection is opened. */
public final class DefinitionJson {
    /** Older absences than the last so many are forgotten. */
    public static final int MAX_GAPS = 1_000;

    private DefinitionJson() {}

    public static ObjectNode toJson(Definition definition) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("text", definition.text())
                .put("origin", definition.origin())
                .put("event_id", definition.eventId());
    }

    public static Definition definition(JsonNode node) {
        String text = JsonRecord.text(node, "text");
        String eventId = JsonRecord.text(node, "event_id");
        return new Definition(
                ExpectationReader.readOne(eventId, text),
                text,
                JsonRecord.text(node, "origin"),
                eventId);
    }

    public static void definitions(Projection projection, ExpectationsInForce definitions) {
        projection.scan(
                'h',
                (key, value) -> {
                    definitions.remember(definition(JsonRecord.read(value)));
                    return true;
                });
        projection.scan(
                'x',
                (key, value) -> {
                    definitions.put(definition(JsonRecord.read(value)));
                    return true;
                });
        projection.scan(
                'y',
                (key, value) -> {
                    String name = VerdictKeys.text(key);
                    String eventId = JsonRecord.text(JsonRecord.read(value), "event_id");
                    definitions.withdraw(name, eventId);
                    return true;
                });
    }

    public static ObjectNode withdrawal(String eventId) {
        return JsonNodeFactory.instance.objectNode().put("event_id", eventId);
    }

    public static ObjectNode toJson(Gap gap) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("from", gap.from().toString())
                .put("to", gap.to().toString())
                .put("reason", gap.reason());
    }

    public static List<Gap> gaps(Projection projection) {
        List<Gap> gaps = new ArrayList<>();
        projection.scan(
                'g',
                (key, value) -> {
                    JsonNode node = JsonRecord.read(value);
                    gaps.add(
                            new Gap(
                                    JsonRecord.time(node, "from"),
                                    JsonRecord.time(node, "to"),
                                    JsonRecord.text(node, "reason")));
                    return true;
                });
        gaps.sort(Gap.ORDER);
        return gaps;
    }
}
