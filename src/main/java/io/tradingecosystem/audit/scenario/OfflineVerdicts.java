package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.definition.Definition;
import io.tradingecosystem.audit.definition.DefinitionReport;
import io.tradingecosystem.audit.definition.DefinitionSource;
import io.tradingecosystem.audit.definition.InvalidDefinitionException;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.projection.DecisionEvents;
import io.tradingecosystem.audit.projection.RecordedLog;
import io.tradingecosystem.audit.projection.Replay;
import io.tradingecosystem.audit.scenario.expectations.Expectation;
import io.tradingecosystem.audit.scenario.expectations.ExpectationReader;
import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.store.EventIndex;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.Projection;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Judges what is recorded already, once and finally. */
public final class OfflineVerdicts {
    private OfflineVerdicts() {}

    /**
     * The outcome.
     *
     * @param results how many occurrences have a status, those without a verdict here too
     * @param verdicts one per occurrence
     * @param unexercised the names of expectations whose trigger never occurred
     * @param unexplainedAlerts all alerts without a scenario, a named cause or an expectation
     * @param conflicts ids of a recording that name events with different contents; the first of
     *     them was judged
     * @param incomplete which verdicts are counted and left out
     */
    public record Outcome(
            Map<Status, Long> results,
            List<Verdict> verdicts,
            List<String> unexercised,
            List<AuditEvent> unexplainedAlerts,
            Set<String> conflicts,
            List<Omission> incomplete) {
        public Outcome {
            results = Map.copyOf(results);
            verdicts = List.copyOf(verdicts);
            incomplete = List.copyOf(incomplete);
            unexercised = List.copyOf(unexercised);
            unexplainedAlerts = List.copyOf(unexplainedAlerts);
            conflicts = Collections.unmodifiableSet(new TreeSet<>(conflicts));
        }

        /** The outcome of a whole recording. */
        static Outcome of(
                List<Verdict> verdicts,
                List<String> unexercised,
                List<AuditEvent> unexplainedAlerts,
                Set<String> conflicts) {
            return new Outcome(
                    verdicts.stream()
                            .collect(Collectors.groupingBy(Verdict::status, Collectors.counting())),
                    verdicts,
                    unexercised,
                    unexplainedAlerts,
                    conflicts,
                    List.of());
        }

        /** What became of some occurrences of a run, of which more are counted. */
        public static Outcome of(
                Map<Status, Long> results, List<Verdict> shown, List<Omission> incomplete) {
            return new Outcome(results, shown, List.of(), List.of(), Set.of(), incomplete);
        }

        /** What became of the occurrences of a run, whose verdicts stand elsewhere. */
        public static Outcome counted(Map<Status, Long> results, List<Omission> incomplete) {
            return new Outcome(results, List.of(), List.of(), List.of(), Set.of(), incomplete);
        }

        /** Some of the verdicts of a recording. */
        static Outcome tried(List<Verdict> verdicts, List<Omission> incomplete) {
            return new Outcome(
                    of(verdicts, List.of(), List.of(), Set.of()).results(),
                    verdicts,
                    List.of(),
                    List.of(),
                    Set.of(),
                    incomplete);
        }

        /** How many occurrences have a status. */
        public long count(Status status) {
            return results.getOrDefault(status, 0L);
        }

        /** How many occurrences were judged. */
        public long total() {
            return results.values().stream().mapToLong(Long::longValue).sum();
        }

        /**
         * FAILED if any failed, else INCONCLUSIVE if any is not certain, nothing was judged, or the
         * recording contradicts itself, else PASSED.
         */
        public Status status() {
            if (count(Status.FAILED) > 0) {
                return Status.FAILED;
            }
            return count(Status.PASSED) < total() || total() == 0 || !conflicts.isEmpty()
                    ? Status.INCONCLUSIVE
                    : Status.PASSED;
        }
    }

    /**
     * Judges a recording by expectations that were in force all the time.
     *
     * @param recording complete events in any order; recorded_at is taken as occurred_at where it
     *     is not set
     * @param expectations a folder; absent means the shipped ones
     * @param until judge as of this moment, as if the recording went on: windows that are not over
     *     then stay PENDING. Absent means that nothing is known of what came behind the last event,
     *     so that a window that it could decide is INCONCLUSIVE
     * @throws InvalidDefinitionException naming every problem of the folder
     */
    public static Outcome verify(
            List<AuditEvent> recording,
            Optional<Path> expectations,
            Tolerances tolerances,
            Optional<Instant> until) {
        return verify(recording, expectations, Map.of(), tolerances, until, AlertPolicy.DEFAULT);
    }

    /**
     * The same.
     *
     * @param parameters values for what expectations name as parameters, instead of those there
     * @param alerts which events are alerts; all that nothing explains are told
     */
    public static Outcome verify(
            List<AuditEvent> recording,
            Optional<Path> expectations,
            Map<String, String> parameters,
            Tolerances tolerances,
            Optional<Instant> until,
            AlertPolicy alerts) {
        List<Definition<Expectation>> definitions =
                new DefinitionSource<>(ExpectationReader.KIND.with(parameters), expectations)
                        .read();
        return verifyWith(definitions, recording, tolerances, until, alerts);
    }

