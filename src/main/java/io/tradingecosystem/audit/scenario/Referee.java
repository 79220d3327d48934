package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.matching.Joins;
import io.tradingecosystem.audit.projection.DecisionEvents;
import io.tradingecosystem.audit.projection.DecisionsInForce;
import io.tradingecosystem.audit.scenario.VerdictTimers.Timer;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.Projection;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes events in the order of the log and judges. Its clock is the log's: an event moves it to its
 * recorded_at, a timer to the time it was set for, so that the same log gives the same verdicts
 * whenever, and in whatever portions, it is read. What it changes is to be committed. For one
 * thread.
 */
final class Referee {
    /**
     * How events become verdicts, as a number that goes up when the same events would give others.
     */
    static final int SEMANTICS = 2;

    private static final EventLogger LOG = EventLogger.of(Referee.class);

    /** How far the order in which triggers are told may be from that in which they occurred. */
    private static final Duration DISORDER = Duration.ofDays(1);

    private final VerdictStoreWriter writer;
    private final DecisionsInForce decisions;
    private final Joins joins;
    private final EventIndex index;
    private final VerdictSettings own;
    private final Expectations expectations;
    private final Gaps gaps;
    private final EventMatcher matcher;
    private final Set<String> touched = new TreeSet<>();
    private VerdictSettings settings;
    private Lookup lookup;
    private Instant now;
    private Instant horizon = Instant.MAX;

    private Referee(
            Projection projection, EventIndex index, VerdictSettings own, AlertPolicy alerts) {
        this.index = index;
        this.own = own;
        this.writer = VerdictStoreWriter.of(projection, own.bounds().maxVerdicts());
        this.decisions = new DecisionsInForce(VerdictSettings.KIND, writer.transaction());
        this.settings = inForce();
        writer.maxVerdicts(settings.bounds().maxVerdicts());
        this.now = Times.ofEpochNanos(writer.counters().now);
        this.joins =
                new Joins(
                        writer.transaction(),
                        'B',
                        'C',
                        settings.bounds().maxHeld(),
                        own.bounds().maxCached());
        joins.evicted(writer.counters().dropped);
        joins.expire(writer.counters().now);
        this.expectations = new Expectations(writer, joins, settings.tolerances());
        this.gaps = new Gaps(writer);
        this.lookup = decidedLookup();
        this.matcher =
                new EventMatcher(
                        writer,
                        expectations,
                        joins,
                        lookup,
                        gaps::all,
                        settings.tolerances(),
                        alerts);
        writer.beforeCommit(this::flush);
    }

    /**
     * Goes on where the projection stopped.
     *
     * @param tolerances by which to judge for as long as the log says nothing else
     * @param bounds the same
     */
    static Referee of(
            Projection projection, EventIndex index, Tolerances tolerances, VerdictBounds bounds) {
        return of(projection, index, tolerances, bounds, AlertPolicy.DEFAULT);
    }

    /** The same with other alerts. */
    static Referee of(
            Projection projection,
            EventIndex index,
            Tolerances tolerances,
            VerdictBounds bounds,
            AlertPolicy alerts) {
        return new Referee(projection, index, new VerdictSettings(tolerances, bounds), alerts);
    }

    private VerdictSettings inForce() {
        return decisions
                .settings()
                .flatMap(said -> VerdictSettings.read(said, own.tolerances(), own.bounds()))
                .orElse(own);
    }

    /** Judges by what the log says; windows that are open already are, when they are due next. */
    private void decide() {
        VerdictSettings said = inForce();
        if (said.equals(settings)) {
            return;
        }
        settings = said;
        writer.maxVerdicts(settings.bounds().maxVerdicts());
        joins.maxHeld(settings.bounds().maxHeld(), writer.counters().now);
        expectations.decide(settings.tolerances());
        lookup = decidedLookup();
        matcher.decide(settings.tolerances(), lookup);
    }

    private Lookup decidedLookup() {
        return new Lookup(
                index, joins, settings.tolerances().clockSkew(), settings.bounds().searchBudget());
    }

    /** Takes over by what was judged before the log begins. */
    void inherit(DecisionsInForce others, long first) {
        decisions.inherit(others, first);
        decide();
    }

    private void flush() {
        writer.counters().dropped = joins.evicted();
        joins.flush();
    }

