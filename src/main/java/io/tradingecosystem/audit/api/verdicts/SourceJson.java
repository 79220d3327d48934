package io.tradingecosystem.audit.api.verdicts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.common.Durations;
import io.tradingecosystem.audit.scenario.sources.Dropped;
import io.tradingecosystem.audit.scenario.sources.HeardService;
import io.tradingecosystem.audit.scenario.sources.Probed;
import io.tradingecosystem.audit.scenario.sources.SourceView;
import io.tradingecosystem.audit.scenario.sources.Speaking;
import io.tradingecosystem.audit.scenario.verdicts.VerdictJson;

import java.time.Instant;
import java.util.Optional;

/** Services as sources of evidence, as JSON. */
final class SourceJson {
    private SourceJson() {}

    /**
     * Writes a source.
     *
     * @param now what time it is here
     */
    static ObjectNode write(SourceView source, Instant now) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("service", source.service())
                .put("events", source.heard().map(HeardService::events).orElse(0L))
                .put("silent", source.isSilent(now));
        source.heard().flatMap(HeardService::times).ifPresent(times -> times(times, node));
        source.heard().ifPresent(heard -> lateness(heard, node));
        node.set(
                "dropped",
                source.heard().map(HeardService::dropped).orElse(Dropped.NOTHING).toJson());
        losses(source.heard(), node.putObject("losses"));
        ArrayNode speaks = node.putArray("speaks");
        source.speaks().forEach(each -> speaks.add(speaking(each, now)));
        source.probed().ifPresent(probed -> probe(probed, node.putObject("probe")));
        return node;
    }

    private static void probe(Probed probed, ObjectNode node) {
        node.put("dead", probed.isDead());
        probed.last()
                .ifPresent(
                        last -> {
                            node.put("since", last.since().toString());
                            last.until().ifPresent(end -> node.put("until", end.toString()));
                        });
        ArrayNode names = node.putArray("expectations");
        probed.expectations().forEach(names::add);
    }

    private static void times(HeardService.Times times, ObjectNode node) {
        node.put("first_at", times.first().toString())
                .put("last_at", times.last().toString())
                .put("first_recorded_at", times.firstRecorded().toString())
                .put("last_recorded_at", times.lastRecorded().toString());
    }

    private static void lateness(HeardService heard, ObjectNode node) {
        if (heard.events() == 0) {
            return;
        }
        ObjectNode lateness = node.putObject("lateness");
        percentile(heard, 500, "p50", lateness);
        percentile(heard, 990, "p99", lateness);
        percentile(heard, 999, "p99_9", lateness);
        lateness.put("ahead", heard.ahead());
    }

    private static void percentile(HeardService heard, int permille, String name, ObjectNode node) {
        heard.lateness(permille).ifPresent(late -> node.put(name, VerdictJson.seconds(late)));
    }

    private static void losses(Optional<HeardService> heard, ObjectNode node) {
        node.put("reported", heard.map(HeardService::losses).orElse(0L));
        heard.flatMap(HeardService::lastLoss)
                .ifPresent(
                        last ->
                                node.putObject("last")
                                        .put("from", last.from().toString())
                                        .put("to", last.to().toString())
                                        .put("reason", last.reason()));
    }

    private static ObjectNode speaking(Speaking speaking, Instant now) {
        ObjectNode node =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("every", Durations.format(speaking.source().every()))
                        .put("sequence", speaking.source().sequence())
                        .put("silent", speaking.isSilent(now))
                        .put("listened", speaking.listened())
                        .put("holes", speaking.holes())
                        .put("repeated", speaking.repeated());
        speaking.lastSign().ifPresent(sign -> node.put("last_sign", sign.toString()));
        ArrayNode names = node.putArray("expectations");
        speaking.expectations().forEach(names::add);
        return node;
    }
}