    static Outcome verifyWith(
            List<Definition<Expectation>> definitions,
            List<AuditEvent> recording,
            Tolerances tolerances,
            Optional<Instant> until) {
        return verifyWith(definitions, recording, tolerances, until, AlertPolicy.DEFAULT);
    }

    private static Outcome verifyWith(
            List<Definition<Expectation>> definitions,
            List<AuditEvent> recording,
            Tolerances tolerances,
            Optional<Instant> until,
            AlertPolicy alerts) {
        List<AuditEvent> inForce = definitions.stream().map(OfflineVerdicts::inForce).toList();
        RecordedLog log = RecordedLog.of(inForce, recording, OfflineVerdicts::isMadeAnew);
        List<Gap> unknown = until.isPresent() ? List.of() : List.of(behind(log.end(), tolerances));
        Outcome outcome =
                replay(
                        log.store(),
                        log.store(),
                        tolerances,
                        unknown,
                        until.orElse(Instant.MAX),
                        alerts);
        return Outcome.of(
                outcome.verdicts(),
                outcome.unexercised(),
                outcome.unexplainedAlerts(),
                log.conflicts());
    }

    private static AuditEvent inForce(Definition<Expectation> definition) {
        return VerdictEvents.EXPECTATIONS.inForce("verify", Instant.EPOCH, definition, "");
    }

    /**
     * Judges some of a log by one expectation, as if it had been in force.
     *
     * @param history events as they are stored, in any order
     * @param unknown when events may be missing
     * @param until judge as of this moment
     */
    static Outcome tried(
            Definition<Expectation> definition,
            List<AuditEvent> history,
            Tolerances tolerances,
            List<Gap> unknown,
            Instant until) {
        RecordedLog log =
                RecordedLog.of(List.of(inForce(definition)), history, OfflineVerdicts::isMadeAnew);
        return replay(log.store(), log.store(), tolerances, unknown, until, AlertPolicy.DEFAULT);
    }

    /**
     * What is to be said about the expectations of a folder.
     *
     * @param expectations a folder; absent means the shipped ones
     */
    public static DefinitionReport check(Optional<Path> expectations, Tolerances tolerances) {
        var warnings = new ExpectationWarnings(tolerances.clockSkew());
        return DefinitionReport.of(
                new DefinitionSource<>(ExpectationReader.KIND, expectations), warnings::of);
    }

    /** What a recording does not tell; nothing of it came late, so its last word covers its end. */
    private static Gap behind(Instant end, Tolerances tolerances) {
        return Gap.since(end.plus(tolerances.allowedLateness()), "the recording ends at " + end);
    }

    private static boolean isMadeAnew(AuditEvent event) {
        return event.type().equals(VerdictEvents.VERDICT)
                || event.type().equals(VerdictEvents.EXPECTATION)
                || DecisionEvents.isOwn(event);
    }

    /**
     * Judges a stored log anew, by the expectations and settings that are in it, each from where it
     * came into force.
     *
     * @param tolerances for as long as the log says nothing else
     */
    public static Outcome replay(
            EventLog log, EventIndex index, Tolerances tolerances, Instant until) {
        return replay(log, index, tolerances, List.of(), until, AlertPolicy.DEFAULT);
    }

    private static Outcome replay(
            EventLog log,
            EventIndex index,
            Tolerances tolerances,
            List<Gap> unknown,
            Instant until,
            AlertPolicy alerts) {
        Projection scratch = Replay.scratch(VerdictService.PROJECTION);
        VerdictBounds bounds = VerdictBounds.DEFAULT.keepingAllVerdicts();
        Referee referee = Referee.of(scratch, index, tolerances, bounds, alerts.keepingAll());
        Replay.walk(
                log,
                events -> {
                    events.forEach(referee::accept);
                    referee.commit();
                    referee.writer().takeMade();
                });
        unknown.forEach(referee::inherit);
        referee.judgeAll(until);
        return outcome(referee, new VerdictStoreReader(scratch, index));
    }

    private static Outcome outcome(Referee referee, VerdictStoreReader reader) {
        List<Verdict> verdicts = reader.all();
        verdicts.sort(
                Comparator.comparing(Verdict::triggeredAt)
                        .thenComparing(Verdict::triggerId)
                        .thenComparing(Verdict::expectation));
        Set<String> unexercised = new TreeSet<>();
        referee.expectations().inForce().all().forEach(each -> unexercised.add(each.name()));
        unexercised.removeAll(reader.exercised().keySet());
        return Outcome.of(
                verdicts,
                List.copyOf(unexercised),
                reader.unexplainedAlerts(Integer.MAX_VALUE),
                Set.of());
    }
}
