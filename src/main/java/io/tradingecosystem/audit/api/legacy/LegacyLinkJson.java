package io.tradingecosystem.audit.api.legacy;

import com.fasterxml.jackson.core.JsonGenerator;

import io.tradingecosystem.audit.api.links.LinkJson;
import io.tradingecosystem.audit.correlation.links.Link;

import java.io.IOException;

/** Links in the words of the older service. */
final class LegacyLinkJson {
    private LegacyLinkJson() {}

    static void write(Link link, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("source_event_id", link.causeId());
        json.writeStringField("target_event_id", link.effectId());
        json.writeStringField(
                "correlation_type",
                link.rule().isEmpty() ? LinkJson.word(link.kind()) : link.rule());
        json.writeNumberField("confidence", link.confidence());
        json.writeStringField("timestamp", link.effectAt().toString());
        json.writeNumberField("duration", link.delay().toNanos());
        json.writeEndObject();
    }
}
