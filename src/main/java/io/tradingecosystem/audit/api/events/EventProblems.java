package io.tradingecosystem.audit.api.events;

import io.tradingecosystem.audit.ingest.BatchTooLargeException;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.Problems;
import io.tradingecosystem.audit.store.Damage;
import io.tradingecosystem.audit.store.LogBusyException;
import io.tradingecosystem.audit.store.LogDamagedException;
import io.tradingecosystem.audit.store.LogUnavailableException;

import java.time.Duration;

/** What the failures on the way into the log mean to senders, through whichever door they come. */
public final class EventProblems {
    private static final Duration DISK_CHECK = Duration.ofSeconds(5);

    private EventProblems() {}

    /** Adds the meanings. */
    public static void map(Problems problems) {
        problems.map(
                        LogBusyException.class,
                        e ->
                                Problem.of(Kind.BUSY, String.valueOf(e.getMessage()))
                                        .retryAfter(e.retryAfter()))
                .map(
                        LogUnavailableException.class,
                        e ->
                                Problem.of(Kind.UNAVAILABLE, String.valueOf(e.getMessage()))
                                        .retryAfter(DISK_CHECK))
                .map(LogDamagedException.class, EventProblems::damaged)
                .map(
                        BatchTooLargeException.class,
                        e ->
                                Problem.of(Kind.TOO_LARGE, String.valueOf(e.getMessage()))
                                        .with("limit", e.limit()))
                .map(
                        CutShortException.class,
                        e -> e.results().withResults(problems.find(e.failure()).orElseThrow()));
    }

    /** What is damaged does not heal, so there is no use in coming back soon. */
    private static Problem damaged(LogDamagedException e) {
        Damage damage = e.damage();
        Problem problem =
                Problem.of(Kind.UNAVAILABLE, String.valueOf(e.getMessage()))
                        .with("file", damage.file());
        return damage.hasPositions()
                ? problem.with("from_position", damage.from()).with("to_position", damage.to())
                : problem;
    }
}
