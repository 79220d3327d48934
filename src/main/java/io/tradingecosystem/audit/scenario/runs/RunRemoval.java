package io.tradingecosystem.audit.scenario.runs;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.matching.JoinedEvent;
import io.tradingecosystem.audit.scenario.expectations.RunScope;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** What of a run may have left the log before it was looked for. */
final class RunRemoval {
    private RunRemoval() {}

    /**
     * Why some of a run may not be measured, as a clause for people; empty if all of it is. A run
     * begins no earlier than the silence that ends one before its first trigger; what has no run's
     * id may be of any time.
     */
    static Optional<String> of(RunState run, RunScope scope) {
        OptionalLong gone = run.unknowns().goneBefore();
        return gone.isPresent() && isOf(run, scope, gone.getAsLong())
                ? Optional.of(clause(gone.getAsLong()))
                : Optional.empty();
    }

    private static boolean isOf(RunState run, RunScope scope, long gone) {
        long first = run.first().map(JoinedEvent::at).orElse(Long.MIN_VALUE);
        return run.scenarioId().isEmpty() || begin(first, scope.patience()) < gone;
    }

    private static long begin(long first, Duration patience) {
        return Nanos.plus(first, -Nanos.of(patience));
    }

    private static String clause(long gone) {
        return Bound.RETENTION
                + ": what was recorded of it before "
                + Times.format(Times.ofEpochNanos(gone))
                + " may have been removed before it was heard of";
    }
}
