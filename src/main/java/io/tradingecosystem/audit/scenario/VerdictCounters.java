package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Author;

import java.time.Duration;

/** Numbers of the referee that go on over a restart. For one thread. */
final class VerdictCounters {
    /** The log's clock, in nanoseconds since the epoch. */
    long now;

    /** The latest recorded_at, which timers do not move, in nanoseconds since the epoch. */
    long recorded;

    /** The latest occurred_at, in nanoseconds since the epoch. */
    long occurred;

    /**
     * Windows that ended by then were over when the settings changed last, in nanoseconds since the
     * epoch.
     */
    long over = Long.MIN_VALUE;

    /** How many windows were opened. */
    long opened;

    /** How many windows are kept. */
    long windows;

    /** How many of these have no verdict yet. */
    long open;

    /** How many of these have no final verdict yet. */
    long unfinished;

    /** How many verdicts became final. */
    long finished;

    /** How many final ones were dropped to make room. */
    long evicted;

    /** How many windows that count for the verdict of a run became final. */
    long finishedMembers;

    /** How many of these were dropped to make room. */
    long evictedMembers;

    /** How many runs there were of which the end came first. */
    long earlyEnds;

    /** How many of these were dropped to make room. */
    long droppedEnds;

    /** Of how many runs whose verdicts were dropped is known that they were. */
    long markedRuns;

    /** Of how many that is not known any more. */
    long unmarkedRuns;

    /** How many windows were closed before their time to make room. */
    long closedEarly;

    /** How many late events came whose windows could not all be looked for. */
    long unsearched;

    /** How many events joins dropped to make room. */
    long dropped;

    /** How many closed windows the log has word of. */
    long toldClosed;

    /** How many dropped events the log has word of. */
    long toldDropped;

    /** How many verdicts were made. */
    long sequence;

    /** Up to where verdicts are in the log. */
    long published;

    /** Up to where watchers cannot go back any more. */
    long forgotten;

    /** How many events could not be worked on, and were left out. */
    long skipped;

    /** How many joins were opened. */
    long joins;

    /** How many events the correlator may have said, or somebody else. */
    long unproven;

    /** How many events somebody else said in the correlator's words, which nobody acts on. */
    long pretended;

    /** Whether these two are known from the start of the log. */
    boolean authorsCounted = true;

    /** Counts an event by who said it. */
    void note(AuditEvent event) {
        if (event.author() == Author.UNPROVEN) {
            unproven++;
        } else if (event.isPretended()) {
            pretended++;
        }
    }

    static VerdictCounters read(JsonNode node) {
        VerdictCounters counters = new VerdictCounters();
        counters.now = node.path("now").asLong();
        counters.recorded = node.path("recorded").asLong(counters.now);
        counters.occurred = node.path("occurred").asLong(counters.recorded);
        counters.over = node.path("over").asLong(Long.MIN_VALUE);
        counters.opened = node.path("opened").asLong();
        counters.windows = node.path("windows").asLong();
        counters.open = node.path("open").asLong();
        counters.unfinished = node.path("unfinished").asLong();
        counters.finished = node.path("finished").asLong();
        counters.evicted = node.path("evicted").asLong();
        counters.finishedMembers = node.path("finished_members").asLong();
        counters.evictedMembers = node.path("evicted_members").asLong();
        counters.earlyEnds = node.path("early_ends").asLong();
        counters.droppedEnds = node.path("dropped_ends").asLong();
        counters.markedRuns = node.path("marked_runs").asLong();
        counters.unmarkedRuns = node.path("unmarked_runs").asLong();
        counters.unsearched = node.path("unsearched").asLong();
        counters.closedEarly = node.path("closed_early").asLong();
        counters.dropped = node.path("dropped").asLong();
        counters.toldClosed = node.path("told_closed").asLong();
        counters.toldDropped = node.path("told_dropped").asLong();
        counters.sequence = node.path("sequence").asLong();
        counters.published = node.path("published").asLong();
        counters.forgotten = node.path("forgotten").asLong();
        counters.skipped = node.path("skipped").asLong();
        counters.joins = node.path("joins").asLong();
        counters.unproven = node.path("unproven").asLong();
        counters.pretended = node.path("pretended").asLong();
        counters.authorsCounted = node.has("unproven");
        return counters;
    }

    /** Up to when windows must have ended to be over, in nanoseconds since the epoch. */
    long ended(Duration allowedLateness) {
        return Math.max(over, Nanos.plus(now, -Nanos.of(allowedLateness)));
    }

    /** Whether semantics 1 counted. */
    static boolean areOfOld(JsonNode node) {
        return !node.has("finished");
    }

    JsonNode toJson() {
        ObjectNode node = numbers();
        return authorsCounted ? node.put("unproven", unproven).put("pretended", pretended) : node;
    }

    private ObjectNode numbers() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("now", now)
                .put("recorded", recorded)
                .put("occurred", occurred)
                .put("over", over)
                .put("opened", opened)
                .put("windows", windows)
                .put("open", open)
                .put("unfinished", unfinished)
                .put("finished", finished)
                .put("evicted", evicted)
                .put("finished_members", finishedMembers)
                .put("evicted_members", evictedMembers)
                .put("early_ends", earlyEnds)
                .put("dropped_ends", droppedEnds)
                .put("marked_runs", markedRuns)
                .put("unmarked_runs", unmarkedRuns)
                .put("unsearched", unsearched)
                .put("closed_early", closedEarly)
                .put("dropped", dropped)
                .put("told_closed", toldClosed)
                .put("told_dropped", toldDropped)
                .put("sequence", sequence)
                .put("published", published)
                .put("forgotten", forgotten)
                .put("skipped", skipped)
                .put("joins", joins);
    }
}
