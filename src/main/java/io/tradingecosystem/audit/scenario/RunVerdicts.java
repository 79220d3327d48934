package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Digest;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.runs.Offender;
import io.tradingecosystem.audit.scenario.runs.Offenders;
import io.tradingecosystem.audit.scenario.runs.RunFindings;
import io.tradingecosystem.audit.scenario.runs.RunState;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.WindowRecord.Standing;
import io.tradingecosystem.audit.store.EventIndex;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Counts what became of the occurrences of runs, and has the runs judged of which anything changed.
 * An occurrence costs what its window does, and an addition. For the one thread that judges.
 */
final class RunVerdicts implements Members.Counting {
    private final VerdictStoreWriter writer;
    private final Expectations expectations;
    private final RunStates states;
    private final Offenders offenders;
    private final RunMeasures measures;
    private final RunBaselines baselines;
    private final RunJudge judge;
    private final Sources sources;
    private final RunHistory history;
    private final RunBeginnings beginnings;
    private Set<String> touched = new TreeSet<>();

    RunVerdicts(
            VerdictStoreWriter writer,
            Expectations expectations,
            Gaps gaps,
            Sources sources,
            VerdictSettings settings,
            EventIndex index) {
        this.sources = sources;
        this.writer = writer;
        this.expectations = expectations;
        this.states = new RunStates(writer.transaction(), writer.counters());
        this.offenders = new Offenders(writer.transaction());
        this.measures = new RunMeasures(writer.transaction());
        this.baselines = new RunBaselines(writer, expectations, states, this::asOfNow);
        this.judge = new RunJudge(gaps, sources, offenders, baselines, settings.tolerances());
        this.history = new RunHistory(index, measures, settings.bounds().searchBudget());
        this.beginnings = new RunBeginnings(writer, expectations, states, baselines, history);
        expectations.again(beginnings::again);
        writer.members().count(this);
        writer.goBy(new WindowEnds(expectations, states)::of);
    }

    /**
     * From here on of so many runs whose verdicts are not kept any more is known that they were.
     */
    void maxGone(long gone) {
        states.maxGone(gone);
    }

    /** By these runs are judged from here on. */
    void decide(VerdictSettings decided) {
        judge.decide(decided.tolerances());
        history.decide(decided.bounds().searchBudget());
    }

    /** The id of the verdict on a run, by one version of an expectation. */
    static String verdictId(String expectation, String version, String scenarioId) {
        return "verdict-" + Digest.hex(32, expectation, version, "run", scenarioId);
    }

    private static String verdictId(Window member) {
        return verdictId(
                member.expectation(),
                member.expectationVersion(),
                member.occurrence().scenarioId());
    }

    /** Takes in an event that may end a run, or is measured in one. */
    void hear(AuditEvent event) {
        for (Watched each : expectations.endedBy(event)) {
            if (each.end().matches(event)) {
                take(each.expectation(), event, state -> state.ended(JoinedEvent.of(event)));
            }
        }
        for (Measuring each : expectations.measuredBy(event)) {
            if (each.pattern().matches(event)) {
                take(each.expectation(), event, state -> measures.add(state, each, event));
            }
        }
    }

    private void take(Expectation expectation, AuditEvent event, Consumer<RunState> change) {
        String id = verdictId(expectation.name(), expectation.version(), event.scenarioId());
        Optional<RunState> known = states.find(id);
        if (known.isEmpty() && !expectations.isInForce(expectation)) {
            return;
        }
        RunState state =
                known.orElseGet(() -> beginnings.fresh(id, expectation, event.scenarioId()));
        change.accept(state);
        if (known.isEmpty()) {
            states.putEarly(state);
        } else {
            change(state);
        }
    }

    /** Takes in a trigger that nothing follows. */
    void occurred(Expectation expectation, Occurrence trigger) {
        RunState state = state(expectation, trigger.scenarioId());
        state.occurred(trigger.trigger(), trigger.position());
        change(state);
        begin(state);
    }

    private RunState state(Expectation expectation, String scenarioId) {
        String id = verdictId(expectation.name(), expectation.version(), scenarioId);
        return states.find(id).orElseGet(() -> beginnings.fresh(id, expectation, scenarioId));
    }

    @Override
    public void opened(Window member) {
        expectations
                .version(member.expectation(), member.expectationVersion())
                .ifPresent(expectation -> opened(expectation, member.occurrence()));
    }

    private void opened(Expectation expectation, Occurrence trigger) {
        RunState state = state(expectation, trigger.scenarioId());
        state.opened(trigger.trigger(), trigger.position());
        change(state);
        begin(state);
    }

    /** Opens the window of a run, or lets it begin with an earlier trigger. */
    private void begin(RunState state) {
        Occurrence first =
                new Occurrence(
                        state.verdictId(),
                        state.first().orElseThrow(),
                        state.firstPosition(),
                        state.scenarioId());
        Optional<Window> known = writer.window(state.verdictId());
        if (known.isEmpty()) {
            expectations
                    .version(state.expectation(), state.version())
                    .ifPresent(expectation -> open(state, expectation, first));
        } else if (!known.get().occurrence().equals(first)) {
            writer.keep(known.get().begun(first));
        }
    }

