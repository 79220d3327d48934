package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.matching.Joins;
import io.tradingecosystem.audit.projection.DecisionEvents;
import io.tradingecosystem.audit.projection.DecisionsInForce;
import io.tradingecosystem.audit.scenario.verdicts.DeadTime;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
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
     * How events become verdicts, as a number that goes up when the same events would give others:
     * 3 since values are compared by their key and names are resolved, 4 since nobody hears what a
     * door took in the correlator's words.
     */
    static final int SEMANTICS = 4;

    private static final EventLogger LOG = EventLogger.of(Referee.class);

    private final VerdictStoreWriter writer;
    private final SettingsInForce settings;
    private final LogClock clock;
    private final Joins joins;
    private final EventIndex index;
    private final Expectations expectations;
    private final Gaps gaps;
    private final Sources sources;
    private final HeardServices heard;
    private final TouchedWindows touched;
    private final RunVerdicts runs;
    private final EventMatcher matcher;
    private final WindowJudge judge;
    private final Evictions evictions;
    private Lookup lookup;

    private Referee(
            Projection projection, EventIndex index, VerdictSettings own, AlertPolicy alerts) {
        this.index = index;
        this.writer = VerdictStoreWriter.of(projection, own.bounds().maxVerdicts());
        this.settings = new SettingsInForce(writer.transaction(), own);
        writer.maxVerdicts(settings.bounds().maxVerdicts());
        this.clock = new LogClock(writer.counters());
        this.joins =
                new Joins(
                        writer.transaction(),
                        'B',
                        'C',
                        settings.bounds().maxHeld(),
                        own.bounds().maxCached());
        joins.evicted(writer.counters().dropped);
        joins.expire(clock.nanos());
        this.sources = new Sources(writer);
        this.heard = new HeardServices(writer);
        this.expectations = new Expectations(writer, joins, sources, settings.tolerances());
        this.gaps = new Gaps(writer);
        this.touched = new TouchedWindows(writer, expectations, gaps);
        this.lookup = decidedLookup();
        this.runs =
                new RunVerdicts(writer, expectations, gaps, sources, settings.settings(), index);
        this.matcher =
                new EventMatcher(
                        writer,
                        expectations,
                        joins,
                        lookup,
                        gaps,
                        runs,
                        settings.tolerances(),
                        alerts);
        this.judge =
                new WindowJudge(
                        writer, expectations, gaps, sources, runs, settings.tolerances(), lookup);
        this.evictions = new Evictions(writer, joins, expectations);
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

    /** Judges by what the log says; windows that are open already are, when they are due next. */
    private void decide() {
        if (!settings.refresh()) {
            return;
        }
        writer.maxVerdicts(settings.bounds().maxVerdicts());
        joins.maxHeld(settings.bounds().maxHeld(), clock.nanos());
        expectations.decide(settings.tolerances());
        lookup = decidedLookup();
        matcher.decide(settings.tolerances(), lookup);
        judge.decide(settings.tolerances(), lookup);
        runs.decide(settings.settings());
    }

    private Lookup decidedLookup() {
        return new Lookup(
                index, joins, settings.tolerances().clockSkew(), settings.bounds().searchBudget());
    }

    /** Takes over by what was judged before the log begins. */
    void inherit(DecisionsInForce others, long first) {
        decisions().inherit(others, first);
        decide();
    }

    private void flush() {
        writer.counters().dropped = joins.evicted();
        runs.flush();
        joins.flush();
        sources.flush();
        heard.flush();
    }

    /** Commits what has changed, and the position. */
    void commit() {
        lookup.refresh();
        writer.commit();
        joins.committed();
    }

    RunVerdicts runs() {
        return runs;
    }

    VerdictStoreWriter writer() {
        return writer;
    }

    /** By what is judged, as the log says. */
    DecisionsInForce decisions() {
        return settings.decisions();
    }

    Expectations expectations() {
        return expectations;
    }

    /** How many events joins keep. */
    long held() {
        return joins.held();
    }

    Evictions evictions() {
        return evictions;
    }

    /** How much is kept, as the log says. */
    VerdictBounds bounds() {
        return settings.bounds();
    }

    /** How far time is over. */
    LogClock clock() {
        return clock;
    }

    /** Takes in one event, and judges what it touches. */
    void accept(AuditEvent event) {
        expire(LogClock.before(event));
        long before = clock.nanos();
        clock.advanceTo(event);
        joins.expire(clock.nanos());
        expectations.expire(clock.nanos());
        writer.counters().note(event);
        if (!event.isPretended()) {
            heard.hear(event);
            hear(event, before);
        }
        writer.position(event.position());
        for (String verdictId : touched.take()) {
            judge.judge(verdictId, Optional.of(event), clock.over(clock.now()));
        }
        runs.judge(Optional.of(event), clock.over(clock.now()));
        evictions.closeEarly(settings.bounds().maxOpen());
        writer.makeRoom();
    }

    private void hear(AuditEvent event, long before) {
        switch (event.type()) {
            case VerdictEvents.VERDICT -> {}
            case VerdictEvents.EXPECTATION -> expectations.define(event);
            case VerdictEvents.GAP -> lose(event);
            case VerdictEvents.EVICTION -> evictions.hear(event);
            case DeadTime.TYPE -> sources.dead().hear(event).ifPresent(this::reconsider);
            case DecisionEvents.SETTINGS, DecisionEvents.SEMANTICS -> decide(event);
            default -> {
                listen(event);
                runs.hear(event);
                matcher.match(event, before, touched::add);
            }
        }
    }

    private void listen(AuditEvent event) {
        if (sources.hear(event, this::reach, touched::add)) {
            touched.addOver(Gap.before(Instant.MAX), settings.tolerances());
        }
    }

    /** How long windows are at most, and how far clocks may differ. */
    private Duration reach() {
        return expectations.longest().plus(settings.tolerances().clockSkew().max());
    }

    /** Judges every window whose time was up by {@code time}. */
    void expire(Instant time) {
        Instant end = clock.over(time);
        Optional<Timer> timer = writer.timers().first();
        while (timer.isPresent() && !timer.get().due().isAfter(end)) {
            clock.advance(timer.get().due());
            judge.judge(timer.get().verdictId(), Optional.empty(), clock.over(clock.now()));
            runs.judge(Optional.empty(), clock.over(clock.now()));
            writer.makeRoom();
            timer = writer.timers().first();
        }
    }

    /**
     * Judges every window that is open, or that was touched, as of a moment that may be the end of
     * all time.
     */
    void judgeAll(Instant asOf) {
        Instant end = Deadlines.later(clock.now(), asOf);
        Set<String> open = new TreeSet<>(writer.timers().waiting());
        open.addAll(touched.take());
        for (String verdictId : open) {
            judge.judge(verdictId, Optional.empty(), end);
        }
        runs.judge(Optional.empty(), end);
        writer.makeRoom();
        commit();
    }

    Optional<Instant> nextDue() {
        return writer.timers().first().map(Timer::due);
    }

    private void decide(AuditEvent event) {
        Tolerances before = settings.tolerances();
        int semantics = decisions().semantics();
        decisions().accept(event);
        decide();
        if (decisions().semantics() != semantics) {
            expectations.withdrawPretended(index);
            rejoin();
        }
        if (!settings.tolerances().equals(before)) {
            clock.settle(event.recordedAt(), before.allowedLateness());
            touched.addDue(event.recordedAt(), before, clock.now());
        }
    }

    /** Events may share other keys from here on than those by which they were kept so far. */
    private void rejoin() {
        expectations.rejoin();
        for (String verdictId : writer.timers().waiting()) {
            writer.window(verdictId)
                    .filter(window -> window.firstJoin() != Window.OF_OLD)
                    .ifPresent(window -> writer.replace(window, window.ofOld()));
        }
    }

    private void lose(AuditEvent event) {
        Optional<Gap> lost = VerdictEvents.gap(event);
        // Nothing that it touches is judged before a loss is over: one without end stops it all.
        Instant last = event.recordedAt().plus(TouchedWindows.DISORDER);
        if (lost.filter(gap -> !gap.to().isAfter(last)).isEmpty()) {
            LOG.warn("gap.refused", "event", event.id(), "reason", "no from and to in the past");
            return;
        }
        clock.reached(lost.get().from(), lost.get().to());
        inherit(lost.get());
    }

    /** Judges anew what a service may have told in a time, where its expectation asks for that. */
    private void reconsider(Gap time) {
        Duration skew = settings.tolerances().clockSkew().max();
        Gap around = new Gap(time.from().minus(skew), time.to(), time.reasons());
        touched.addOver(around, settings.tolerances(), expectations::asksWhetherAlive);
        runs.touchOver(around);
    }

    /** Takes a loss into account, also one whose event is no longer in the log. */
    void inherit(Gap gap) {
        if (gaps.add(gap)) {
            touched.addOver(gaps.around(gap), settings.tolerances());
            runs.touchOver(gaps.around(gap));
        }
    }
}
