package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.scenario.Definitions.Definition;
import io.tradingecosystem.audit.store.Projection;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads back expectations and gaps when a projection is opened. */
final class Stored {
    /** Older absences than the last so many are forgotten. */
    static final int MOST_GAPS = 1_000;

    private Stored() {}

    static ObjectNode toJson(Definition definition) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("text", definition.text())
                .put("origin", definition.origin())
                .put("event_id", definition.eventId());
    }

    static Definition definition(JsonNode node) {
        String text = VerdictJson.text(node, "text");
        String eventId = VerdictJson.text(node, "event_id");
        return new Definition(
                ExpectationReader.readOne(eventId, text),
                text,
                VerdictJson.text(node, "origin"),
                eventId);
    }

    static void definitions(Projection projection, Definitions definitions) {
        projection.scan(
                Keys.table('h'),
                Keys.table('h'),
                (key, value) -> {
                    definitions.remember(definition(Batch.json(value)));
                    return true;
                });
        projection.scan(
                Keys.table('x'),
                Keys.table('x'),
                (key, value) -> {
                    definitions.put(definition(Batch.json(value)));
                    return true;
                });
        projection.scan(
                Keys.table('y'),
                Keys.table('y'),
                (key, value) -> {
                    String name = new String(key, 1, key.length - 1, StandardCharsets.UTF_8);
                    String eventId = VerdictJson.text(Batch.json(value), "event_id");
                    definitions.withdraw(name, eventId);
                    return true;
                });
    }

    static ObjectNode withdrawal(String eventId) {
        return JsonNodeFactory.instance.objectNode().put("event_id", eventId);
    }

    static ObjectNode toJson(Gap gap) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("from", gap.from().toString())
                .put("to", gap.to().toString())
                .put("reason", gap.reason());
    }

    static List<Gap> gaps(Projection projection) {
        List<Gap> gaps = new ArrayList<>();
        projection.scan(
                Keys.table('g'),
                Keys.table('g'),
                (key, value) -> {
                    JsonNode node = Batch.json(value);
                    gaps.add(
                            new Gap(
                                    VerdictJson.time(node, "from"),
                                    VerdictJson.time(node, "to"),
                                    VerdictJson.text(node, "reason")));
                    return true;
                });
        gaps.sort(Gap.ORDER);
        return gaps;
    }
}
