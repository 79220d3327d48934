package io.tradingecosystem.audit.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;

import java.net.URI;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes CloudEvents 1.0 in structured mode. A verdict is an event by its id, its version, and
 * whether it is final: one that becomes final is told again. Immutable.
 */
final class CloudEventWriter {
    static final String MEDIA_TYPE = "application/cloudevents+json; charset=utf-8";
    private static final String TYPE = "io.tradingecosystem.audit.verdict.";
    private static final String LOST = "io.tradingecosystem.audit.verdicts.lost";

    private final String source;
    private final Optional<URI> page;
    private final Function<Verdict, ObjectNode> data;

    /**
     * A writer for the verdicts of one log.
     *
     * @param service our own name
     * @param log the log's id; the verdict ids of two logs may be the same
     * @param page where people find our page, for links
     * @param data writes a verdict as it is answered
     */
    CloudEventWriter(
            String service, String log, Optional<URI> page, Function<Verdict, ObjectNode> data) {
        this.source = "/" + encoded(service) + "/logs/" + log;
        this.page = page;
        this.data = data;
    }

    Notification verdict(Verdict verdict) {
        String id = verdict.id() + "-v" + verdict.version() + (verdict.isFinal() ? "-final" : "");
        String type = TYPE + verdict.status().name().toLowerCase(Locale.ROOT);
        ObjectNode event = event(id, type, verdict.id(), verdict.decidedAt());
        event.put("expectation", verdict.expectation()).put("critical", verdict.critical());
        if (!verdict.scenarioId().isEmpty()) {
            event.put("scenarioid", verdict.scenarioId());
        }
        page.ifPresent(base -> event.put("link", link(base, verdict)));
        event.set("data", data.apply(verdict));
        return new Notification(id, type, verdict.id(), verdict.decidedAt(), text(event));
    }

    /** Tells that verdicts of these places in their order are not kept any more. */
    Notification lost(long from, long to, Instant now) {
        String id = "lost-" + from + "-" + to;
        ObjectNode event = event(id, LOST, from + "-" + to, now);
        event.putObject("data")
                .put("from", from)
                .put("to", to)
                .put("count", to - from + 1)
                .put(
                        "explanation",
                        "verdicts were made or became final that are not kept any more; it is not"
                                + " known which of them were to be told");
        return new Notification(id, LOST, "", now, text(event));
    }

    private ObjectNode event(String id, String type, String subject, Instant time) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("specversion", "1.0")
                .put("id", id)
                .put("source", source)
                .put("type", type)
                .put("subject", subject)
                .put("time", time.toString())
                .put("datacontenttype", "application/json");
    }

    private static String link(URI base, Verdict verdict) {
        String text = base.toString();
        String root = text.endsWith("/") ? text : text + "/";
        return root + "?view=board&verdict=" + verdict.id();
    }

    private static String encoded(String service) {
        return URLEncoder.encode(service, UTF_8).replace("+", "%20");
    }

    private static String text(JsonNode event) {
        return new String(JsonRecord.write(event), UTF_8);
    }
}
