package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.tradingecosystem.audit.projection.JsonRecord;

/** Numbers of the referee that go on over a restart. For one thread. */
final class VerdictCounters {
    /** How many windows were opened. */
    long opened;

    /** How many windows are kept. */
    long windows;

    /** How many of these have no verdict yet. */
    long open;

    /** How many verdicts were made. */
    long sequence;

    /** How many windows were dropped to make room. */
    long evicted;

    static VerdictCounters read(JsonNode node) {
        VerdictCounters counters = new VerdictCounters();
        counters.opened = JsonRecord.number(node, "opened");
        counters.windows = JsonRecord.number(node, "windows");
        counters.open = JsonRecord.number(node, "open");
        counters.sequence = JsonRecord.number(node, "sequence");
        counters.evicted = JsonRecord.number(node, "evicted");
        return counters;
    }

    JsonNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("opened", opened)
                .put("windows", windows)
                .put("open", open)
                .put("sequence", sequence)
                .put("evicted", evicted);
    }
}
