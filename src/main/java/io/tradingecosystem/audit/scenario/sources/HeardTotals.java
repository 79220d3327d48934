package io.tradingecosystem.audit.scenario.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;
import io.tradingecosystem.audit.store.Projection;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of all services that were heard. Immutable.
 *
 * @param since when the first event was recorded that counts
 * @param forgotten how many services made room for others
 */
public record HeardTotals(Optional<Instant> since, long forgotten) {
    /** Nothing was heard. */
    public static final HeardTotals NONE = new HeardTotals(Optional.empty(), 0);

    /** The totals of a projection. */
    public static HeardTotals read(Projection projection) {
        return projection
                .get(VerdictKeys.heardTotals())
                .map(JsonRecord::read)
                .map(HeardTotals::fromJson)
                .orElse(NONE);
    }

    /** As it is kept. */
    public ObjectNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("forgotten", forgotten);
        since.ifPresent(at -> node.put("since", at.toString()));
        return node;
    }

    /** Reads what {@link #toJson} wrote. */
    public static HeardTotals fromJson(JsonNode node) {
        return new HeardTotals(
                node.has("since") ? Optional.of(JsonRecord.time(node, "since")) : Optional.empty(),
                JsonRecord.number(node, "forgotten"));
    }
}
