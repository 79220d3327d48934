package io.tradingecosystem.audit.scenario.verdicts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.projection.JsonRecord;

import java.time.Instant;

/**
 * Alerts without an explanation that were forgotten, as there were too many. Immutable.
 *
 * @param count how many
 * @param until when the latest of them occurred: of those up to then some are missing
 */
public record ForgottenAlerts(long count, Instant until) {
    public static final ForgottenAlerts NONE = new ForgottenAlerts(0, Instant.EPOCH);

    /** With some more. */
    public ForgottenAlerts and(long more, Instant latest) {
        return new ForgottenAlerts(count + more, latest.isAfter(until) ? latest : until);
    }

    public ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("count", count)
                .put("until", until.toString());
    }

    /** Reads what {@link #toJson} wrote. */
    public static ForgottenAlerts fromJson(JsonNode node) {
        return new ForgottenAlerts(node.required("count").asLong(), JsonRecord.time(node, "until"));
    }
}
