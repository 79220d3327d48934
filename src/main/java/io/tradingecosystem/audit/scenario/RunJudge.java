package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.RunScope;
import io.tradingecosystem.audit.scenario.runs.Closing;
import io.tradingecosystem.audit.scenario.runs.Offenders;
import io.tradingecosystem.audit.scenario.runs.RunFindings;
import io.tradingecosystem.audit.scenario.runs.RunState;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Judges runs: as of a moment by what was counted, and what that makes of the verdict that stands.
 * Names are looked up only where a verdict is made. For the one thread that judges.
 */
final class RunJudge {
    private final Gaps gaps;
    private final Sources sources;
    private final Offenders offenders;
    private final RunBaselines baselines;
    private Tolerances tolerances;

    RunJudge(
            Gaps gaps,
            Sources sources,
            Offenders offenders,
            RunBaselines baselines,
            Tolerances tolerances) {
        this.sources = sources;
        this.baselines = baselines;
        this.gaps = gaps;
        this.offenders = offenders;
        this.tolerances = tolerances;
    }

    void decide(Tolerances decided) {
        tolerances = decided;
    }

    /**
     * A run as of a moment.
     *
     * @param findings how it stands with each part
     * @param due when what occurred in it must have arrived
     * @param isFinal whether it is over, and all its windows are
     */
    record Judged(
            Expectation expectation,
            RunState state,
            RunFindings findings,
            Offenders offenders,
            Instant due,
            boolean isFinal) {

        Status status() {
            return findings.status();
        }

        /** The verdict, of version 0. */
        Verdict verdict() {
            return findings.verdict(expectation, state, offenders, isFinal);
        }

        /** A window that nothing is told of yet, as it is now. */
        Window of(Window window) {
            return window.judged(verdict(), false, window.due());
        }
    }

    /** A run as of a moment. */
    Judged judge(Expectation expectation, RunState state, Instant asOf) {
        RunScope scope = expectation.run().orElseThrow();
        Closing closing = Closing.of(state, scope, tolerances.allowedLateness());
        Instant due = due(closing, state, RunSilence.longest(expectation));
        boolean over = !asOf.isBefore(due);
        Optional<Gap> lost = gaps.overlapping(closing.from(), closing.due());
        return new Judged(
                expectation,
                state,
                new RunFindings(
                        scope,
                        state,
                        closing,
                        over,
                        lost,
                        new RunSilence(sources, expectation, closing, tolerances.clockSkew().max()),
                        measure -> baselines.of(scope, state, measure)),
                offenders,
                due,
                over && state.count(Status.PENDING) == 0);
    }

    /** What becomes of a run's window. */
    Window judge(
            Window window,
            Expectation expectation,
            RunState state,
            Optional<AuditEvent> cause,
            Instant asOf) {
        Judged judged = judge(expectation, state, asOf);
        Optional<Instant> due = timer(window, judged, asOf);
        boolean same = window.standing().status() == judged.status();
        if (same && !judged.isFinal() && !window.standing().isFinal()) {
            return window.due(false, due);
        }
        Amendment amended = Amendment.of(window, window::current, judged.verdict(), cause);
        return window.judged(amended.verdict(), amended.stale(), due);
    }

    /** A timer is set anew when it is over or too late, not with each trigger. */
    private static Optional<Instant> timer(Window window, Judged judged, Instant asOf) {
        if (!judged.due().isAfter(asOf)) {
            return Optional.empty();
        }
        return window.due()
                .filter(armed -> armed.isAfter(asOf) && !armed.isAfter(judged.due()))
                .or(() -> Optional.of(judged.due()));
    }

    /** Word of a loss keeps a run open until senders had their time to catch up. */
    private Instant due(Closing closing, RunState state, Duration silence) {
        Instant due = closing.due().plus(silence);
        if (state.changed() != Long.MIN_VALUE) {
            Instant amended = Times.ofEpochNanos(state.changed());
            due = Deadlines.later(due, amended.plus(tolerances.allowedLateness()));
        }
        return gaps.caughtUp(closing.from(), due, tolerances.catchUp());
    }
}
