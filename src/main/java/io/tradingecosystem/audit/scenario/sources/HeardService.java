package io.tradingecosystem.audit.scenario.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.common.DurationHistogram;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.verdicts.Gap;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What was heard of a service since it was heard first: its events, how late they came, what its
 * SDK says it dropped, and the losses that were reported of it. All of it follows from the log. For
 * one thread.
 */
public final class HeardService {
    private static final Duration CENTURY = Duration.ofDays(36_525);

    private final String service;
    private final DurationHistogram lateness = new DurationHistogram();
    private long events;
    private long ahead;
    private Optional<Times> times = Optional.empty();
    private Dropped dropped = Dropped.NOTHING;
    private long losses;
    private Optional<Gap> lastLoss = Optional.empty();
    private long position;

    /** A service of which nothing was heard. */
    public HeardService(String service) {
        this.service = service;
    }

    /**
     * When it was heard.
     *
     * @param first the earliest occurred_at
     * @param last the latest occurred_at
     * @param firstRecorded when its first event was recorded
     * @param lastRecorded when its last was
     */
    public record Times(Instant first, Instant last, Instant firstRecorded, Instant lastRecorded) {
        private static Times of(AuditEvent event) {
            Instant recorded = event.recordedAt();
            return new Times(event.occurredAt(), event.occurredAt(), recorded, recorded);
        }

        private Times and(AuditEvent event) {
            Instant at = event.occurredAt();
            return new Times(
                    at.isBefore(first) ? at : first,
                    at.isAfter(last) ? at : last,
                    firstRecorded,
                    event.recordedAt());
        }
    }

    /** Takes in an event of the service that is none of the correlator's own. */
    public void hear(AuditEvent event) {
        Duration late = late(event);
        events++;
        ahead += late.isNegative() ? 1 : 0;
        lateness.add(late);
        times = Optional.of(times.map(known -> known.and(event)).orElseGet(() -> Times.of(event)));
        dropped = dropped.and(Dropped.of(event));
        position = event.position();
    }

    /** A sender may say that something took any time; more than a century counts as one. */
    private static Duration late(AuditEvent event) {
        Duration took = event.duration();
        Duration bounded = took.compareTo(CENTURY) > 0 ? CENTURY : took;
        return Duration.between(event.occurredAt(), event.recordedAt())
                .minus(bounded.isNegative() ? Duration.ZERO : bounded);
    }

    /** Takes in word of a loss. */
    public void lose(Gap loss, long at) {
        losses++;
        lastLoss = Optional.of(loss);
        position = at;
    }

    public String service() {
        return service;
    }

    /** How many events of it the log has, but for those of the correlator's own types. */
    public long events() {
        return events;
    }

    /** When it was heard; empty if only losses were reported of it. */
    public Optional<Times> times() {
        return times;
    }

    /**
     * How long after what they tell of was over its events were recorded; see {@link
     * DurationHistogram}.
     *
     * @param permille so many of a thousand events were not later
     */
    public Optional<Duration> lateness(int permille) {
        return lateness.permille(permille);
    }

    /** How many events were recorded before they were over, by the clock of their sender. */
    public long ahead() {
        return ahead;
    }

    /** What its SDK says it dropped. */
    public Dropped dropped() {
        return dropped;
    }

    /** How often a loss was reported. */
    public long losses() {
        return losses;
    }

    /** The loss that was reported last. */
    public Optional<Gap> lastLoss() {
        return lastLoss;
    }

    /** Where in the log it was heard last. */
    public long position() {
        return position;
    }

    /** As it is kept. */
    public ObjectNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("service", service).put("events", events).put("ahead", ahead);
        node.put("losses", losses).put("position", position);
        ArrayNode classes = node.putArray("lateness");
        lateness.counts().forEach((number, count) -> classes.add(number).add(count));
        node.set("dropped", dropped.toJson());
        times.ifPresent(
                known ->
                        node.put("first", known.first().toString())
                                .put("last", known.last().toString())
                                .put("first_recorded", known.firstRecorded().toString())
                                .put("last_recorded", known.lastRecorded().toString()));
        lastLoss.ifPresent(
                loss ->
                        node.putObject("last_loss")
                                .put("from", loss.from().toString())
                                .put("to", loss.to().toString())
                                .put("reason", loss.reason()));
        return node;
    }

    /** Reads what {@link #toJson} wrote. */
    public static HeardService fromJson(JsonNode node) {
        HeardService heard = new HeardService(JsonRecord.text(node, "service"));
        heard.events = JsonRecord.number(node, "events");
        heard.ahead = JsonRecord.number(node, "ahead");
        heard.losses = JsonRecord.number(node, "losses");
        heard.position = JsonRecord.number(node, "position");
        JsonNode classes = node.required("lateness");
        for (int i = 0; i < classes.size(); i += 2) {
            heard.lateness.add(classes.get(i).intValue(), classes.get(i + 1).longValue());
        }
        heard.dropped = Dropped.fromJson(node.required("dropped"));
        heard.times = node.has("first") ? Optional.of(times(node)) : Optional.empty();
        heard.lastLoss = Optional.ofNullable(node.get("last_loss")).map(HeardService::loss);
        return heard;
    }

    private static Times times(JsonNode node) {
        return new Times(
                JsonRecord.time(node, "first"),
                JsonRecord.time(node, "last"),
                JsonRecord.time(node, "first_recorded"),
                JsonRecord.time(node, "last_recorded"));
    }

    private static Gap loss(JsonNode node) {
        return new Gap(
                JsonRecord.time(node, "from"),
                JsonRecord.time(node, "to"),
                JsonRecord.text(node, "reason"));
    }
}
