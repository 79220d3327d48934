package io.tradingecosystem.audit.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.projection.DecisionsInForce;
import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.projection.Replay;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictJson;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.store.Store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Judges a stored log anew and compares the final verdicts with those that were made when it came
 * in: the latest version for each occurrence, as JSON, byte for byte. What is left out is how many
 * versions it took and when the last was made. Those depend on which came first, a timer or an
 * event that was on its way to the disk when it fell due; the evidence in the end does not.
 */
public final class VerdictReplay {
    private final Replay replay;
    private final Store store;
    private final VerdictStoreReader before;
    private final VerdictStoreReader now;
    private final Referee referee;
    private final long evicted;

    private VerdictReplay(Store store, Tolerances tolerances, VerdictBounds bounds) {
        this.replay = new Replay(store, VerdictService.PROJECTION);
        this.store = store;
        this.before = new VerdictStoreReader(replay.live(), store.index());
        this.now = new VerdictStoreReader(replay.anew(), store.index());
        this.referee =
                Referee.of(replay.anew(), store.index(), tolerances, bounds.keepingAllVerdicts());
        this.evicted = live().counters().evicted;
    }

    private VerdictStoreWriter live() {
        return VerdictStoreWriter.of(replay.live(), Long.MAX_VALUE);
    }

    /**
     * Judges anew, up to where the live verdicts stand, and compares; what had no verdict yet when
     * the service stopped is not counted.
     *
     * @param tolerances for as long as the log says nothing else; then they must be the same as
     *     those of the live verdicts, or there will be differences
     */
    public static Replay.Outcome compare(Store store, Tolerances tolerances) {
        return compare(store, tolerances, VerdictBounds.DEFAULT);
    }

    /**
     * The same.
     *
     * @param bounds for as long as the log says nothing else; all verdicts are kept
     */
    public static Replay.Outcome compare(Store store, Tolerances tolerances, VerdictBounds bounds) {
        VerdictReplay rejudging = new VerdictReplay(store, tolerances, bounds);
        rejudging.inherit();
        rejudging.judge();
        rejudging.compare();
        return rejudging.replay.outcome();
    }

    /** Takes over what was in force, or lost, before the log begins. */
    private void inherit() {
        VerdictStoreWriter live = live();
        referee.inherit(
                new DecisionsInForce(VerdictSettings.KIND, live.transaction()),
                store.log().firstPosition());
        Map<String, Window> earliest = new TreeMap<>();
        live.latest(
                window -> {
                    if (isThere(window.occurrence().triggerId())) {
                        earliest.put(window.expectation(), window);
                    }
                    return true;
                });
        earliest.values().stream()
                .flatMap(window -> stored(window).stream())
                .filter(definition -> !isThere(definition.eventId()))
                .forEach(referee.expectations()::put);
        store.log().read(store.log().firstPosition() - 1, 1).stream()
                .map(AuditEvent::recordedAt)
                .forEach(
                        begin ->
                                new Gaps(live)
                                        .all().stream()
                                                .filter(gap -> gap.to().isBefore(begin))
                                                .forEach(referee::inherit));
    }

    private Optional<Definition<Expectation>> stored(Window window) {
        return replay.live()
                .get(VerdictKeys.definition(window.expectation(), window.expectationVersion()))
                .map(JsonRecord::read)
                .flatMap(Expectations::recall);
    }

    private boolean isThere(String eventId) {
        return store.index().byId(eventId).isPresent();
    }

    private void judge() {
        replay.walk(
                events -> {
                    events.forEach(referee::accept);
                    referee.commit();
                    referee.writer().takeMade();
                });
        // What fell due by the clock alone, until we were last alive.
        Absences.lastAlive(replay.live()).ifPresent(referee::expire);
        referee.commit();
    }

    private void compare() {
        for (Verdict old : before.all()) {
            Optional<Verdict> again = now.verdict(old.id());
            Optional<AuditEvent> trigger = store.index().byId(old.triggerId());
            if (trigger.isEmpty()) {
                replay.beyond();
            } else if (!isComparable(trigger.get())) {
                replay.notComparable(old.status() == Status.PENDING ? 0 : 1);
            } else if (again.isEmpty()) {
                note(old, "is not judged any more");
            } else if (old.status() != Status.PENDING) {
                compare(old, again.get());
            }
        }
        now.all().stream()
                .filter(again -> before.verdict(again.id()).isEmpty())
                .forEach(this::added);
    }

    /** What was not kept live, or began before the log, tells nothing of what was judged. */
    private void added(Verdict again) {
        if (evicted > 0 || isShortened()) {
            replay.notComparable(again.status() == Status.PENDING ? 0 : 1);
        } else {
            note(again, "was not judged before");
        }
    }

    /** A window that was open at an upgrade is not: it was watched by semantics that are gone. */
    private boolean isComparable(AuditEvent trigger) {
        return referee.decisions().isComparable(trigger.position());
    }

    private void compare(Verdict old, Verdict again) {
        boolean same = inTheEnd(old).equals(inTheEnd(again));
        if (!same && mayHangOnWhatWasRemoved(old, again)) {
            replay.notComparable(1);
            return;
        }
        replay.compared(1);
        if (!same) {
            note(old, "was " + inTheEnd(old) + ", is " + inTheEnd(again));
        }
    }

    /**
     * Signs of life, and what was measured in a run, may have been recorded long before the trigger
     * that is still there; of a trigger that came late the verdict tells.
     */
    private boolean mayHangOnWhatWasRemoved(Verdict old, Verdict again) {
        return isShortened() && (saysSo(old) || saysSo(again) || hangsOnMore(old));
    }

    private static boolean saysSo(Verdict verdict) {
        return verdict.findings().stream()
                .anyMatch(each -> each.reason().contains(Bound.RETENTION.name()));
    }

    private boolean hangsOnMore(Verdict verdict) {
        return referee.expectations()
                .version(verdict.expectation(), verdict.expectationVersion())
                .filter(each -> !each.sources().isEmpty() || each.run().isPresent())
                .isPresent();
    }

    private boolean isShortened() {
        return store.log().firstPosition() > 1;
    }

    /** What a verdict says in the end. */
    private static String inTheEnd(Verdict verdict) {
        ObjectNode json = VerdictJson.write(verdict);
        json.remove(List.of("version", "final", "late_by", "decided_at"));
        return json.toString();
    }

    private void note(Verdict verdict, String what) {
        replay.differs(verdict.expectation() + " on " + verdict.triggerId() + " " + what);
    }
}
