package io.tradingecosystem.audit.event;

import io.tradingecosystem.audit.event.json.EventJsonReader;

import java.nio.charset.StandardCharsets;

/** Events of which only one field matters. */
public final class EventWith {
    private EventWith() {}

    /** An event in whose JSON a field has a value. */
    public static AuditEvent field(String id, String name, String value) {
        String json =
                ("{'service':'s','type':'t','id':'%s','occurred_at':'2026-01-31T12:00:00Z',"
                                + "'%s':'%s'}")
                        .formatted(id, name, value)
                        .replace('\'', '"');
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        Candidate candidate = new EventJsonReader().read(text, 0, text.length);
        return ((Candidate.Draft) candidate).event().build();
    }
}
