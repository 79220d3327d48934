package io.tradingecosystem.audit.scenario.verdicts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often something was exercised, and with what result. Immutable.
 *
 * @param scenario the kind of chaos run it was counted for last
 * @param results how many occurrences stand at each status now
 * @param firstAt the first trigger that was counted, by event time
 * @param lastAt the last trigger, by event time
 * @param lastStatus what the occurrence counted last stands at
 */
public record Tally(
        String scenario,
        Map<Status, Long> results,
        Instant firstAt,
        Instant lastAt,
        Status lastStatus) {

    public Tally {
        results = Map.copyOf(results);
    }

    /** How many occurrences stand at a status. */
    public long count(Status status) {
        return results.getOrDefault(status, 0L);
    }

    /** How many occurrences. */
    public long total() {
        return results.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The worst that any occurrence stands at: FAILED, INCONCLUSIVE, PENDING, then PASSED. */
    public Status worst() {
        for (Status status : new Status[] {Status.FAILED, Status.INCONCLUSIVE, Status.PENDING}) {
            if (count(status) > 0) {
                return status;
            }
        }
        return Status.PASSED;
    }

    public static ObjectNode count(
            Optional<JsonNode> stored, Verdict now, Optional<Verdict> before) {
        Map<Status, Long> results = new EnumMap<>(Status.class);
        Optional<Tally> tally = stored.map(Tally::fromJson);
        tally.ifPresent(t -> results.putAll(t.results()));
        before.ifPresent(verdict -> results.merge(verdict.status(), -1L, Long::sum));
        results.merge(now.status(), 1L, Long::sum);
        Instant first =
                tally.map(Tally::firstAt)
                        .filter(at -> at.isBefore(now.triggeredAt()))
                        .orElse(now.triggeredAt());
        Instant last =
                tally.map(Tally::lastAt)
                        .filter(at -> at.isAfter(now.triggeredAt()))
                        .orElse(now.triggeredAt());
        return new Tally(now.scenario(), results, first, last, now.status()).toJson();
    }

    /** Without an occurrence; empty when it was the only one. */
    public static Optional<ObjectNode> discount(JsonNode stored, Verdict gone) {
        Tally tally = fromJson(stored);
        if (tally.total() <= 1) {
            return Optional.empty();
        }
        Map<Status, Long> results = new EnumMap<>(tally.results());
        results.merge(gone.status(), -1L, Long::sum);
        return Optional.of(
                new Tally(
                                tally.scenario(),
                                results,
                                tally.firstAt(),
                                tally.lastAt(),
                                tally.lastStatus())
                        .toJson());
    }

    /** As JSON, with every status. */
    public ObjectNode toJson() {
        ObjectNode node =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("scenario", scenario)
                        .put("total", total())
                        .put("first_at", firstAt.toString())
                        .put("last_at", lastAt.toString())
                        .put("last_status", lastStatus.name());
        ObjectNode counts = node.putObject("results");
        for (Status status : Status.values()) {
            counts.put(status.name(), count(status));
        }
        return node;
    }

    static Tally fromJson(JsonNode node) {
        Map<Status, Long> results = new EnumMap<>(Status.class);
        for (Status status : Status.values()) {
            results.put(status, node.required("results").required(status.name()).longValue());
        }
        return new Tally(
                JsonRecord.text(node, "scenario"),
                results,
                JsonRecord.time(node, "first_at"),
                JsonRecord.time(node, "last_at"),
                Status.valueOf(JsonRecord.text(node, "last_status")));
    }
}
