package io.tradingecosystem.audit.scenario.outcomes;

import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What became of a run. Immutable.
 *
 * @param status FAILED if any expectation is, else INCONCLUSIVE if any is or something is not
 *     known, PENDING while anything may still come, PASSED only if each has passed, for good
 * @param isSettled whether waiting changes nothing: one has failed for good, or all are final
 * @param reason a sentence for people; empty where all is well
 * @param expectations those that had to pass, by name
 */
public record RunOutcome(
        Status status, boolean isSettled, String reason, List<ExpectationOutcome> expectations) {
    private static final List<Status> WORST_FIRST =
            List.of(Status.FAILED, Status.INCONCLUSIVE, Status.PENDING);

    public RunOutcome {
        expectations = List.copyOf(expectations);
    }

    /** Nothing can be said, and waiting does not help. */
    public static RunOutcome unknowable(String reason) {
        return new RunOutcome(Status.INCONCLUSIVE, true, reason, List.of());
    }

    /** The same while what was told before has not been worked in: nothing is certain. */
    public RunOutcome behind(String why) {
        return new RunOutcome(Status.PENDING, false, why, expectations);
    }

    /** The same where something was left out that may hide anything: it has not passed. */
    public RunOutcome doubted(List<String> doubts) {
        return status == Status.PASSED && !doubts.isEmpty()
                ? new RunOutcome(
                        Status.INCONCLUSIVE, isSettled, String.join("; ", doubts), expectations)
                : this;
    }

    /**
     * Decides.
     *
     * @param inForce all expectations in force
     * @param verdicts the current verdict of each occurrence of the run
     * @param fresh whether the trigger of a verdict belongs to this run
     */
    public static RunOutcome of(
            RunQuestion question,
            Collection<Expectation> inForce,
            List<Verdict> verdicts,
            Predicate<Verdict> fresh) {
        Map<String, Expectation> byName =
                inForce.stream().collect(Collectors.toMap(Expectation::name, Function.identity()));
        Set<String> kinds = kinds(question, verdicts);
        Set<String> wanted = wanted(question, kinds, inForce, verdicts);
        Optional<String> unknown = question.scenario().filter(kind -> wanted.isEmpty());
        if (unknown.isPresent()) {
            return unknowable("no expectation in force is of the scenario " + unknown.get());
        }
        Map<String, List<Verdict>> each =
                verdicts.stream().collect(Collectors.groupingBy(Verdict::expectation));
        return decide(
                question,
                wanted.stream()
                        .map(name -> one(name, byName, each.getOrDefault(name, List.of()), fresh))
                        .toList());
    }

    private static Set<String> kinds(RunQuestion question, List<Verdict> verdicts) {
        return question.scenario()
                .map(Set::of)
                .orElseGet(
                        () -> verdicts.stream().map(Verdict::scenario).collect(Collectors.toSet()));
    }

    /** One that judged the run is asked for though it may not be in force any more. */
    private static Set<String> wanted(
            RunQuestion question,
            Set<String> kinds,
            Collection<Expectation> inForce,
            List<Verdict> verdicts) {
        if (!question.expectations().isEmpty()) {
            return question.expectations();
        }
        Set<String> wanted = new TreeSet<>();
        inForce.stream()
                .filter(each -> kinds.contains(each.scenario()))
                .forEach(each -> wanted.add(each.name()));
        verdicts.stream()
                .filter(each -> kinds.contains(each.scenario()))
                .forEach(each -> wanted.add(each.expectation()));
        return wanted;
    }

    private static ExpectationOutcome one(
            String name,
            Map<String, Expectation> inForce,
            List<Verdict> verdicts,
            Predicate<Verdict> fresh) {
        return Optional.ofNullable(inForce.get(name))
                .map(expectation -> ExpectationOutcome.of(expectation, verdicts, fresh))
                .orElseGet(() -> ExpectationOutcome.unknown(name));
    }

    private static RunOutcome decide(RunQuestion question, List<ExpectationOutcome> all) {
        if (all.isEmpty()) {
            return new RunOutcome(Status.PENDING, false, "nothing of this run was judged", all);
        }
        boolean settled =
                question.allFinal()
                        ? all.stream().allMatch(ExpectationOutcome::allFinal)
                        : isLost(all) || all.stream().allMatch(ExpectationOutcome::isFinal);
        Status status = worst(all).orElse(settled ? Status.PASSED : Status.PENDING);
        return new RunOutcome(status, settled, reason(status, all), all);
    }

    private static boolean isLost(List<ExpectationOutcome> all) {
        return all.stream().anyMatch(e -> e.status() == Status.FAILED && e.isFinal());
    }

    private static Optional<Status> worst(List<ExpectationOutcome> all) {
        return WORST_FIRST.stream()
                .filter(status -> all.stream().anyMatch(each -> each.status() == status))
                .findFirst();
    }

    private static String reason(Status status, List<ExpectationOutcome> all) {
        return status == Status.PASSED
                ? ""
                : all.stream()
                        .filter(each -> each.status() == status || !each.isFinal())
                        .findFirst()
                        .map(each -> each.name() + ": " + each.reason())
                        .orElse("");
    }
}
