package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.matching.IntervalJoin;
import io.tradingecosystem.audit.matching.JoinHash;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.matching.Joins;
import io.tradingecosystem.audit.matching.LateSearch;
import io.tradingecosystem.audit.scenario.expectations.BoundExpectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Marker;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.WindowRecord.Standing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings an event into the joins of the parts that it fits, finds the windows whose answer it may
 * change, and opens a window where it is a trigger. For the one thread that judges.
 */
final class EventMatcher {
    /** So many windows are looked for when an event comes later than joins keep. */
    private static final int MAX_LATE = 1_000;

    /** So many events of a part are looked through for alerts when a window opens. */
    private static final int MAX_ALERTS = 100;

    private final VerdictStoreWriter writer;
    private final Expectations expectations;
    private final Joins joins;
    private Lookup lookup;
    private final Gaps gaps;
    private final RunVerdicts runs;
    private Tolerances tolerances;
    private AffectedWindows affected;
    private RacedWindows raced;
    private final UnexplainedAlerts suspects;
    private final UnsearchedEvents unsearched;

    EventMatcher(
            VerdictStoreWriter writer,
            Expectations expectations,
            Joins joins,
            Lookup lookup,
            Gaps gaps,
            RunVerdicts runs,
            Tolerances tolerances,
            AlertPolicy alerts) {
        this.writer = writer;
        this.expectations = expectations;
        this.joins = joins;
        this.lookup = lookup;
        this.gaps = gaps;
        this.runs = runs;
        this.tolerances = tolerances;
        this.affected = new AffectedWindows(tolerances);
        this.raced = new RacedWindows(gaps, tolerances);
        this.suspects = new UnexplainedAlerts(writer, alerts);
        this.unsearched = new UnsearchedEvents(writer);
    }

    /** By these windows are found from here on. */
    void decide(Tolerances decided, Lookup decidedLookup) {
        lookup = decidedLookup;
        tolerances = decided;
        affected = new AffectedWindows(decided);
        raced = new RacedWindows(gaps, decided);
    }

    /**
     * Takes in an event.
     *
     * @param clock up to when windows fell due before it came, in nanoseconds
     * @param touched is told the verdict ids of windows that are to be judged
     */
    void match(AuditEvent event, long clock, Consumer<String> touched) {
        List<SoughtSide> sought = expectations.soughtBy(event);
        List<Watched> triggered = expectations.triggeredBy(event);
        if (sought.isEmpty() && triggered.isEmpty()) {
            suspects.consider(event, false);
            return;
        }
        JoinedEvent joined = JoinedEvent.of(event);
        boolean expected = false;
        for (SoughtSide each : sought) {
            if (each.pattern().matches(event)) {
                expected |= take(each, event, joined, clock, touched);
            }
        }
        for (Watched watched : triggered) {
            if (watched.expectation().trigger().matches(event)) {
                open(watched, event, joined, clock, touched);
            }
        }
        suspects.consider(event, expected);
    }

    /** Whether a window waits for the event. */
    private boolean take(
            SoughtSide sought,
            AuditEvent event,
            JoinedEvent joined,
            long clock,
            Consumer<String> touched) {
        Optional<JoinHash> key = sought.key(event);
        if (key.isEmpty()) {
            return false;
        }
        boolean kept = sought.side().events().isComplete(joined.at(), joined.at());
        joins.addEffect(sought.side(), key.get(), joined, writer.counters().now);
        boolean awaited = false;
        for (Sought each : kept ? affected.concerned(sought, key.get(), joined) : sought.all()) {
            race(each, key.get(), joined, clock, touched);
            boolean waits =
                    (kept && each.join().effects().isOwn(joined.at()))
                            ? take(each, key.get(), event, joined, touched)
                            : late(each, event, touched);
            // A marker is looked for, but nothing expects it.
            awaited |= waits && !(each.wanted() instanceof Marker);
        }
        return awaited;
    }

    private boolean take(
            Sought sought,
            JoinHash key,
            AuditEvent event,
            JoinedEvent joined,
            Consumer<String> touched) {
        affected.visit(sought, key, joined, ended(), trigger -> touch(sought, trigger, touched));
        boolean awaited = suspects.isAlert(event) && affected.isAwaited(sought, key, joined);
        // Triggers that occurred before the join had all of them are not in it.
        return affected.knowsAll(sought, joined)
                ? awaited
                : late(sought, event, touched) || awaited;
    }

