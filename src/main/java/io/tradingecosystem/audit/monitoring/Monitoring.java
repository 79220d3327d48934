package io.tradingecosystem.audit.monitoring;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.problem.Problems;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What can be seen of the service from outside, and how failures are reported: each part adds its
 * own to these.
 *
 * @param health checks, and where the service is in its life
 * @param meters metrics
 * @param status the status document
 * @param problems what the failures of the rooms mean to callers
 * @param time what time it is
 */
public record Monitoring(Health health, Meters meters, Status status, Problems problems, Time time)
        implements AutoCloseable {

    /** Starts to watch. */
    public static Monitoring create(Identity identity, Time time) {
        Health health = Health.create(time.ticker());
        Status status = Status.create(identity, time.ticker());
        status.add(new StatusSection("health", () -> health.report().document()));
        Meters meters = Meters.create();
        JvmMeters.addTo(meters);
        return new Monitoring(health, meters, status, Problems.create(), time);
    }

    /** The wall clock. */
    public InstantSource clock() {
        return time.clock();
    }

    /** Monotonic time in nanoseconds. */
    public LongSupplier ticker() {
        return time.ticker();
    }

    @Override
    public void close() {
        health.close();
        meters.close();
    }
}
