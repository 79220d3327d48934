package io.tradingecosystem.audit.api.verdicts;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.api.Incomplete;
import io.tradingecosystem.audit.correlation.links.Link;
import io.tradingecosystem.audit.scenario.OfflineVerdicts.Outcome;
import io.tradingecosystem.audit.scenario.verdicts.ShownVerdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictJson;

import java.io.IOException;
import java.io.Writer;

/** Verdicts as a JSON document that people can read, too. */
final class JsonReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonReport() {}

    /** Writes it, and reads verdicts that are not held one by one. */
    static void write(Report report, Writer out) throws IOException {
        PrintableLines lines = new PrintableLines(out);
        JsonGenerator json = JSON.getFactory().createGenerator(lines).useDefaultPrettyPrinter();
        json.writeStartObject();
        fields(head(report), json);
        json.writeArrayFieldStart("verdicts");
        for (ShownVerdict each : report.verdicts()) {
            json.writeTree(VerdictJson.write(each.read().get()));
        }
        json.writeEndArray();
        fields(rest(report), json);
        json.writeEndObject();
        json.flush();
        lines.write("\n");
        lines.flush();
    }

    private static void fields(ObjectNode node, JsonGenerator json) throws IOException {
        for (var field : node.properties()) {
            json.writeFieldName(field.getKey());
            json.writeTree(field.getValue());
        }
    }

    private static ObjectNode head(Report report) {
        Outcome outcome = report.outcome();
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("status", outcome.status().name());
        ObjectNode counts = node.putObject("results");
        for (Status status : Status.values()) {
            counts.put(status.name(), outcome.count(status));
        }
        node.set("evidence", report.evidence().toJson());
        return node;
    }

    private static ObjectNode rest(Report report) {
        Outcome outcome = report.outcome();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        var unexercised = node.putArray("unexercised");
        outcome.unexercised().forEach(unexercised::add);
        alerts(report, node);
        if (!outcome.conflicts().isEmpty()) {
            var conflicts = node.putArray("conflicts");
            outcome.conflicts().forEach(conflicts::add);
        }
        Incomplete.write(outcome.incomplete(), node);
        if (report.recordedLinks().isPresent()) {
            var list = node.putArray("links");
            report.links().forEach(link -> list.add(link(link)));
        }
        return node;
    }

    private static void alerts(Report report, ObjectNode node) {
        var alerts = node.putArray("false_positive_candidates");
        report.unexplainedAlerts()
                .forEach(
                        alert ->
                                alerts.addObject()
                                        .put("event_id", alert.id())
                                        .put("service", alert.service())
                                        .put("type", alert.type())
                                        .put("occurred_at", alert.occurredAt().toString()));
    }

    private static ObjectNode link(Link link) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("cause_id", link.causeId())
                .put("effect_id", link.effectId())
                .put("kind", link.kind().name())
                .put("rule", link.rule())
                .put("delay", VerdictJson.seconds(link.delay()))
                .put("confidence", link.confidence())
                .put("evidence", link.evidence());
    }
}