    /** Commits what has changed, and the position. */
    void commit() {
        lookup.refresh();
        writer.commit();
        joins.committed();
    }

    VerdictStoreWriter writer() {
        return writer;
    }

    /** By what is judged, as the log says. */
    DecisionsInForce decisions() {
        return decisions;
    }

    Expectations expectations() {
        return expectations;
    }

    /** How many events joins keep. */
    long held() {
        return joins.held();
    }

    /**
     * Holds no time to be over behind a moment until a gap that reaches beyond it has come: what
     * came before the word of it is not judged without it.
     */
    void hold(Instant absentSince) {
        horizon = absentSince;
    }

    /** The moment behind which no time is over yet; {@link Instant#MAX} if there is none. */
    Instant horizon() {
        return horizon;
    }

    /** Takes in one event, and judges what it touches. */
    void accept(AuditEvent event) {
        expire(timeBefore(event));
        long clock = writer.counters().now;
        advance(event.recordedAt());
        writer.counters().recorded =
                Math.max(writer.counters().recorded, Times.toEpochNanos(event.recordedAt()));
        joins.expire(writer.counters().now);
        expectations.expire(writer.counters().now);
        switch (event.type()) {
            case VerdictEvents.VERDICT -> {}
            case VerdictEvents.EXPECTATION -> expectations.define(event);
            case VerdictEvents.GAP -> lose(event);
            case DecisionEvents.SETTINGS, DecisionEvents.SEMANTICS -> decide(event);
            default -> matcher.match(event, clock, touched::add);
        }
        writer.position(event.position());
        for (String verdictId : touched) {
            judge(verdictId, Optional.of(event), Optional.empty());
        }
        touched.clear();
        closeEarly();
    }

    private void advance(Instant time) {
        now = Deadlines.later(now, time);
        writer.counters().now = Times.toEpochNanos(now);
    }

    /** Judges every window whose time was up by {@code time}. */
    void expire(Instant time) {
        Instant end = earlier(time, horizon);
        Optional<Timer> timer = writer.timers().first();
        while (timer.isPresent() && !timer.get().due().isAfter(end)) {
            advance(timer.get().due());
            judge(timer.get().verdictId(), Optional.empty(), Optional.empty());
            timer = writer.timers().first();
        }
    }

    /**
     * Judges every window that is open, or that was touched, as of a moment that may be the end of
     * all time.
     */
    void judgeAll(Instant asOf) {
        Instant end = Deadlines.later(now, asOf);
        Set<String> open = new TreeSet<>(writer.timers().waiting());
        open.addAll(touched);
        touched.clear();
        for (String verdictId : open) {
            judge(verdictId, Optional.empty(), Optional.of(end));
        }
        commit();
    }

    Optional<Instant> nextDue() {
        return writer.timers().first().map(Timer::due);
    }

    /** An absence counts from its start: what fell due in it is judged after it. */
    private static Instant timeBefore(AuditEvent event) {
        Instant before = event.recordedAt().minusNanos(1);
        return event.type().equals(VerdictEvents.GAP)
                ? VerdictEvents.gap(event)
                        .map(gap -> gap.from().isBefore(before) ? gap.from() : before)
                        .orElse(before)
                : before;
    }

    /** What fell due since the event was recorded is judged anew: it might have come before. */
    private void decide(AuditEvent event) {
        Tolerances before = settings.tolerances();
        decisions.accept(event);
        decide();
        if (!settings.tolerances().equals(before)) {
            touchDue(event.recordedAt(), before);
        }
    }

    private void touchDue(Instant from, Tolerances before) {
        Instant earliest =
                from.minus(expectations.longest()).minus(before.allowedLateness()).minus(DISORDER);
        writer.latest(
                window -> {
                    if (fellDue(window, from, before)) {
                        touched.add(window.verdictId());
                    }
                    return window.occurrence().recordedAt().isAfter(earliest);
                });
    }

    private boolean fellDue(Window window, Instant from, Tolerances before) {
        Deadlines deadlines = new Deadlines(window.occurrence(), gaps.all(), before);
        return expectations
                .version(window.expectation(), window.expectationVersion())
                .flatMap(expectation -> deadlines.next(expectation, from.minusNanos(1)))
                .filter(due -> !due.isAfter(now))
                .isPresent();
    }

