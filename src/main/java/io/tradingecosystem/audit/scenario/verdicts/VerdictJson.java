package io.tradingecosystem.audit.scenario.verdicts;

import static io.tradingecosystem.audit.projection.JsonRecord.text;
import static io.tradingecosystem.audit.projection.JsonRecord.time;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Kind;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Miss;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.NearestMiss;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Sighting;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Verdicts as JSON: what is stored, reported and answered over HTTP. The same verdict always gives
 * the same bytes. Names in snake_case, times in RFC 3339, durations in seconds as a decimal number
 * with up to nine decimals.
 */
public final class VerdictJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private VerdictJson() {}

    /** A verdict with all its findings. */
    public static ObjectNode write(Verdict verdict) {
        ObjectNode node =
                JSON.objectNode()
                        .put("id", verdict.id())
                        .put("version", verdict.version())
                        .put("expectation", verdict.expectation())
                        .put("expectation_version", verdict.expectationVersion())
                        .put("scenario", verdict.scenario())
                        .put("critical", verdict.critical())
                        .put("scenario_id", verdict.scenarioId())
                        .put("trigger_id", verdict.triggerId())
                        .put("triggered_at", verdict.triggeredAt().toString())
                        .put("status", verdict.status().name())
                        .put("final", verdict.isFinal())
                        .put("late_by", seconds(verdict.lateBy()))
                        .put("decided_at", verdict.decidedAt().toString())
                        .put("deadline", verdict.deadline().toString())
                        .put("reason", verdict.reason());
        ArrayNode findings = node.putArray("findings");
        verdict.findings().forEach(finding -> findings.add(write(finding)));
        return node;
    }

    /** Reads what {@link #write} wrote. */
    public static Verdict read(JsonNode node) {
        List<Finding> findings = new ArrayList<>();
        node.required("findings").forEach(finding -> findings.add(finding(finding)));
        Status status = Status.valueOf(text(node, "status"));
        return new Verdict(
                text(node, "id"),
                node.required("version").intValue(),
                text(node, "expectation"),
                text(node, "expectation_version"),
                text(node, "scenario"),
                node.required("critical").booleanValue(),
                text(node, "scenario_id"),
                text(node, "trigger_id"),
                time(node, "triggered_at"),
                status,
                // Verdicts of old had neither.
                node.path("final").asBoolean(status != Status.PENDING),
                Duration.ofNanos(Math.round(node.path("late_by").asDouble() * 1e9)),
                time(node, "decided_at"),
                time(node, "deadline"),
                text(node, "reason"),
                findings);
    }

    private static ObjectNode write(Finding finding) {
        ObjectNode node =
                JSON.objectNode()
                        .put("name", finding.name())
                        .put("kind", finding.kind().name())
                        .put("state", finding.state().name())
                        .put("limit", seconds(finding.limit()))
                        .put("at", finding.at().toString())
                        .put("reason", finding.reason());
        ArrayNode sightings = node.putArray("sightings");
        finding.sightings().forEach(sighting -> sightings.add(write(sighting)));
        finding.nearestMiss().ifPresent(miss -> node.set("nearest_miss", write(miss)));
        if (!finding.figures().isEmpty()) {
            ObjectNode figures = node.putObject("figures");
            finding.figures().forEach(figures::put);
        }
        return node;
    }

    private static Finding finding(JsonNode node) {
        List<Sighting> sightings = new ArrayList<>();
        node.required("sightings").forEach(sighting -> sightings.add(sighting(sighting)));
        return new Finding(
                text(node, "name"),
                Kind.valueOf(text(node, "kind")),
                State.valueOf(text(node, "state")),
                duration(node, "limit"),
                time(node, "at"),
                text(node, "reason"),
                sightings,
                Optional.ofNullable(node.get("nearest_miss")).map(VerdictJson::miss),
                figures(node.path("figures")));
    }

    private static Map<String, BigDecimal> figures(JsonNode node) {
        Map<String, BigDecimal> figures = new LinkedHashMap<>();
        node.properties()
                .forEach(each -> figures.put(each.getKey(), each.getValue().decimalValue()));
        return figures;
    }

    private static ObjectNode write(Sighting sighting) {
        return JSON.objectNode()
                .put("event_id", sighting.eventId())
                .put("service", sighting.service())
                .put("type", sighting.type())
                .put("occurred_at", sighting.occurredAt().toString())
                .put("delay", seconds(sighting.delay()));
    }

    private static Sighting sighting(JsonNode node) {
        return new Sighting(
                text(node, "event_id"),
                text(node, "service"),
                text(node, "type"),
                time(node, "occurred_at"),
                duration(node, "delay"));
    }

    private static ObjectNode write(NearestMiss miss) {
        ObjectNode node =
                JSON.objectNode()
                        .put("why", miss.why().name())
                        .put("by", seconds(miss.by()))
                        .put("explanation", miss.explanation());
        node.set("event", write(miss.event()));
        return node;
    }

    private static NearestMiss miss(JsonNode node) {
        return new NearestMiss(
                Miss.valueOf(text(node, "why")),
                duration(node, "by"),
                sighting(node.required("event")),
                text(node, "explanation"));
    }

    /** Seconds as a number that is exact to the nanosecond. */
    public static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static Duration duration(JsonNode node, String name) {
        return Duration.ofNanos(Math.round(node.required(name).doubleValue() * 1e9));
    }
}
