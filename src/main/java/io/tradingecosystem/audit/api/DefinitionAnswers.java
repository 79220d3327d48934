package io.tradingecosystem.audit.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.definition.InForce;

import java.io.UncheckedIOException;
import java.util.List;

/** Definitions in force as JSON. */
public final class DefinitionAnswers {
    private DefinitionAnswers() {}

    /** A list under the plural of its kind, with its {@code count}. */
    public static ObjectNode list(String plural, List<? extends InForce<?>> inForce) {
        Disclosures.items(inForce.size());
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        var list = node.putArray(plural);
        inForce.forEach(each -> list.add(json(each)));
        return node.put("count", inForce.size());
    }

    /** One with its version, since when and from where it is in force, and what it says. */
    public static ObjectNode json(InForce<?> inForce) {
        var definition = inForce.definition();
        ObjectNode node =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("name", definition.name())
                        .put("version", definition.version())
                        .put("origin", definition.origin())
                        .put("source", inForce.source())
                        .put("event_id", definition.eventId());
        inForce.since().ifPresent(since -> node.put("since", since.toString()));
        inForce.provenance()
                .ifPresent(given -> node.set("provenance", ProvenanceAnswers.json(given)));
        node.set("definition", tree(definition.text()));
        inForce.warnings().forEach(node.putArray("warnings")::add);
        return node;
    }

    private static JsonNode tree(String json) {
        try {
            return Json.mapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
