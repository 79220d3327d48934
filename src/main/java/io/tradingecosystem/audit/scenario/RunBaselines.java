package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.Measure;
import io.tradingecosystem.audit.scenario.expectations.RunScope;
import io.tradingecosystem.audit.scenario.runs.Baseline;
import io.tradingecosystem.audit.scenario.runs.RunFindings;
import io.tradingecosystem.audit.scenario.runs.RunState;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The runs with which others are compared: the last verdict on the run by the same expectation, of
 * whatever version, as soon as it is final. For the one thread that judges.
 */
final class RunBaselines {
    private final VerdictStoreWriter writer;
    private final Expectations expectations;
    private final RunStates states;
    private final BiFunction<Expectation, RunState, RunFindings> judge;

    RunBaselines(
            VerdictStoreWriter writer,
            Expectations expectations,
            RunStates states,
            BiFunction<Expectation, RunState, RunFindings> judge) {
        this.writer = writer;
        this.expectations = expectations;
        this.states = states;
        this.judge = judge;
    }

    /** Notes that a run has a verdict now. */
    void begun(RunState state) {
        writer.transaction()
                .put(
                        VerdictKeys.lastOfRun(state.expectation(), state.scenarioId()),
                        VerdictKeys.octets(state.verdictId()));
    }

    /** Whether a version of an expectation has, or had, a verdict on a run. */
    boolean isKnown(String expectation, String scenarioId) {
        return writer.transaction()
                .bytes(VerdictKeys.lastOfRun(expectation, scenarioId))
                .isPresent();
    }

    /** What the baseline of a run has of a measure. */
    Baseline of(RunScope scope, RunState state, Measure measure) {
        String run = scope.baseline();
        if (run.equals(state.scenarioId())) {
            return Baseline.itself(run);
        }
        return writer.transaction()
                .bytes(VerdictKeys.lastOfRun(state.expectation(), run))
                .map(VerdictKeys::verdictId)
                .flatMap(states::find)
                .map(base -> of(run, base, measure))
                .orElseGet(() -> missing(run, "has no verdict by this expectation"));
    }

    private Baseline of(String run, RunState base, Measure measure) {
        boolean isFinal =
                writer.window(base.verdictId())
                        .filter(window -> window.standing().isFinal())
                        .isPresent();
        if (!isFinal) {
            return missing(run, "is not over");
        }
        return expectations
                .version(base.expectation(), base.version())
                .flatMap(expectation -> measured(run, expectation, base, measure))
                .orElseGet(() -> missing(run, "did not measure this"));
    }

    private Optional<Baseline> measured(
            String run, Expectation expectation, RunState base, Measure measure) {
        List<Measure> all = expectation.run().orElseThrow().measures();
        for (int number = 0; number < all.size(); number++) {
            if (isSame(all.get(number), measure)) {
                var findings = judge.apply(expectation, base);
                return Optional.of(
                        Baseline.of(
                                run,
                                base.measured(number),
                                findings.closing().took(),
                                findings.doubt(number)));
            }
        }
        return Optional.empty();
    }

    private static boolean isSame(Measure one, Measure other) {
        return one.name().equals(other.name())
                && one.of() == other.of()
                && one.attribute().equals(other.attribute())
                && one.pattern().equals(other.pattern());
    }

    private static Baseline missing(String run, String why) {
        return Baseline.missing(run, "BASELINE: the run " + Quoted.of(run) + " " + why);
    }

    /** The verdicts that may say something else now that this run's is final. */
    List<String> comparedWith(RunState base) {
        boolean any =
                expectations.watched().stream()
                        .map(Watched::expectation)
                        .filter(each -> each.name().equals(base.expectation()))
                        .anyMatch(each -> isBaseline(each, base));
        return any
                ? states.all().stream()
                        .filter(each -> each.expectation().equals(base.expectation()))
                        .filter(each -> each.first().isPresent() && each != base)
                        .map(RunState::verdictId)
                        .toList()
                : List.of();
    }

    private static boolean isBaseline(Expectation expectation, RunState base) {
        return expectation
                .run()
                .filter(scope -> scope.baseline().equals(base.scenarioId()))
                .filter(scope -> scope.measures().stream().anyMatch(Measure::hasBaseline))
                .isPresent();
    }
}
