package io.tradingecosystem.audit.api.events;

import io.tradingecosystem.audit.ingest.BatchTooLargeException;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.store.LogBusyException;
import io.tradingecosystem.audit.store.LogUnavailableException;

import java.time.Duration;

/** What the failures on the way into the log mean to senders. */
final class EventProblems {
    private static final Duration DISK_CHECK = Duration.ofSeconds(5);

    private EventProblems() {}

    static Problem busy(LogBusyException failure) {
        return Problem.of(Kind.BUSY, String.valueOf(failure.getMessage()))
                .retryAfter(failure.retryAfter());
    }

    static Problem unavailable(LogUnavailableException failure) {
        return Problem.of(Kind.UNAVAILABLE, String.valueOf(failure.getMessage()))
                .retryAfter(DISK_CHECK);
    }

    static Problem tooLarge(BatchTooLargeException failure) {
        return Problem.of(Kind.TOO_LARGE, String.valueOf(failure.getMessage()))
                .with("limit", failure.limit());
    }
}
