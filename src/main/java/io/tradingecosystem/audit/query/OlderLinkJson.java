package io.tradingecosystem.audit.query;

import com.fasterxml.jackson.core.JsonGenerator;

import io.tradingecosystem.audit.correlation.Link;

import java.io.IOException;

/** Links in the words of the older service. */
final class OlderLinkJson {
    private OlderLinkJson() {}

    static void write(Link link, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("source_event_id", link.causeId());
        json.writeStringField("target_event_id", link.effectId());
        json.writeStringField(
                "correlation_type",
                link.rule().isEmpty() ? CorrelationJson.word(link.kind()) : link.rule());
        json.writeNumberField("confidence", link.confidence());
        json.writeStringField("timestamp", link.effectAt().toString());
        json.writeNumberField("duration", link.delay().toNanos());
        json.writeEndObject();
    }
}
