package io.tradingecosystem.audit.api;

import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckResponse.Status;
import io.tradingecosystem.audit.common.Durations;
import io.tradingecosystem.audit.monitoring.Condition;
import io.tradingecosystem.audit.projection.FollowerProgress;
import io.tradingecosystem.audit.projection.Progress;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.BooleanSupplier;

/** Whether a follower of the log keeps up with it. */
public final class LagCondition {
    private LagCondition() {}

    /**
     * A condition that is down while the oldest event that waits is too old.
     *
     * @param max what age is not yet too old
     * @param enabled whether the follower is to work at all; while it is not, nothing is wrong
     */
    public static Condition of(
            String name,
            String remedy,
            FollowerProgress progress,
            Duration max,
            BooleanSupplier enabled) {
        return new Condition(name, remedy, () -> look(progress, max, enabled.getAsBoolean()));
    }

    private static HealthCheckResponse look(
            FollowerProgress progress, Duration max, boolean enabled) {
        Progress now = progress.now();
        Duration lag = progress.lag();
        boolean lags = enabled && lag.compareTo(max) > 0;
        var response =
                HealthCheckResponse.builder()
                        .status(lags ? Status.DOWN : Status.UP)
                        .detail("position", now.position())
                        .detail("behind", now.behind())
                        .detail("lag", Durations.format(lag.truncatedTo(ChronoUnit.MILLIS)))
                        .detail("lag_warning", Durations.format(max))
                        .detail("enabled", enabled);
        progress.waitingSince()
                .ifPresent(since -> response.detail("waiting_since", since.toString()));
        return response.build();
    }
}