    /** What a window that is gone counted as cannot be amended, and its run says so. */
    private void touch(Sought sought, JoinedEvent trigger, Consumer<String> touched) {
        String id = verdictId(sought, trigger);
        if (isGone(sought, id)) {
            lookup.byId(trigger.id())
                    .ifPresent(event -> runs.missed(sought.watched().expectation(), event));
        }
        touched.accept(id);
    }

    private boolean isGone(Sought sought, String verdictId) {
        return writer.counters().evictedMembers > 0
                && sought.watched().expectation().run().isPresent()
                && writer.window(verdictId).isEmpty();
    }

    /** Has windows judged once more that fell due after the event was recorded. */
    private void race(
            Sought sought, JoinHash key, JoinedEvent joined, long clock, Consumer<String> touched) {
        raced.visit(
                sought.join(),
                key,
                sought.wanted(),
                joined,
                clock,
                trigger -> {
                    String verdictId = verdictId(sought, trigger);
                    if (fellDue(verdictId, joined.recordedAt(), clock)) {
                        touched.accept(verdictId);
                    }
                });
    }

    /** Whether a window was due last in a time; when it would be by now is another matter. */
    private boolean fellDue(String verdictId, long from, long to) {
        return writer.window(verdictId)
                .flatMap(Window::fellDue)
                .map(Times::toEpochNanos)
                .filter(due -> due >= from && due <= to)
                .isPresent();
    }

    private static String verdictId(Sought sought, JoinedEvent trigger) {
        return Occurrence.verdictId(sought.watched().expectation().name(), trigger.id());
    }

    private long ended() {
        return writer.counters().ended(tolerances.allowedLateness());
    }

    private boolean late(Sought sought, AuditEvent event, Consumer<String> touched) {
        Expectation expectation = sought.watched().expectation();
        LateSearch.Found found =
                lookup.triggers(expectation, sought.wanted(), event, event.position(), MAX_LATE);
        List<AuditEvent> triggers = found.events();
        triggers.forEach(trigger -> touch(sought, JoinedEvent.of(trigger), touched));
        if (!found.complete() || triggers.size() == MAX_LATE) {
            unsearched.add(expectation, sought.wanted(), event, found, lookup.clockSkew());
        }
        return !triggers.isEmpty();
    }

    private void open(
            Watched watched,
            AuditEvent trigger,
            JoinedEvent joined,
            long clock,
            Consumer<String> touched) {
        Expectation expectation = watched.expectation();
        Occurrence occurrence =
                new Occurrence(
                        Occurrence.verdictId(expectation.name(), trigger.id()),
                        joined,
                        trigger.position(),
                        trigger.scenarioId(),
                        BoundExpectation.values(expectation, trigger));
        if (expectation.parts().isEmpty()) {
            runs.occurred(expectation, occurrence);
            return;
        }
        if (lookup.mayRepeatIds() && writer.window(occurrence.verdictId()).isPresent()) {
            return;
        }
        List<Optional<JoinHash>> keys = new ArrayList<>();
        for (Part part : expectation.parts()) {
            Optional<JoinHash> key = JoinHash.ofCause(part.join(), trigger);
            int number = keys.size();
            IntervalJoin join = watched.joins().get(number);
            key.ifPresent(
                    hash -> {
                        joins.addTrigger(join, hash, joined, writer.counters().now);
                        race(new Sought(watched, number), hash, joined, clock, touched);
                    });
            keys.add(key);
        }
        var bound = BoundExpectation.of(expectation, occurrence.values());
        Verdict pending = Judge.pending(bound.expectation(), occurrence);
        writer.open(
                new Window(
                        0,
                        WindowRole.of(expectation),
                        expectation.name(),
                        expectation.version(),
                        watched.firstJoin(),
                        occurrence,
                        keys,
                        Standing.of(pending),
                        KeptVerdict.of(pending),
                        Optional.empty(),
                        Optional.empty()));
        touched.accept(occurrence.verdictId());
        clearAlerts(watched, keys, joined);
    }

    /** Alerts that came before their trigger have been explained by it. */
    private void clearAlerts(Watched watched, List<Optional<JoinHash>> keys, JoinedEvent trigger) {
        for (int part = 0; part < keys.size(); part++) {
            Part wanted = watched.expectation().parts().get(part);
            if (keys.get(part).isPresent() && !(wanted instanceof Marker)) {
                long within = wanted.within().toNanos();
                affected.visitEffects(
                        watched.joins().get(part),
                        keys.get(part).get(),
                        trigger,
                        within,
                        MAX_ALERTS,
                        suspects::clear);
            }
        }
    }
}
