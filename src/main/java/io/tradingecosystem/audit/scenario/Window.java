package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.Evidence.EventFact;
import io.tradingecosystem.audit.scenario.Evidence.PartSightings;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.VerdictJson;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that is kept of one occurrence.
 *
 * @param opened its place in the order of opening
 * @param expectation the expectation's name
 * @param expectationVersion the version in force when the trigger was recorded
 * @param occurrence the trigger
 * @param evidence what was seen
 * @param verdict the newest verdict; version 0 while pending
 * @param due when to judge again if nothing comes; absent when all windows are over
 */
record Window(
        long opened,
        String expectation,
        String expectationVersion,
        Occurrence occurrence,
        Evidence evidence,
        Verdict verdict,
        Optional<Instant> due) {

    Window with(Evidence newEvidence) {
        return new Window(
                opened, expectation, expectationVersion, occurrence, newEvidence, verdict, due);
    }

    Window judged(Verdict newVerdict, Optional<Instant> newDue) {
        return new Window(
                opened, expectation, expectationVersion, occurrence, evidence, newVerdict, newDue);
    }

    ObjectNode toJson() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode node =
                json.objectNode()
                        .put("opened", opened)
                        .put("expectation", expectation)
                        .put("expectation_version", expectationVersion)
                        .put("recorded_at", occurrence.recordedAt().toString());
        due.ifPresent(at -> node.put("due", at.toString()));
        ArrayNode tracks = node.putArray("tracks");
        for (PartSightings track : evidence.tracks()) {
            ObjectNode each = tracks.addObject().put("more", track.more());
            ArrayNode inside = each.putArray("inside");
            track.inside().forEach(fact -> inside.add(toJson(fact)));
            track.before().ifPresent(fact -> each.set("before", toJson(fact)));
            track.late().ifPresent(fact -> each.set("late", toJson(fact)));
        }
        node.set("verdict", VerdictJson.write(verdict));
        return node;
    }

    static Window fromJson(JsonNode node) {
        Verdict verdict = VerdictJson.read(node.required("verdict"));
        List<PartSightings> tracks = new ArrayList<>();
        for (JsonNode each : node.required("tracks")) {
            List<EventFact> inside = new ArrayList<>();
            each.required("inside").forEach(fact -> inside.add(fact(fact)));
            tracks.add(
                    new PartSightings(
                            inside,
                            each.required("more").booleanValue(),
                            Optional.ofNullable(each.get("before")).map(Window::fact),
                            Optional.ofNullable(each.get("late")).map(Window::fact)));
        }
        return new Window(
                node.required("opened").longValue(),
                JsonRecord.text(node, "expectation"),
                JsonRecord.text(node, "expectation_version"),
                new Occurrence(
                        verdict.id(),
                        verdict.triggerId(),
                        verdict.scenarioId(),
                        verdict.triggeredAt(),
                        JsonRecord.time(node, "recorded_at")),
                new Evidence(tracks),
                verdict,
                Optional.ofNullable(node.get("due")).map(due -> JsonRecord.time(node, "due")));
    }

    private static ObjectNode toJson(EventFact fact) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", fact.eventId())
                .put("service", fact.service())
                .put("type", fact.type())
                .put("at", fact.occurredAt().toString());
    }

    private static EventFact fact(JsonNode node) {
        return new EventFact(
                JsonRecord.text(node, "id"),
                JsonRecord.text(node, "service"),
                JsonRecord.text(node, "type"),
                JsonRecord.time(node, "at"));
    }
}
