package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.expectations.BoundExpectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Expectation.Part;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Judges one window: looks up its events, has them judged, and keeps what that changes. For the one
 * thread that judges.
 */
final class WindowJudge {
    private final VerdictStoreWriter writer;
    private final Expectations expectations;
    private final Gaps gaps;
    private final Sources sources;
    private final RunVerdicts runs;
    private Tolerances tolerances;
    private Lookup lookup;

    WindowJudge(
            VerdictStoreWriter writer,
            Expectations expectations,
            Gaps gaps,
            Sources sources,
            RunVerdicts runs,
            Tolerances tolerances,
            Lookup lookup) {
        this.writer = writer;
        this.expectations = expectations;
        this.gaps = gaps;
        this.sources = sources;
        this.runs = runs;
        this.tolerances = tolerances;
        this.lookup = lookup;
    }

    /** By these windows are judged from here on. */
    void decide(Tolerances decided, Lookup decidedLookup) {
        tolerances = decided;
        lookup = decidedLookup;
    }

    /**
     * Judges a window, if there is one.
     *
     * @param cause the event because of which it is judged
     * @param asOf up to when time is over
     */
    void judge(String verdictId, Optional<AuditEvent> cause, Instant asOf) {
        writer.window(verdictId)
                .ifPresent(
                        window -> {
                            switch (window.role()) {
                                case TRIGGER, MEMBER -> judge(window, cause, asOf);
                                case RUN -> runs.touch(verdictId);
                            }
                        });
    }

    private void judge(Window window, Optional<AuditEvent> cause, Instant asOf) {
        Window after =
                expectations
                        .version(window.expectation(), window.expectationVersion())
                        .map(each -> BoundExpectation.of(each, window.occurrence().values()))
                        .map(bound -> judged(window, bound, cause, asOf))
                        .orElseGet(() -> notUnderstood(window));
        if (!after.saysTheSameAs(window)) {
            writer.replace(window, after);
        }
    }

    private Window notUnderstood(Window window) {
        return window.judged(Amendment.notUnderstood(window.current()), false, Optional.empty());
    }

    private Window judged(
            Window window, BoundExpectation bound, Optional<AuditEvent> cause, Instant asOf) {
        Expectation expectation = bound.expectation();
        Deadlines deadlines = new Deadlines(window.occurrence(), gaps, tolerances);
        Optional<Instant> due = deadlines.next(expectation, asOf);
        return cause.isEmpty() && isSettled(window, expectation)
                ? window.due(window.standing().isFinal() || due.isEmpty(), due)
                : judged(window, bound, deadlines, cause, asOf, due);
    }

    /** A window that is over is not looked at again. */
    private static Optional<Instant> earlier(Optional<Instant> due, Optional<Instant> again) {
        return due.map(end -> again.filter(end::isAfter).orElse(end));
    }

    /** What passed without a limit above has passed whatever the time, if nothing came since. */
    private static boolean isSettled(Window window, Expectation expectation) {
        return window.standing().status() == Status.PASSED
                && !window.standing().stale()
                && expectation.effects().stream()
                        .allMatch(each -> each.max().isEmpty() && each.after().isEmpty())
                && expectation.markers().isEmpty()
                && expectation.forbidden().isEmpty()
                && expectation.steady().isEmpty()
                && expectation.slas().isEmpty();
    }

    private Window judged(
            Window window,
            BoundExpectation bound,
            Deadlines deadlines,
            Optional<AuditEvent> cause,
            Instant asOf,
            Optional<Instant> due) {
        Expectation expectation = bound.expectation();
        List<PartEvents> events = events(window, bound, deadlines, asOf);
        Judge.Judgement judged =
                Judge.judge(
                        expectation,
                        events,
                        deadlines,
                        lookup.otherKeys(window, expectation, writer.position()),
                        asOf);
        sources.note(
                expectation, window.occurrence(), mayChange(expectation, events, judged.verdict()));
        Amendment amended = Amendment.of(window, window::current, judged.verdict(), cause);
        Optional<Instant> next =
                expectation.variables().isEmpty()
                        ? due
                        : deadlines.next(judged.expectation(), asOf);
        return window.judged(amended.verdict(), amended.stale(), earlier(next, judged.again()));
    }

    /**
     * Whether a sign of life may change a verdict; one that hides what counts is not always told.
     */
    private static boolean mayChange(
            Expectation expectation, List<PartEvents> events, Verdict verdict) {
        return Sources.isSilenced(verdict)
                || (!expectation.markers().isEmpty()
                        && events.stream().anyMatch(SilentPart.class::isInstance));
    }

    private List<PartEvents> events(
            Window window, BoundExpectation bound, Deadlines deadlines, Instant asOf) {
        Expectation expectation = bound.expectation();
        List<PartEvents> events = lookup.events(window, expectation, writer.position());
        if (!expectation.variables().isEmpty()) {
            events.replaceAll(new BoundEvents(bound, lookup::byId)::next);
        }
        if (!expectation.sources().isEmpty()) {
            for (int part = 0; part < events.size(); part++) {
                events.set(part, heard(expectation, part, events.get(part), deadlines, asOf));
            }
        }
        return events;
    }

    /** What may have been said in silence is missing when the part is over, not before. */
    private PartEvents heard(
            Expectation expectation,
            int number,
            PartEvents events,
            Deadlines deadlines,
            Instant asOf) {
        Part part = expectation.parts().get(number);
        Optional<String> silence =
                asOf.isBefore(deadlines.due(part))
                        ? Optional.empty()
                        : sources.silence(
                                expectation,
                                part,
                                deadlines.occurrence(),
                                tolerances.clockSkew().max());
        return silence.isEmpty() ? events : new SilentPart(events, silence.get());
    }
}
