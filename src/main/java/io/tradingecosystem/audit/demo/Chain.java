package io.tradingecosystem.audit.demo;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.event.OwnWords;
import io.tradingecosystem.audit.event.Severity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What an event brought about, as the service tells it, as a tree from the event down. */
final class Chain {
    private final JsonNode root;
    private final Map<String, List<JsonNode>> below;

    private Chain(JsonNode root, Map<String, List<JsonNode>> below) {
        this.root = root;
        this.below = below;
    }

    /**
     * A step, with the ones that follow from it.
     *
     * @param delay since the step before
     * @param why how it is known, how sure that is, and what else may have caused it
     */
    record Step(
            String type,
            String message,
            Severity severity,
            Duration delay,
            String why,
            List<Step> next) {}

    /** Reads the answer of {@code GET /api/v1/events/{id}/chain?direction=effects}. */
    static Chain read(JsonNode answer) {
        Map<String, List<JsonNode>> below = new HashMap<>();
        for (JsonNode node : answer.required("nodes")) {
            if (node.has("via") && !isOwn(node)) {
                below.computeIfAbsent(node.at("/via/cause_id").asText(), id -> new ArrayList<>())
                        .add(node);
            }
        }
        return new Chain(answer.required("nodes").get(0), below);
    }

    /** What the service itself says of the event, its verdicts, is shown elsewhere. */
    private static boolean isOwn(JsonNode node) {
        return OwnWords.TYPES.contains(node.at("/event/type").asText());
    }

    /** How many links it has. */
    int size() {
        return below.values().stream().mapToInt(List::size).sum();
    }

    /** The tree. Each event stands below the one before it on its best path. */
    Step tree() {
        return step(root);
    }

    private Step step(JsonNode node) {
        List<Step> next = new ArrayList<>();
        for (JsonNode each : below.getOrDefault(node.path("event_id").asText(), List.of())) {
            next.add(step(each));
        }
        JsonNode event = node.path("event");
        return new Step(
                event.path("type").asText(node.path("event_id").asText()),
                event.path("message").asText(),
                Severity.parse(event.path("severity").asText()).orElse(Severity.INFO),
                Duration.ofNanos(Math.round(node.at("/via/delay").asDouble() * 1e9)),
                why(node),
                next);
    }

    private static String why(JsonNode node) {
        if (!node.has("via")) {
            return "";
        }
        int others = node.path("alternatives").size();
        return String.format(
                Locale.ROOT,
                "%s, confidence %.2f%s",
                node.at("/via/evidence").asText(),
                node.path("confidence").asDouble(),
                others == 0 ? "" : ", other causes possible: " + others);
    }
}
