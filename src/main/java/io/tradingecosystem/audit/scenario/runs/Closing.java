package io.tradingecosystem.audit.scenario.runs;

import io.tradingecosystem.audit.common.Nanos;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.scenario.expectations.RunScope;

import java.time.Duration;
import java.time.Instant;

/**
 * When a run is over.
 *
 * @param from when its first trigger occurred
 * @param at when it was over, by event time, and no trigger behind it
 * @param due when what occurred in it must have arrived, if nothing was lost
 * @param ended whether what ends a run has come: not, where only an event does and none came
 */
public record Closing(Instant from, Instant at, Instant due, boolean ended) {

    /** How long it took. */
    public Duration took() {
        return Duration.between(from, at);
    }

    /** Of a run with a trigger, by what is known of it now. */
    public static Closing of(RunState state, RunScope scope, Duration allowedLateness) {
        long silent = Nanos.plus(state.lastAt(), Nanos.of(scope.patience()));
        long end = Math.min(silent, state.endAt().orElse(Long.MAX_VALUE));
        long at = Math.max(end, state.lastAt());
        long due = Nanos.plus(Math.max(at, state.heard()), Nanos.of(allowedLateness));
        return new Closing(
                state.first().orElseThrow().occurredAt(),
                Times.ofEpochNanos(at),
                Times.ofEpochNanos(due),
                scope.silence().isPresent() || state.endAt().isPresent());
    }
}