    private void open(RunState state, Expectation expectation, Occurrence first) {
        baselines.begun(state);
        Verdict pending = judge.judge(expectation, state, Instant.MIN).verdict();
        writer.open(
                new Window(
                        0,
                        WindowRole.RUN,
                        state.expectation(),
                        state.version(),
                        0,
                        first,
                        List.of(),
                        Standing.of(pending),
                        KeptVerdict.of(pending),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Override
    public void moved(Window before, Window after) {
        states.find(verdictId(after)).ifPresent(state -> moved(state, before, after));
    }

    private void moved(RunState state, Window before, Window after) {
        if (state.unknowns().isBefore(after.occurrence().position())) {
            return;
        }
        Status from = before.standing().status();
        Status to = after.standing().status();
        boolean same = from == to && before.standing().version() == after.standing().version();
        if (same) {
            return;
        }
        state.moved(from, to);
        JoinedEvent trigger = after.occurrence().trigger();
        offenders.remove(state.verdictId(), from, new Offender(trigger, ""));
        if (to == Status.FAILED || to == Status.INCONCLUSIVE) {
            String reason = after.current().reason();
            offenders.add(state.verdictId(), to, Offender.of(trigger, reason));
        }
        change(state);
    }

    @Override
    public void removed(Window member) {
        states.find(verdictId(member))
                .ifPresent(
                        state -> {
                            state.unknowns().removed(member.occurrence().position());
                            states.put(state);
                        });
    }

    @Override
    public void removedRun(Window run) {
        states.evict(run.verdictId());
        offenders.removeAll(run.verdictId());
        measures.remove(run.verdictId());
        touched.remove(run.verdictId());
    }

    /**
     * Notes that an event came for an occurrence that is not kept any more.
     *
     * @param trigger the occurrence's
     */
    void missed(Expectation expectation, AuditEvent trigger) {
        states.find(verdictId(expectation.name(), expectation.version(), trigger.scenarioId()))
                .filter(state -> state.unknowns().mayHaveRemoved(trigger.position()))
                .ifPresent(
                        state -> {
                            state.unknowns().unsure();
                            change(state);
                        });
    }

    private void change(RunState state) {
        if (isFinal(state)) {
            state.changed(writer.counters().now);
        }
        states.put(state);
        touched.add(state.verdictId());
    }

    private boolean isFinal(RunState state) {
        return writer.window(state.verdictId())
                .filter(window -> window.standing().isFinal())
                .isPresent();
    }

    /** Has a run judged. */
    void touch(String verdictId) {
        touched.add(verdictId);
    }

    /** Has the runs judged in which something may have been lost. */
    void touchOver(Gap gap) {
        states.all().stream()
                .filter(state -> state.first().isPresent())
                .filter(state -> gap.to().isAfter(state.first().get().occurredAt()))
                .forEach(state -> touch(state.verdictId()));
    }

    /**
     * Judges the runs of which anything changed.
     *
     * @param cause the event because of which they are
     * @param asOf up to when time is over
     */
    void judge(Optional<AuditEvent> cause, Instant asOf) {
        while (!touched.isEmpty()) {
            Set<String> taken = touched;
            touched = new TreeSet<>();
            for (String verdictId : taken) {
                Optional<Window> window = writer.window(verdictId);
                states.find(verdictId)
                        .filter(state -> window.isPresent())
                        .ifPresent(state -> judge(window.orElseThrow(), state, cause, asOf));
            }
        }
    }

    private void judge(Window window, RunState state, Optional<AuditEvent> cause, Instant asOf) {
        expectations
                .version(state.expectation(), state.version())
                .map(expectation -> judged(window, expectation, state, cause, asOf))
                .filter(after -> !after.saysTheSameAs(window))
                .ifPresent(after -> replace(window, after, state));
    }

    private Window judged(
            Window window,
            Expectation expectation,
            RunState state,
            Optional<AuditEvent> cause,
            Instant asOf) {
        Window after = judge.judge(window, expectation, state, cause, asOf);
        if (!expectation.sources().isEmpty()) {
            sources.note(expectation, window.current(), after.current());
        }
        return after;
    }

    /** What a final run was is what others are compared with. */
    private void replace(Window before, Window after, RunState state) {
        writer.replace(before, after);
        if (after.standing().isFinal()) {
            baselines.comparedWith(state).forEach(this::touch);
        }
    }

    /** Writes what is to be committed; what nothing is told of yet shows how far it is. */
    void flush() {
        states.changed().forEach(this::show);
        states.flush();
        offenders.flush();
    }

    private void show(RunState state) {
        writer.window(state.verdictId())
                .filter(window -> window.standing().version() == 0)
                .ifPresent(
                        window ->
                                expectations
                                        .version(state.expectation(), state.version())
                                        .map(each -> judge.judge(each, state, Instant.MIN))
                                        .map(shown -> shown.of(window))
                                        .ifPresent(writer::keep));
    }

    private RunFindings asOfNow(Expectation expectation, RunState state) {
        return judge.judge(expectation, state, Instant.MIN).findings();
    }
}
