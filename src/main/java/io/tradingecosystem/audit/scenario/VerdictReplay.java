package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.scenario.expectations.ExpectationsInForce.Definition;
import io.tradingecosystem.audit.scenario.verdicts.DefinitionJson;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictJson;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Projection;
import io.tradingecosystem.audit.store.Projections;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges a stored log anew and compares the final verdicts with those that were made when it came
 * in: the latest version for each occurrence, as JSON, byte for byte. What is left out is how many
 * versions it took and when the last was made. Those depend on which came first, a timer or an
 * event that was on its way to the disk when it fell due; the evidence in the end does not.
 */
public final class VerdictReplay {
    private static final int BATCH = 1_000;
    private static final int MAX_NAMED = 20;
    private static final long MAX_WINDOWS = Long.MAX_VALUE / 4;

    private final EventLog log;
    private final Projection live;
    private final VerdictStoreReader before;
    private final Projection scratch;
    private final VerdictStoreReader now;
    private final Referee referee;
    private final List<String> differences = new ArrayList<>();
    private long verdicts;
    private long open;
    private long beyond;
    private long different;

    private VerdictReplay(
            EventLog log, EventIndex index, Projections projections, Tolerances tolerances) {
        this.log = log;
        this.live = projections.projection("scenario");
        this.before = new VerdictStoreReader(live, index);
        this.scratch = MemoryStore.create(() -> Instant.EPOCH, Set.of()).projection("scenario");
        this.now = new VerdictStoreReader(scratch, index);
        this.referee = Referee.of(scratch, index, tolerances, MAX_WINDOWS);
        inherit(index);
    }

    /** Takes over what was in force, or lost, before the log begins. */
    private void inherit(EventIndex index) {
        Set<String> seen = new HashSet<>();
        VerdictStoreWriter.of(live, MAX_WINDOWS)
                .oldest(
                        window -> {
                            String trigger = window.occurrence().triggerId();
                            if (!seen.contains(window.expectation())
                                    && index.byId(trigger).isPresent()) {
                                seen.add(window.expectation());
                                stored(window)
                                        .filter(d -> index.byId(d.eventId()).isEmpty())
                                        .ifPresent(referee::inherit);
                            }
                        });
        log.read(log.firstPosition() - 1, 1).stream()
                .map(AuditEvent::recordedAt)
                .forEach(
                        begin ->
                                DefinitionJson.gaps(live).stream()
                                        .filter(gap -> gap.to().isBefore(begin))
                                        .forEach(referee::inherit));
    }

    private Optional<Definition> stored(Window window) {
        return live.get(VerdictKeys.definition(window.expectation(), window.expectationVersion()))
                .map(JsonRecord::read)
                .map(DefinitionJson::definition);
    }

    /**
     * The outcome.
     *
     * @param position the event up to which both were compared
     * @param verdicts how many occurrences were compared
     * @param open how many had no verdict yet when the service stopped
     * @param beyond how many could not be, because their trigger left the log or they were dropped
     * @param different how many have another verdict now
     * @param differences the first few of them in words
     */
    public record Outcome(
            long position,
            long verdicts,
            long open,
            long beyond,
            long different,
            List<String> differences) {
        public Outcome {
            differences = List.copyOf(differences);
        }
    }

    /**
     * Judges anew, up to where the live verdicts stand, and compares.
     *
     * @param tolerances the same as those of the live verdicts, or there will be differences
     */
    public static Outcome compare(
            EventLog log, EventIndex index, Projections projections, Tolerances tolerances) {
        VerdictReplay rejudging = new VerdictReplay(log, index, projections, tolerances);
        rejudging.judge();
        rejudging.compare(index);
        return new Outcome(
                rejudging.live.position(),
                rejudging.verdicts,
                rejudging.open,
                rejudging.beyond,
                rejudging.different,
                rejudging.differences);
    }

    private void judge() {
        long last = live.position();
        long position = Math.max(0, log.firstPosition() - 1);
        List<AuditEvent> events = log.read(position, BATCH);
        while (!events.isEmpty() && position < last) {
            for (AuditEvent event : events) {
                if (event.position() <= last) {
                    referee.accept(event, true);
                }
            }
            position = events.getLast().position();
            events = log.read(position, BATCH);
        }
        // What fell due by the clock alone, until we were last alive.
        live.get(VerdictKeys.ALIVE)
                .map(alive -> JsonRecord.time(JsonRecord.read(alive), "at"))
                .ifPresent(referee::expire);
    }

    private void compare(EventIndex index) {
        for (Verdict old : all(before)) {
            boolean gone = index.byId(old.triggerId()).isEmpty();
            Optional<Verdict> again = now.verdict(old.id());
            if (gone) {
                beyond++;
            } else if (again.isEmpty()) {
                note(old, "is not judged any more");
            } else {
                compare(old, again.get());
            }
        }
        for (Verdict again : all(now)) {
            if (before.verdict(again.id()).isEmpty()) {
                beyond++;
            }
        }
    }

    private void compare(Verdict old, Verdict again) {
        if (old.status() == Status.PENDING) {
            open++;
            return;
        }
        verdicts++;
        if (!inTheEnd(old).equals(inTheEnd(again))) {
            note(old, "was " + inTheEnd(old) + ", is " + inTheEnd(again));
        }
    }

    /** What a verdict says in the end. */
    private static String inTheEnd(Verdict verdict) {
        ObjectNode json = VerdictJson.write(verdict);
        json.remove(List.of("version", "decided_at"));
        return json.toString();
    }

    private void note(Verdict verdict, String what) {
        different++;
        if (differences.size() < MAX_NAMED) {
            differences.add(verdict.expectation() + " on " + verdict.triggerId() + " " + what);
        }
    }

    private static List<Verdict> all(VerdictStoreReader reader) {
        List<Verdict> verdicts = new ArrayList<>();
        String token = "";
        do {
            VerdictStoreReader.Page page =
                    reader.verdicts(
                            new VerdictStoreReader.Question(
                                    "",
                                    "",
                                    Optional.empty(),
                                    VerdictStoreReader.MAX_ON_PAGE,
                                    token));
            verdicts.addAll(page.verdicts());
            token = page.nextPageToken();
        } while (!token.isEmpty());
        return verdicts;
    }
}
