package io.tradingecosystem.audit.scenario.runs;

import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Measure;
import io.tradingecosystem.audit.scenario.expectations.RunScope;
import io.tradingecosystem.audit.scenario.expectations.Share;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Finding;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Kind;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Sighting;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.State;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is found of a run.
 *
 * @param scope what makes its verdict
 * @param counted what was counted
 * @param closing when it is over
 * @param over whether it is
 * @param lost a time in which events may have been lost
 * @param silences what silent sources may hide
 * @param baselines gives what the baseline has of a measure
 */
public record RunFindings(
        RunScope scope,
        RunState counted,
        Closing closing,
        boolean over,
        Optional<Gap> lost,
        Silences silences,
        Function<Measure, Baseline> baselines) {
    private static final String EACH = "each";

    /** How the run stands. */
    public Status status() {
        Stream<State> parts = measures().map(MeasureJudge::state);
        return status(Stream.concat(each().stream().map(EachJudge::state), parts).toList());
    }

    private static Status status(List<State> parts) {
        if (parts.contains(State.MISSED)) {
            return Status.FAILED;
        }
        if (parts.contains(State.OPEN)) {
            return Status.PENDING;
        }
        return parts.contains(State.UNCERTAIN) ? Status.INCONCLUSIVE : Status.PASSED;
    }

    /** The verdict on it, of version 0, with the names of those that did not pass. */
    public Verdict verdict(
            Expectation expectation, RunState state, Offenders offenders, boolean isFinal) {
        JoinedEvent first = state.first().orElseThrow();
        List<Finding> findings =
                Stream.concat(
                                each().stream().map(each -> finding(each, first, offenders)),
                                measures().map(this::finding))
                        .toList();
        return new Verdict(
                state.verdictId(),
                0,
                expectation.name(),
                expectation.version(),
                expectation.scenario(),
                expectation.critical(),
                state.scenarioId(),
                first.id(),
                first.occurredAt(),
                status(),
                isFinal,
                Duration.ZERO,
                closing.at(),
                closing.at(),
                Verdict.reason(status(), findings),
                findings);
    }

    /** Why nothing can be compared with a measure of this run; empty if something can. */
    public Optional<String> doubt(int number) {
        return doubt().or(this::unbounded)
                .or(() -> silences.of(scope.measures().get(number).pattern()));
    }

    /** Why it is not known from when to when it was. */
    private Optional<String> unbounded() {
        return silences.ofTriggers().or(() -> scope.until().flatMap(silences::of));
    }

    private Optional<String> doubt() {
        return EachJudge.doubt(counted, closing, lost)
                .or(this::cut)
                .or(this::unsearched)
                .or(() -> RunRemoval.of(counted, scope))
                .or(this::forgotten);
    }

    private Optional<String> cut() {
        return counted.unknowns().isCut()
                ? Optional.of(
                        "DEFINED_LATER: the run began before this version of the expectation was"
                                + " in force")
                : Optional.empty();
    }

    private Optional<String> unsearched() {
        return counted.unknowns().isUnsearched()
                ? Optional.of(
                        "SEARCH_BUDGET: more events were stored before this version of the"
                                + " expectation was in force than are searched")
                : Optional.empty();
    }

    private Optional<String> forgotten() {
        return counted.unknowns().isForgotten()
                ? Optional.of("MAX_EARLY_RUNS: what came before its first trigger may be forgotten")
                : Optional.empty();
    }

    private Stream<MeasureJudge> measures() {
        return IntStream.range(0, scope.measures().size()).mapToObj(this::measure);
    }

    private MeasureJudge measure(int number) {
        Measure measure = scope.measures().get(number);
        return new MeasureJudge(
                measure,
                counted.measured(number),
                closing.took(),
                over,
                over ? doubt().or(this::unbounded) : Optional.empty(),
                over ? silences.of(measure.pattern()) : Optional.empty(),
                measure.hasBaseline() ? Optional.of(baselines.apply(measure)) : Optional.empty());
    }

    private Finding finding(MeasureJudge measured) {
        return new Finding(
                measured.measure().name(),
                Kind.RUN,
                measured.state(),
                Duration.ZERO,
                closing.at(),
                measured.reason(),
                List.of(),
                Optional.empty(),
                measured.figures());
    }

    private Optional<EachJudge> each() {
        return scope.each().map(this::each);
    }

    private EachJudge each(Share share) {
        Optional<String> silence = over ? silences.ofTriggers() : Optional.empty();
        return new EachJudge(share, counted, closing, over, lost, silence);
    }

    private Finding finding(EachJudge each, JoinedEvent first, Offenders offenders) {
        List<Offender> named = each.state() == State.MET ? List.of() : named(offenders);
        return new Finding(
                EACH,
                Kind.RUN,
                each.state(),
                Duration.ZERO,
                closing.at(),
                each.reason(named.stream().findFirst()),
                named.stream().map(one -> sighting(one.trigger(), first)).toList(),
                Optional.empty(),
                figures());
    }

    private List<Offender> named(Offenders offenders) {
        Status worst = counted.count(Status.FAILED) > 0 ? Status.FAILED : Status.INCONCLUSIVE;
        return counted.count(worst) > 0 ? offenders.first(counted.verdictId(), worst) : List.of();
    }

    private static Sighting sighting(JoinedEvent event, JoinedEvent first) {
        return new Sighting(
                event.id(), event.service(), event.type(), event.occurredAt(), event.since(first));
    }

    private Map<String, BigDecimal> figures() {
        Map<String, BigDecimal> figures = new LinkedHashMap<>();
        figures.put("total", BigDecimal.valueOf(counted.total()));
        figures.put("passed", BigDecimal.valueOf(counted.count(Status.PASSED)));
        figures.put("failed", BigDecimal.valueOf(counted.count(Status.FAILED)));
        figures.put("inconclusive", BigDecimal.valueOf(counted.count(Status.INCONCLUSIVE)));
        figures.put("open", BigDecimal.valueOf(counted.count(Status.PENDING)));
        return figures;
    }
}
