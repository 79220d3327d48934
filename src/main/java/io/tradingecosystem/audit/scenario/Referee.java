package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.scenario.VerdictTimers.Timer;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.Projection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes events in the order of the log and judges. Its clock is the log's: an event moves it to its
 * recorded_at, a timer to the time it was set for, so that the same log gives the same verdicts
 * whenever it is read. For one thread.
 */
final class Referee {
    private static final EventLogger LOG = EventLogger.of(Referee.class);

    /** How far the order in which triggers are told may be from that in which they occurred. */
    private static final Duration DISORDER = Duration.ofDays(1);

    private final VerdictStoreWriter writer;
    private final Sightings sightings;
    private final Tolerances tolerances;
    private final Expectations expectations;
    private final Gaps gaps;
    private final EvidenceCollector collector;
    private final Set<String> touched = new TreeSet<>();
    private Instant now = Instant.EPOCH;
    private Instant horizon = Instant.MAX;

    private Referee(
            Projection projection, EventIndex index, Tolerances tolerances, long maxWindows) {
        this.writer = VerdictStoreWriter.of(projection, maxWindows);
        this.sightings = new Sightings(index, tolerances.clockSkew());
        this.tolerances = tolerances;
        this.expectations = new Expectations(writer);
        this.gaps = new Gaps(writer);
        this.collector = new EvidenceCollector(writer, expectations, gaps, sightings, tolerances);
    }

    /** Goes on where the projection stopped. */
    static Referee of(
            Projection projection, EventIndex index, Tolerances tolerances, long maxWindows) {
        return new Referee(projection, index, tolerances, maxWindows);
    }

    VerdictStoreWriter writer() {
        return writer;
    }

    Expectations expectations() {
        return expectations;
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

    /**
     * Takes in one event, and judges what it touches if {@code judging}; without, evidence is only
     * gathered, to be judged once by {@link #judgeAll}.
     */
    List<Verdict> accept(AuditEvent event, boolean judging) {
        List<Verdict> made = new ArrayList<>();
        if (judging && !writer.timers().isEmpty()) {
            made.addAll(expire(timeBefore(event)));
        }
        now = later(now, event.recordedAt());
        switch (event.type()) {
            case VerdictEvents.VERDICT -> {}
            case VerdictEvents.EXPECTATION -> expectations.define(event);
            case VerdictEvents.GAP -> lose(event);
            default -> touched.addAll(collector.watch(event));
        }
        writer.position(event.position());
        if (judging) {
            touched.forEach(this::judge);
            touched.clear();
        }
        if (writer.changed()) {
            made.addAll(writer.commit());
        }
        return made;
    }

    /** Judges every window whose time was up by {@code time}. */
    List<Verdict> expire(Instant time) {
        List<Verdict> made = new ArrayList<>();
        Instant end = earlier(time, horizon);
        Optional<Timer> timer = writer.timers().first();
        while (timer.isPresent() && !timer.get().due().isAfter(end)) {
            now = later(now, timer.get().due());
            judge(timer.get().verdictId());
            made.addAll(writer.commit());
            timer = writer.timers().first();
        }
        return made;
    }

    /** Judges every window, as of the end of all time or an earlier moment. */
    List<Verdict> judgeAll(Instant asOf) {
        now = later(now, asOf);
        Set<String> open = new TreeSet<>(writer.timers().waiting());
        open.addAll(touched);
        touched.clear();
        open.forEach(this::judge);
        return writer.commit();
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
            touched.addAll(writer.timers().waiting());
            touchOver(gap);
        }
    }

    /** Word of a loss may come when windows that it touches are over. */
    private void touchOver(Gap gap) {
        Duration max = expectations.longest().plus(tolerances.allowedLateness());
        Instant earliest = gap.from().minus(max).minus(DISORDER);
        writer.latest(
                window -> {
                    Occurrence occurrence = window.occurrence();
                    if (gap.overlaps(occurrence.at(), occurrence.at().plus(max))) {
                        touched.add(occurrence.verdictId());
                    }
                    return occurrence.recordedAt().isAfter(earliest);
                });
    }

    private void judge(String verdictId) {
        Window window = writer.window(verdictId).orElseThrow();
        Expectation expectation =
                expectations.version(window.expectation(), window.expectationVersion());
        Occurrence occurrence = window.occurrence();
        Instant asOf = earlier(now, horizon);
        Deadlines deadlines = new Deadlines(occurrence, gaps.all(), tolerances);
        Verdict verdict =
                Judge.judge(
                        expectation,
                        window.evidence(),
                        deadlines,
                        sightings.otherKeys(occurrence, writer.position()),
                        asOf);
        Optional<Instant> due = deadlines.next(expectation, asOf);
        Window after = window.judged(amended(window.verdict(), verdict), due);
        if (!after.equals(window)) {
            writer.replace(window, after);
        }
    }

    /** The newer verdict as the next version, if it says something new and says it for good. */
    private static Verdict amended(Verdict last, Verdict now) {
        boolean open = now.findings().stream().anyMatch(f -> f.state() == State.OPEN);
        if (last.version() == 0) {
            return now.status() == Status.PENDING ? now : now.withVersion(1);
        }
        boolean same = now.withVersion(last.version()).equals(last);
        boolean unsettled =
                now.status() == Status.PENDING || (open && now.status() == last.status());
        return same || unsettled ? last : now.withVersion(last.version() + 1);
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
