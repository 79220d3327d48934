package io.tradingecosystem.audit.event;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.event.json.EventJsonReader;

/** Events of which only one field matters. */
public final class EventWith {
    private EventWith() {}

    /** An event in whose JSON a field has a value. */
    public static AuditEvent field(String id, String name, String value) {
        ObjectNode event = Json.mapper().createObjectNode();
        event.put("service", "s").put("type", "t").put("id", id);
        event.put("occurred_at", "2026-01-31T12:00:00Z").put(name, value);
        byte[] text = Json.bytes(event);
        Candidate candidate = new EventJsonReader().read(text, 0, text.length);
        return ((Candidate.Draft) candidate).event().build();
    }
}
