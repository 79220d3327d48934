package io.tradingecosystem.audit.notify;

import static io.tradingecosystem.audit.projection.JsonRecord.text;
import static io.tradingecosystem.audit.projection.JsonRecord.time;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Instant;

/**
 * An event that a receiver refused again and again.
 *
 * @param place in the order of verdicts
 * @param id of the CloudEvent
 * @param type of the CloudEvent
 * @param verdictId empty if it is about none
 * @param since when what it tells of was certain
 * @param attempts how often it was refused
 * @param reason the last answer, for people
 * @param at when it was put aside
 * @param body the CloudEvent as JSON
 */
public record DeadLetter(
        long place,
        String id,
        String type,
        String verdictId,
        Instant since,
        int attempts,
        String reason,
        Instant at,
        String body) {

    static DeadLetter of(
            long place, Notification message, int attempts, String reason, Instant at) {
        return new DeadLetter(
                place,
                message.id(),
                message.type(),
                message.about(),
                message.since(),
                attempts,
                reason,
                at,
                message.body());
    }

    Notification message() {
        return new Notification(id, type, verdictId, since, body);
    }

    ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("type", type)
                .put("verdict_id", verdictId)
                .put("since", since.toString())
                .put("attempts", attempts)
                .put("reason", reason)
                .put("at", at.toString())
                .put("body", body);
    }

    static DeadLetter read(long place, JsonNode node) {
        return new DeadLetter(
                place,
                text(node, "id"),
                text(node, "type"),
                text(node, "verdict_id"),
                time(node, "since"),
                node.required("attempts").intValue(),
                text(node, "reason"),
                time(node, "at"),
                text(node, "body"));
    }
}
