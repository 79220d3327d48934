package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.RunScope;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the verdicts of runs must be, from all events at once: every occurrence by the model of
 * windows, then counted.
 */
final class RunModel {
    private RunModel() {}

    /**
     * What a run must be.
     *
     * @param status the verdict
     * @param counts how many occurrences stand at each status
     * @param offenders the first hundred that failed or, where none did, cannot be told
     */
    record Run(Status status, Map<Status, Long> counts, List<String> offenders) {}

    /** By run, of one expectation that was in force from the start, when all is over. */
    static Map<String, Run> judge(
            Expectation expectation, List<AuditEvent> log, ModelTolerances tolerances) {
        Map<String, ModelVerdict> windows =
                VerdictModel.judge(List.of(expectation), log, tolerances, Instant.MAX).stream()
                        .collect(Collectors.toMap(ModelVerdict::trigger, each -> each));
        Map<String, List<AuditEvent>> triggers = new TreeMap<>();
        log.stream()
                .filter(event -> windows.containsKey(event.id()))
                .sorted(ModelEvents.ORDER)
                .forEach(
                        event ->
                                triggers.computeIfAbsent(
                                                event.scenarioId(), fresh -> new ArrayList<>())
                                        .add(event));
        Map<String, Run> runs = new TreeMap<>();
        triggers.forEach(
                (run, some) ->
                        runs.put(
                                run,
                                run(
                                        expectation.run().orElseThrow(),
                                        run,
                                        some,
                                        windows,
                                        log,
                                        tolerances)));
        return runs;
    }

    private static Run run(
            RunScope scope,
            String run,
            List<AuditEvent> triggers,
            Map<String, ModelVerdict> windows,
            List<AuditEvent> log,
            ModelTolerances tolerances) {
        Map<Status, Long> counts =
                triggers.stream()
                        .map(trigger -> windows.get(trigger.id()).status())
                        .collect(
                                Collectors.groupingBy(
                                        each -> each, TreeMap::new, Collectors.counting()));
        List<AuditEvent> ends =
                log.stream()
                        .filter(event -> event.scenarioId().equals(run))
                        .filter(
                                event ->
                                        scope.until().filter(end -> end.matches(event)).isPresent())
                        .toList();
        Status worst = counts.containsKey(Status.FAILED) ? Status.FAILED : Status.INCONCLUSIVE;
        Status status = status(scope, counts, doubtful(scope, triggers, ends, log, tolerances));
        List<String> offenders =
                triggers.stream()
                        .map(AuditEvent::id)
                        .filter(id -> windows.get(id).status() == worst)
                        .filter(id -> status != Status.PASSED)
                        .limit(100)
                        .toList();
        return new Run(status, counts, offenders);
    }

    private static Status status(RunScope scope, Map<Status, Long> counts, boolean doubtful) {
        long total = counts.values().stream().mapToLong(each -> each).sum();
        long passed = counts.getOrDefault(Status.PASSED, 0L);
        long failed = counts.getOrDefault(Status.FAILED, 0L);
        if (scope.each().orElseThrow().atLeast().compareTo(BigDecimal.valueOf(100)) == 0
                && failed > 0) {
            return Status.FAILED;
        }
        if (doubtful || total < scope.each().orElseThrow().minSamples()) {
            return Status.INCONCLUSIVE;
        }
        double needed = scope.each().orElseThrow().atLeast().doubleValue() / 100 * total;
        if (passed >= needed - 1e-9) {
            return Status.PASSED;
        }
        return total - failed >= needed - 1e-9 ? Status.INCONCLUSIVE : Status.FAILED;
    }

    private static boolean doubtful(
            RunScope scope,
            List<AuditEvent> triggers,
            List<AuditEvent> ends,
            List<AuditEvent> log,
            ModelTolerances tolerances) {
        Instant first = triggers.getFirst().occurredAt();
        Instant last = triggers.getLast().occurredAt();
        Optional<Instant> end = ends.stream().map(AuditEvent::occurredAt).min(Instant::compareTo);
        Instant over = last.plus(scope.silence().orElse(RunScope.MAX_SILENCE));
        if (end.isPresent() && end.get().isBefore(over)) {
            over = end.get();
        }
        List<Instant> moments = new ArrayList<>(List.of(over, last));
        triggers.forEach(each -> moments.add(each.recordedAt()));
        ends.forEach(each -> moments.add(each.recordedAt()));
        Instant due = moments.stream().max(Instant::compareTo).orElseThrow();
        Instant told = due.plus(tolerances.lateness());
        boolean lost =
                log.stream()
                        .filter(event -> event.type().equals(VerdictEvents.GAP))
                        .flatMap(event -> VerdictEvents.gap(event).stream())
                        .anyMatch((Gap gap) -> gap.overlaps(first, told));
        return lost || (scope.silence().isEmpty() && end.isEmpty());
    }
}
