package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The times in which events may have been lost, in order. For the one thread that judges. */
final class Gaps {
    /** Older ones than the last so many are forgotten. */
    private static final int MAX = 1_000;

    private final VerdictStoreWriter writer;
    private final List<Gap> gaps = new ArrayList<>();

    /** The gaps as they were with the last commit. */
    Gaps(VerdictStoreWriter writer) {
        this.writer = writer;
        writer.scan('g', (key, value) -> gaps.add(read(JsonRecord.read(value))));
        gaps.sort(Gap.ORDER);
    }

    List<Gap> all() {
        return gaps;
    }

    /** Adds a gap; whether it was not known. */
    boolean add(Gap gap) {
        int place = Collections.binarySearch(gaps, gap, Gap.ORDER);
        if (place >= 0) {
            return false;
        }
        gaps.add(-place - 1, gap);
        writer.put(VerdictKeys.gap(gap), toJson(gap));
        if (gaps.size() > MAX) {
            writer.delete(VerdictKeys.gap(gaps.removeFirst()));
        }
        return true;
    }

    private static ObjectNode toJson(Gap gap) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("from", gap.from().toString())
                .put("to", gap.to().toString())
                .put("reason", gap.reason());
    }

    private static Gap read(JsonNode node) {
        return new Gap(
                JsonRecord.time(node, "from"),
                JsonRecord.time(node, "to"),
                JsonRecord.text(node, "reason"));
    }
}
