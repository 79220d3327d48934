package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.scenario.expectations.ExpectationSource;
import io.tradingecosystem.audit.scenario.expectations.ExpectationsInForce.Definition;
import io.tradingecosystem.audit.scenario.expectations.InvalidExpectationException;
import io.tradingecosystem.audit.scenario.verdicts.Tolerances;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.Verdict.Status;
import io.tradingecosystem.audit.scenario.verdicts.VerdictEvents;
import io.tradingecosystem.audit.scenario.verdicts.VerdictStoreReader;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.MemoryStore;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Judges what is recorded already, once and finally. */
public final class OfflineVerdicts {
    private static final int BATCH = 1_000;

    private OfflineVerdicts() {}

    /**
     * The outcome.
     *
     * @param verdicts one per occurrence, in the order of their triggers
     * @param unexercised the names of expectations whose trigger never occurred
     * @param unexplainedAlerts alerts without a scenario, a cause or an expectation
     */
    public record Outcome(
            List<Verdict> verdicts, List<String> unexercised, List<AuditEvent> unexplainedAlerts) {
        public Outcome {
            verdicts = List.copyOf(verdicts);
            unexercised = List.copyOf(unexercised);
            unexplainedAlerts = List.copyOf(unexplainedAlerts);
        }

        /** How many verdicts have a status. */
        public long count(Status status) {
            return verdicts.stream().filter(v -> v.status() == status).count();
        }

        /** FAILED if any failed, else INCONCLUSIVE if any is not certain, else PASSED. */
        public Status status() {
            if (count(Status.FAILED) > 0) {
                return Status.FAILED;
            }
            return count(Status.INCONCLUSIVE) + count(Status.PENDING) > 0
                    ? Status.INCONCLUSIVE
                    : Status.PASSED;
        }
    }

    /**
     * Judges a recording by expectations that were in force all the time.
     *
     * @param recording complete events in any order; recorded_at is taken as occurred_at where it
     *     is not set. An id that comes twice counts once
     * @param expectations a folder; absent means the shipped ones
     * @param until judge as of this moment; windows that are not over then stay PENDING
     * @throws InvalidExpectationException naming every problem of the folder
     */
    public static Outcome verify(
            List<AuditEvent> recording,
            Optional<Path> expectations,
            Tolerances tolerances,
            Instant until) {
        List<Definition> definitions = new ExpectationSource(expectations).read();
        return verifyWith(definitions, recording, tolerances, until);
    }

    static Outcome verifyWith(
            List<Definition> definitions,
            List<AuditEvent> recording,
            Tolerances tolerances,
            Instant until) {
        Instant[] time = {Instant.EPOCH};
        MemoryStore store = MemoryStore.create(() -> time[0], Set.of());
        for (Definition definition : definitions) {
            store.append(
                    List.of(VerdictEvents.expectation("verify", Instant.EPOCH, definition, "")));
        }
        List<AuditEvent> ordered = new ArrayList<>(recording);
        ordered.replaceAll(OfflineVerdicts::recorded);
        ordered.sort(
                Comparator.comparing(AuditEvent::recordedAt)
                        .thenComparing(AuditEvent::occurredAt)
                        .thenComparing(AuditEvent::id));
        for (AuditEvent event : ordered) {
            time[0] = event.recordedAt();
            boolean own =
                    event.type().equals(VerdictEvents.VERDICT)
                            || event.type().equals(VerdictEvents.EXPECTATION);
            if (!own) {
                store.append(List.of(event.toBuilder().position(0).build()));
            }
        }
        Referee referee = Referee.of(store.projection("scenario"), store, tolerances, MAX);
        return outcome(
                store, referee, new VerdictStoreReader(store.projection("scenario"), store), until);
    }

    /**
     * Judges a stored log anew, by the expectations that are in it, each from where it came into
     * force.
     */
    public static Outcome replay(
            EventLog log,
            io.tradingecosystem.audit.store.EventIndex index,
            Tolerances tolerances,
            Instant until) {
        MemoryStore scratch = MemoryStore.create(() -> Instant.EPOCH, Set.of());
        var projection = scratch.projection("scenario");
        Referee referee = Referee.of(projection, index, tolerances, MAX);
        return outcome(log, referee, new VerdictStoreReader(projection, index), until);
    }

    private static final long MAX = Long.MAX_VALUE / 4;

    private static Outcome outcome(
            EventLog log, Referee referee, VerdictStoreReader reader, Instant until) {
        List<AuditEvent> batch = log.read(0, BATCH);
        while (!batch.isEmpty()) {
            for (AuditEvent event : batch) {
                referee.accept(event, false);
            }
            batch = log.read(batch.getLast().position(), BATCH);
        }
        referee.judgeAll(until);
        List<Verdict> verdicts = new ArrayList<>();
        VerdictStoreReader.Page page;
        String token = "";
        do {
            page =
                    reader.verdicts(
                            new VerdictStoreReader.Question(
                                    "",
                                    "",
                                    Optional.empty(),
                                    VerdictStoreReader.MAX_ON_PAGE,
                                    token));
            verdicts.addAll(page.verdicts());
            token = page.nextPageToken();
        } while (!token.isEmpty());
        verdicts.sort(
                Comparator.comparing(Verdict::triggeredAt)
                        .thenComparing(Verdict::triggerId)
                        .thenComparing(Verdict::expectation));
        Set<String> unexercised = new TreeSet<>();
        referee.definitions().inForce().forEach(d -> unexercised.add(d.expectation().name()));
        unexercised.removeAll(reader.exercised().keySet());
        return new Outcome(verdicts, List.copyOf(unexercised), reader.unexplainedAlerts(BATCH));
    }

    private static AuditEvent recorded(AuditEvent event) {
        return event.recordedAt().equals(Instant.EPOCH)
                ? event.stored(0, event.occurredAt())
                : event;
    }
}
