package io.tradingecosystem.audit.monitoring;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.problem.Problems;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * What can be seen of the service from outside, and how failures are reported: each part adds its
 * own to these.
 *
 * @param health checks, and where the service is in its life
 * @param conditions what can be wrong while requests are welcome
 * @param meters metrics
 * @param status the status document
 * @param problems what the failures of the rooms mean to callers
 * @param time what time it is
 */
public record Monitoring(
        Health health,
        Conditions conditions,
        Meters meters,
        Status status,
        Problems problems,
        Time time)
        implements AutoCloseable {

    /** Starts to watch. */
    public static Monitoring create(Identity identity, Time time) {
        // Both take long at a start: they load hundreds of classes of Helidon and of Jackson.
        CompletableFuture<Meters> metering = CompletableFuture.supplyAsync(Meters::create);
        Health health = Health.create(time.ticker());
        Status status = Status.create(identity, time.ticker());
        status.add(new StatusSection("health", () -> health.report().document()));
        Meters meters = metering.join();
        JvmMeters.addTo(meters);
        Conditions conditions = Conditions.create(time.clock());
        conditions.onChange(health::wake);
        meters.gauges(
                "health_condition",
                "1 while a part is as it should be, 0 while it lags or fails",
                List.of("condition"),
                conditions::values);
        return new Monitoring(health, conditions, meters, status, Problems.create(), time);
    }

    /** Adds a condition, and shows what is found as a detail of health. */
    public void add(Condition condition) {
        conditions.add(condition);
        health.add(Health.detail(condition.name(), () -> conditions.facts(condition.name())));
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
        conditions.close();
        health.close();
        meters.close();
    }
}
