package io.tradingecosystem.audit.scenario.verdicts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.definition.InvalidDefinitionException;
import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.ExpectationReader;

/** Definitions of expectations as they are kept. */
public final class DefinitionJson {
    private DefinitionJson() {}

    public static ObjectNode toJson(Definition<Expectation> definition) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("text", definition.text())
                .put("origin", definition.origin())
                .put("event_id", definition.eventId());
    }

    /**
     * Reads what {@link #toJson} wrote, in this version or another.
     *
     * @throws InvalidDefinitionException if it cannot be understood
     */
    public static Definition<Expectation> definition(JsonNode node) {
        String eventId = JsonRecord.text(node, "event_id");
        return ExpectationReader.KIND
                .readRecorded(
                        eventId, JsonRecord.text(node, "text"), JsonRecord.text(node, "origin"))
                .inForceBy(eventId);
    }

    public static ObjectNode withdrawal(String eventId) {
        return JsonNodeFactory.instance.objectNode().put("event_id", eventId);
    }
}
