package io.tradingecosystem.audit.api.legacy;

import com.fasterxml.jackson.core.JsonGenerator;

import io.tradingecosystem.audit.api.links.LinkJson;
import io.tradingecosystem.audit.correlation.links.Link;

import java.io.IOException;

/** Links in the words of the older service. */
final class LegacyLinkJson {
    private LegacyLinkJson() {}

    /** A link as one text, for clients that know nothing else. */
    static String text(Link link) {
        return link.causeId() + " -> " + link.effectId() + ": " + type(link);
    }

    static void write(Link link, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("source_event_id", link.causeId());
        json.writeStringField("target_event_id", link.effectId());
        json.writeStringField("correlation_type", type(link));
        json.writeNumberField("confidence", link.confidence());
        json.writeStringField("timestamp", link.effectAt().toString());
        json.writeNumberField("duration", link.delay().toNanos());
        json.writeEndObject();
    }

    private static String type(Link link) {
        return link.rule().isEmpty() ? LinkJson.word(link.kind()) : link.rule();
    }
}