    private void lose(AuditEvent event) {
        Optional<Gap> lost = VerdictEvents.gap(event);
        // Nothing that it touches is judged before a loss is over: one without end stops it all.
        Instant last = event.recordedAt().plus(DISORDER);
        if (lost.filter(gap -> !gap.to().isAfter(last)).isEmpty()) {
            LOG.warn("gap.refused", "event", event.id(), "reason", "no from and to in the past");
            return;
        }
        Gap gap = lost.get();
        if (!gap.from().isAfter(horizon) && !gap.to().isBefore(horizon)) {
            horizon = Instant.MAX;
        }
        inherit(gap);
    }

    /** Takes a loss into account, also one whose event is no longer in the log. */
    void inherit(Gap gap) {
        if (gaps.add(gap)) {
            touchOver(gaps.around(gap));
        }
    }

    /** Word of a loss may come when windows that it touches are over; the others are judged yet. */
    private void touchOver(Gap gap) {
        Duration max = expectations.longest().plus(settings.tolerances().allowedLateness());
        // A window is also open for as long after the word of its trigger.
        Instant earliest = gap.from().minus(max).minus(DISORDER);
        writer.latest(
                window -> {
                    Occurrence occurrence = window.occurrence();
                    Instant begin = Deadlines.later(occurrence.at(), occurrence.recordedAt());
                    if (gap.overlaps(occurrence.at(), begin.plus(max))) {
                        touched.add(occurrence.verdictId());
                    }
                    return occurrence.recordedAt().isAfter(earliest);
                });
    }

    /**
     * Judges a window.
     *
     * @param cause the event because of which it is judged
     * @param end as of this moment; absent means now
     */
    private void judge(String verdictId, Optional<AuditEvent> cause, Optional<Instant> end) {
        Optional<Window> found = writer.window(verdictId);
        if (found.isEmpty()) {
            return;
        }
        Window window = found.get();
        Window after =
                expectations
                        .version(window.expectation(), window.expectationVersion())
                        .map(expectation -> judged(window, expectation, cause, end))
                        .orElseGet(() -> notUnderstood(window));
        if (!after.saysTheSameAs(window)) {
            writer.replace(window, after);
        }
    }

    private Window notUnderstood(Window window) {
        return window.judged(
                Amendment.notUnderstood(writer.verdict(window)), false, Optional.empty());
    }

    private Window judged(
            Window window,
            Expectation expectation,
            Optional<AuditEvent> cause,
            Optional<Instant> end) {
        Instant asOf = end.orElse(earlier(now, horizon));
        Deadlines deadlines = new Deadlines(window.occurrence(), gaps.all(), settings.tolerances());
        Optional<Instant> due = deadlines.next(expectation, asOf);
        return cause.isEmpty() && isSettled(window, expectation)
                ? window.due(window.standing().isFinal() || due.isEmpty(), due)
                : judged(window, expectation, deadlines, cause, asOf, due);
    }

    /** What passed without a limit above has passed whatever the time, if nothing came since. */
    private static boolean isSettled(Window window, Expectation expectation) {
        return window.standing().status() == Status.PASSED
                && !window.standing().stale()
                && expectation.effects().stream()
                        .allMatch(each -> each.max().isEmpty() && each.after().isEmpty())
                && expectation.forbidden().isEmpty()
                && expectation.slas().isEmpty();
    }

    private Window judged(
            Window window,
            Expectation expectation,
            Deadlines deadlines,
            Optional<AuditEvent> cause,
            Instant asOf,
            Optional<Instant> due) {
        Verdict verdict =
                Judge.judge(
                        expectation,
                        lookup.events(window, expectation, writer.position()),
                        deadlines,
                        lookup.otherKeys(window, expectation, writer.position()),
                        asOf);
        Amendment amended = Amendment.of(window, () -> writer.verdict(window), verdict, cause);
        return window.judged(amended.verdict(), amended.stale(), due);
    }

    /** Of more windows than may be open, those that are due first are closed. */
    private void closeEarly() {
        while (writer.counters().unfinished > settings.bounds().maxOpen()) {
            Optional<Window> first =
                    writer.timers().near().map(Timer::verdictId).flatMap(writer::window);
            if (first.isEmpty()) {
                return;
            }
            Window window = first.get();
            writer.counters().closedEarly++;
            writer.replace(
                    window,
                    window.judged(
                            Amendment.closed(writer.verdict(window), settings.bounds().maxOpen()),
                            false,
                            Optional.empty()));
        }
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
