package io.tradingecosystem.audit.scenario.verdicts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How often something was exercised, and with what result. Immutable.
 *
 * @param scenario the kind of chaos run it was counted for last
 * @param results how many occurrences stand at each status now
 * @param firstAt the first trigger that was counted, by event time
 * @param lastAt the last trigger, by event time
 * @param lastStatus what the occurrence counted last stands at
 * @param kept of how many occurrences the verdicts are still there
 * @param complete how many occurrences were judged on complete evidence, as {@link Completeness}
 *     has it; empty where a version before began to count
 */
public record Tally(
        String scenario,
        Map<Status, Long> results,
        Instant firstAt,
        Instant lastAt,
        Status lastStatus,
        long kept,
        OptionalLong complete) {

    public Tally {
        Map<Status, Long> counts = new EnumMap<>(Status.class);
        counts.putAll(results);
        results = Collections.unmodifiableMap(counts);
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

    /**
     * What an occurrence stood at.
     *
     * @param complete whether it was judged on complete evidence
     */
    public record Stood(Status status, boolean complete) {}

    /** How many occurrences were judged on complete evidence; empty where that was not counted. */
    public Optional<Completeness> evidence() {
        return complete.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Completeness(complete.getAsLong(), total() - count(Status.PENDING)));
    }

    /** Counts an occurrence, or that it stands at something else now. */
    public static Tally count(Optional<Tally> tally, Verdict now, Optional<Stood> before) {
        Map<Status, Long> results = new EnumMap<>(Status.class);
        tally.ifPresent(t -> results.putAll(t.results()));
        before.ifPresent(stood -> results.merge(stood.status(), -1L, Long::sum));
        results.merge(now.status(), 1L, Long::sum);
        Instant first =
                tally.map(Tally::firstAt)
                        .filter(at -> at.isBefore(now.triggeredAt()))
                        .orElse(now.triggeredAt());
        Instant last =
                tally.map(Tally::lastAt)
                        .filter(at -> at.isAfter(now.triggeredAt()))
                        .orElse(now.triggeredAt());
        long kept = tally.map(Tally::kept).orElse(0L) + (before.isEmpty() ? 1 : 0);
        OptionalLong complete = complete(tally, now, before);
        return new Tally(now.scenario(), results, first, last, now.status(), kept, complete);
    }

    private static OptionalLong complete(
            Optional<Tally> tally, Verdict now, Optional<Stood> before) {
        OptionalLong known = tally.map(Tally::complete).orElse(OptionalLong.of(0));
        int more = Completeness.isComplete(now) ? 1 : 0;
        int less = before.filter(Stood::complete).isPresent() ? 1 : 0;
        return known.isEmpty() ? known : OptionalLong.of(known.getAsLong() + more - less);
    }

    /**
     * The same when the verdict of an occurrence is not kept any more: its result still counts.
     * Empty when none is kept.
     */
    public Optional<Tally> withoutOne() {
        return kept <= 1
                ? Optional.empty()
                : Optional.of(
                        new Tally(
                                scenario,
                                results,
                                firstAt,
                                lastAt,
                                lastStatus,
                                kept - 1,
                                complete));
    }

    /** As JSON, with every status. */
    public ObjectNode toJson() {
        ObjectNode node =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("scenario", scenario)
                        .put("total", total())
                        .put("kept", kept)
                        .put("first_at", firstAt.toString())
                        .put("last_at", lastAt.toString())
                        .put("last_status", lastStatus.name());
        ObjectNode counts = node.putObject("results");
        for (Status status : Status.values()) {
            counts.put(status.name(), count(status));
        }
        evidence().ifPresent(evidence -> node.set("evidence", evidence.toJson()));
        return node;
    }

    /** Reads what {@link #toJson} wrote. */
    public static Tally fromJson(JsonNode node) {
        Map<Status, Long> results = new EnumMap<>(Status.class);
        for (Status status : Status.values()) {
            results.put(status, node.required("results").required(status.name()).longValue());
        }
        return new Tally(
                JsonRecord.text(node, "scenario"),
                results,
                JsonRecord.time(node, "first_at"),
                JsonRecord.time(node, "last_at"),
                Status.valueOf(JsonRecord.text(node, "last_status")),
                node.path("kept").asLong(results.values().stream().mapToLong(n -> n).sum()),
                node.has("evidence")
                        ? OptionalLong.of(node.get("evidence").required("complete").longValue())
                        : OptionalLong.empty());
    }
}
