package io.tradingecosystem.audit.scenario.outcomes;

import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;

import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What became of one expectation in a run. Immutable.
 *
 * @param name the expectation's name
 * @param version the version in force; empty if none is
 * @param scenario the kind of run it belongs to; empty if none is in force
 * @param critical whether it is critical
 * @param status PASSED only if each occurrence has
 * @param isFinal whether nothing but late events or word of a loss can change that
 * @param allFinal whether that holds for each occurrence, and not only for one that has failed
 * @param occurrences how often its trigger was judged, or is being judged
 * @param statuses how many of them have a status, those that the version in force has judged
 * @param reason a sentence for people; empty where all is well
 * @param deciding the verdicts that the status comes from, the newest first; at most {@link #MAX}
 */
public record ExpectationOutcome(
        String name,
        String version,
        String scenario,
        boolean critical,
        Status status,
        boolean isFinal,
        boolean allFinal,
        int occurrences,
        Map<Status, Integer> statuses,
        String reason,
        List<Verdict> deciding) {
    /** More are counted, not listed. */
    public static final int MAX = 20;

    private static final List<Status> WORST_FIRST =
            List.of(Status.FAILED, Status.INCONCLUSIVE, Status.PENDING, Status.PASSED);

    public ExpectationOutcome {
        statuses = Collections.unmodifiableMap(new TreeMap<>(statuses));
        deciding = List.copyOf(deciding);
    }

    /** Of an expectation that was asked for and is not in force. */
    static ExpectationOutcome unknown(String name) {
        return new ExpectationOutcome(
                name,
                "",
                "",
                false,
                Status.INCONCLUSIVE,
                true,
                true,
                0,
                Map.of(),
                "no expectation of this name is in force",
                List.of());
    }

    /**
     * Of an expectation in force.
     *
     * @param verdicts the current verdict of each of its occurrences in the run
     * @param fresh whether a trigger belongs to this run, and not to an earlier one of the same id
     */
    static ExpectationOutcome of(
            Expectation expectation, List<Verdict> verdicts, Predicate<Verdict> fresh) {
        List<Verdict> newest =
                verdicts.stream()
                        .sorted(Comparator.comparing(Verdict::triggeredAt).reversed())
                        .toList();
        Optional<Verdict> former =
                newest.stream()
                        .filter(each -> !each.expectationVersion().equals(expectation.version()))
                        .findFirst();
        if (newest.isEmpty()) {
            return open(expectation, newest, "its trigger did not occur");
        }
        if (former.isPresent()) {
            return outcome(
                    expectation, Status.INCONCLUSIVE, true, newest, former(expectation, former));
        }
        ExpectationOutcome outcome = worst(expectation, newest);
        return outcome.status() != Status.PASSED || fresh.test(newest.getFirst())
                ? outcome
                : open(expectation, newest, "its trigger is one of an earlier run of this id");
    }

    private static String former(Expectation expectation, Optional<Verdict> former) {
        return "verdict %s was made by version %s, and version %s is in force"
                .formatted(
                        former.map(Verdict::id).orElse(""),
                        former.map(Verdict::expectationVersion).orElse(""),
                        expectation.version());
    }

    private static ExpectationOutcome worst(Expectation expectation, List<Verdict> newest) {
        Status worst =
                WORST_FIRST.stream()
                        .filter(status -> newest.stream().anyMatch(v -> v.status() == status))
                        .findFirst()
                        .orElseThrow();
        List<Verdict> deciding = newest.stream().filter(v -> v.status() == worst).toList();
        boolean all = newest.stream().allMatch(Verdict::isFinal);
        boolean surely = worst == Status.FAILED && deciding.stream().anyMatch(Verdict::isFinal);
        String reason = worst == Status.PASSED ? "" : deciding.getFirst().reason();
        return new ExpectationOutcome(
                expectation.name(),
                expectation.version(),
                expectation.scenario(),
                expectation.critical(),
                worst,
                all || surely,
                all,
                newest.size(),
                statuses(expectation, newest),
                worst == Status.PASSED && !all ? "it may still change" : reason,
                deciding.stream().limit(MAX).toList());
    }

    private static ExpectationOutcome open(
            Expectation expectation, List<Verdict> newest, String reason) {
        return outcome(expectation, Status.PENDING, false, newest, reason);
    }

    private static ExpectationOutcome outcome(
            Expectation expectation,
            Status status,
            boolean isFinal,
            List<Verdict> newest,
            String reason) {
        return new ExpectationOutcome(
                expectation.name(),
                expectation.version(),
                expectation.scenario(),
                expectation.critical(),
                status,
                isFinal,
                isFinal,
                newest.size(),
                statuses(expectation, newest),
                reason,
                newest.stream().limit(MAX).toList());
    }

    private static Map<Status, Integer> statuses(Expectation expectation, List<Verdict> all) {
        Map<Status, Integer> statuses = new EnumMap<>(Status.class);
        all.stream()
                .filter(each -> each.expectationVersion().equals(expectation.version()))
                .forEach(each -> statuses.merge(each.status(), 1, Integer::sum));
        return statuses;
    }
}
