package io.tradingecosystem.audit.api.links;

import com.fasterxml.jackson.core.JsonGenerator;

import io.tradingecosystem.audit.api.Incomplete;
import io.tradingecosystem.audit.api.ProgressAnswers;
import io.tradingecosystem.audit.api.ProvenanceAnswers;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.correlation.analysis.CausalChain;
import io.tradingecosystem.audit.correlation.analysis.CausalChain.Node;
import io.tradingecosystem.audit.correlation.analysis.Clocks;
import io.tradingecosystem.audit.correlation.analysis.Group;
import io.tradingecosystem.audit.correlation.analysis.Group.Member;
import io.tradingecosystem.audit.correlation.analysis.Group.Shared;
import io.tradingecosystem.audit.correlation.analysis.Timeline;
import io.tradingecosystem.audit.correlation.analysis.Timeline.Entry;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.event.json.EventJsonWriter;
import io.tradingecosystem.audit.matching.ClockSkew;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.server.http.QueryParameters;
import io.tradingecosystem.audit.store.Selection;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Links, chains, timelines and groups as JSON: names in snake_case, times in RFC 3339, durations in
 * seconds. What is written is written at once, so a long timeline is never in memory.
 */
public final class LinkJson {
    private LinkJson() {}

    /** A link as one line. */
    static String text(Link link) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.mapper().getFactory().createGenerator(text)) {
            write(link, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static void write(Link link, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("cause_id", link.causeId());
        json.writeStringField("effect_id", link.effectId());
        json.writeStringField("kind", word(link.kind()));
        if (!link.rule().isEmpty()) {
            json.writeStringField("rule", link.rule());
        }
        json.writeStringField("caused_at", Times.format(link.causedAt()));
        json.writeNumberField("delay", seconds(link.delay()));
        json.writeNumberField("confidence", link.confidence());
        json.writeStringField("evidence", link.evidence());
        if (link.provenance().isPresent()) {
            ProvenanceAnswers.write(link.provenance().get(), json);
        }
        json.writeEndObject();
    }

    static void write(String name, List<Link> links, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (Link link : links) {
            write(link, json);
        }
        json.writeEndArray();
    }

    static void write(CausalChain chain, Progress progress, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("event_id", chain.root().id());
        json.writeBooleanField("truncated", chain.isTruncated());
        Incomplete.write(chain.incomplete(), json);
        json.writeArrayFieldStart("nodes");
        for (Node node : chain.nodes()) {
            write(node, json);
        }
        json.writeEndArray();
        write("links", chain.links(), json);
        ProgressAnswers.write("links", progress, json);
        json.writeEndObject();
    }

    private static void write(Node node, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("event_id", node.eventId());
        json.writeStringField("side", word(node.side()));
        json.writeNumberField("depth", node.depth());
        json.writeStringField("occurred_at", Times.format(node.occurredAt()));
        json.writeNumberField("delay", seconds(node.delay()));
        json.writeNumberField("confidence", node.confidence());
        if (node.via().isPresent()) {
            json.writeFieldName("via");
            write(node.via().get(), json);
        }
        if (node.event().isPresent()) {
            json.writeFieldName("event");
            EventJsonWriter.write(node.event().get(), json);
        }
        write("alternatives", node.alternatives(), json);
        json.writeEndObject();
    }

    /**
     * Writes a timeline while it is walked through; its page token comes last.
     *
     * @param query gives the token as the caller gets it
     */
    static void write(
            Timeline timeline, QueryParameters query, Progress progress, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        ProgressAnswers.write("links", progress, json);
        json.writeArrayFieldStart("clocks");
        for (Clocks.Clock clock : timeline.clocks().clocks()) {
            write(clock, json);
        }
        json.writeEndArray();
        write(timeline.clocks().tolerance(), json);
        json.writeArrayFieldStart("entries");
        int count = 0;
        while (timeline.hasNext()) {
            write(timeline.next(), json);
            count++;
        }
        json.writeEndArray();
        json.writeNumberField("count", count);
        json.writeStringField("next_page_token", query.nextPageToken(timeline.nextPageToken()));
        Incomplete.write(timeline.incomplete(), json);
        json.writeEndObject();
    }

    private static void write(ClockSkew tolerance, JsonGenerator json) throws IOException {
        json.writeNumberField("clock_tolerance", seconds(tolerance.usual()));
        if (!tolerance.between().isEmpty()) {
            json.writeObjectFieldStart("clock_tolerance_pairs");
            for (var pair : new TreeMap<>(tolerance.between()).entrySet()) {
                json.writeNumberField(pair.getKey(), seconds(pair.getValue()));
            }
            json.writeEndObject();
        }
    }

    private static void write(Entry entry, JsonGenerator json) throws IOException {
        json.writeStartObject();
        if (entry.isCorrected()) {
            json.writeStringField("corrected_at", Times.format(entry.at()));
        }
        json.writeNumberField("depth", entry.depth());
        json.writeNumberField("since_previous", seconds(entry.sincePrevious()));
        json.writeBooleanField("after_silence", entry.afterSilence());
        json.writeBooleanField("order_certain", entry.certain());
        json.writeFieldName("event");
        EventJsonWriter.write(entry.event(), json);
        write("causes", entry.causes(), json);
        json.writeEndObject();
    }

    private static void write(Clocks.Clock clock, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("service", clock.service());
        json.writeStringField("reference", clock.reference());
        json.writeNumberField("offset", seconds(clock.offset()));
        optional("least", clock.min(), json);
        optional("most", clock.max(), json);
        json.writeNumberField("pairs", clock.pairs());
        json.writeBooleanField("contradictory", clock.contradictory());
        json.writeEndObject();
    }

    static void write(Group group, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("members");
        for (Member member : group.members()) {
            json.writeStartObject();
            json.writeFieldName("event");
            EventJsonWriter.write(member.event(), json);
            if (member.join().isPresent()) {
                json.writeObjectFieldStart("join");
                key(member.join().get().key(), json);
                json.writeStringField("with", member.join().get().with());
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("keys");
        for (Shared shared : group.keys()) {
            json.writeStartObject();
            key(shared.key(), json);
            json.writeNumberField("events", shared.events());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("count", group.members().size());
        json.writeBooleanField("truncated", !group.incomplete().isEmpty());
        Incomplete.write(group.incomplete(), json);
        json.writeEndObject();
    }

    private static void key(Selection.Key key, JsonGenerator json) throws IOException {
        json.writeStringField("key", key.name());
        json.writeStringField("value", key.value());
    }

    private static void optional(String name, Optional<Duration> duration, JsonGenerator json)
            throws IOException {
        if (duration.isPresent()) {
            json.writeNumberField(name, seconds(duration.get()));
        }
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
