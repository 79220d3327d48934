package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.scenario.Evidence.EventFact;
import io.tradingecosystem.audit.scenario.VerdictTimers.Timer;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.expectations.ExpectationsInForce;
import io.tradingecosystem.audit.scenario.expectations.ExpectationsInForce.Definition;
import io.tradingecosystem.audit.scenario.expectations.ExpectationsInForce.Sought;
import io.tradingecosystem.audit.scenario.expectations.InvalidExpectationException;
import io.tradingecosystem.audit.scenario.verdicts.DefinitionJson;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.Projection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
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
    private final UnexplainedAlerts suspects;
    private final ExpectationsInForce definitions = new ExpectationsInForce();
    private final List<Gap> gaps = new ArrayList<>();
    private final Set<String> touched = new TreeSet<>();
    private Instant now = Instant.EPOCH;
    private Instant horizon = Instant.MAX;
    private long refused;

    private Referee(
            Projection projection, EventIndex index, Tolerances tolerances, long maxWindows) {
        this.writer = VerdictStoreWriter.of(projection, maxWindows);
        this.sightings = new Sightings(index, tolerances.clockSkew());
        this.tolerances = tolerances;
        this.suspects = new UnexplainedAlerts(writer);
        DefinitionJson.definitions(projection, definitions);
        gaps.addAll(DefinitionJson.gaps(projection));
    }

    /** Goes on where the projection stopped. */
    static Referee of(
            Projection projection, EventIndex index, Tolerances tolerances, long maxWindows) {
        return new Referee(projection, index, tolerances, maxWindows);
    }

    VerdictStoreWriter writer() {
        return writer;
    }

    ExpectationsInForce definitions() {
        return definitions;
    }

    /** How many expectations of the log could not be read. */
    long refused() {
        return refused;
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
            case VerdictEvents.EXPECTATION -> define(event);
            case VerdictEvents.GAP -> lose(event);
            default -> watch(event);
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

    private void define(AuditEvent event) {
        String name = VerdictEvents.attribute(event, "name");
        if (event.attributes().get("withdrawn") instanceof AttributeValue.Flag(boolean yes)
                && yes) {
            definitions.withdraw(name, event.id());
            writer.delete(VerdictKeys.inForce(name));
            writer.put(VerdictKeys.withdrawn(name), DefinitionJson.withdrawal(event.id()));
            return;
        }
        try {
            Definition definition = VerdictEvents.definition(event);
            inherit(definition);
        } catch (InvalidExpectationException e) {
            refused++;
            LOG.warn("expectation.refused", "event", event.id(), "reason", e.problems());
        }
    }

    /** Puts an expectation in force, also one whose event is no longer in the log. */
    void inherit(Definition definition) {
        definitions.put(definition);
        Expectation expectation = definition.expectation();
        var stored = DefinitionJson.toJson(definition);
        writer.put(VerdictKeys.inForce(expectation.name()), stored);
        writer.delete(VerdictKeys.withdrawn(expectation.name()));
        writer.put(VerdictKeys.definition(expectation.name(), expectation.version()), stored);
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
        int place = Collections.binarySearch(gaps, gap, Gap.ORDER);
        if (place >= 0) {
            return;
        }
        gaps.add(-place - 1, gap);
        writer.put(VerdictKeys.gap(gap), DefinitionJson.toJson(gap));
        if (gaps.size() > DefinitionJson.MAX_GAPS) {
            writer.delete(VerdictKeys.gap(gaps.removeFirst()));
        }
        touched.addAll(writer.timers().waiting());
        touchOver(gap);
    }

    /** Word of a loss may come when windows that it touches are over. */
    private void touchOver(Gap gap) {
        Duration max = definitions.longest().plus(tolerances.allowedLateness());
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

    private void watch(AuditEvent event) {
        boolean expected = false;
        for (Sought sought : definitions.soughtBy(event.type())) {
            if (sought.pattern().matches(event)) {
                expected |= sighted(sought.expectation(), sought.part(), event);
            }
        }
        for (Expectation expectation : definitions.triggeredBy(event.type())) {
            if (expectation.trigger().matches(event)) {
                open(expectation, event);
            }
        }
        suspects.consider(event, expected);
    }

    private boolean sighted(Expectation expectation, int part, AuditEvent event) {
        Optional<byte[]> join = Sightings.effectJoin(expectation, part, event);
        if (join.isEmpty()) {
            return false;
        }
        Part wanted = expectation.parts().get(part);
        Instant from =
                event.occurredAt()
                        .minus(wanted.within())
                        .minus(Evidence.lookBehind(wanted.within()));
        Instant to = event.occurredAt().plus(Evidence.lookBefore());
        boolean expected = false;
        for (String id : writer.index().joined(join.get(), from, to)) {
            Optional<Window> window = writer.window(id);
            if (window.isPresent() && !window.get().occurrence().triggerId().equals(event.id())) {
                expected = true;
                add(window.get(), expectation, part, event);
            }
        }
        return expected;
    }

    private void add(Window window, Expectation expectation, int part, AuditEvent event) {
        Evidence evidence =
                window.evidence()
                        .with(
                                expectation,
                                part,
                                window.occurrence().at(),
                                tolerances.clockSkew(),
                                EventFact.of(event));
        if (!evidence.equals(window.evidence())) {
            writer.replace(window, window.with(evidence));
            touched.add(window.occurrence().verdictId());
        }
    }

    private void open(Expectation expectation, AuditEvent trigger) {
        Occurrence occurrence = Occurrence.of(expectation, trigger);
        if (writer.window(occurrence.verdictId()).isPresent()) {
            return;
        }
        Evidence evidence = Evidence.none(expectation);
        List<byte[]> joins = new ArrayList<>();
        for (int part = 0; part < expectation.parts().size(); part++) {
            Sightings.causeJoin(expectation, part, trigger).ifPresent(joins::add);
            for (AuditEvent effect : sightings.around(expectation, part, trigger)) {
                evidence =
                        evidence.with(
                                expectation,
                                part,
                                occurrence.at(),
                                tolerances.clockSkew(),
                                EventFact.of(effect));
                suspects.clear(effect);
            }
        }
        Deadlines deadlines = new Deadlines(occurrence, gaps, tolerances);
        Verdict pending =
                Judge.judge(
                        expectation,
                        Evidence.none(expectation),
                        deadlines,
                        NearMisses.OtherKeys.NONE,
                        Instant.MIN);
        Window window =
                new Window(
                        0,
                        expectation.name(),
                        expectation.version(),
                        occurrence,
                        evidence,
                        pending,
                        deadlines.next(expectation, Instant.MIN));
        writer.open(window, joins);
        touched.add(occurrence.verdictId());
    }

    private void judge(String verdictId) {
        Window window = writer.window(verdictId).orElseThrow();
        Expectation expectation = expectation(window);
        Occurrence occurrence = window.occurrence();
        Instant asOf = earlier(now, horizon);
        Deadlines deadlines = new Deadlines(occurrence, gaps, tolerances);
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

    private Expectation expectation(Window window) {
        String name = window.expectation();
        String version = window.expectationVersion();
        return definitions
                .version(name, version)
                .or(
                        () ->
                                writer.get(VerdictKeys.definition(name, version))
                                        .map(DefinitionJson::definition)
                                        .map(Definition::expectation))
                .orElseThrow();
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
