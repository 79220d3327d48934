package io.tradingecosystem.audit.monitoring;

import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import io.tradingecosystem.audit.common.RecurringTask;
import io.tradingecosystem.audit.logging.EventLogger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The truth about the service's health, behind both doors. Checks run on a thread of their own once
 * a second and never on a request, so a probe costs nothing and a check that hangs holds up nobody:
 * when no round has ended for ten seconds the service counts as not live.
 *
 * {@snippet file="monitoring/MonitoringExampleTest.java" region="health"}
 *
 * <p>A liveness check that is down means: restart me. A readiness check: send me no requests. A
 * detail is shown and never makes the service unhealthy. Thread-safe.
 */
public final class Health implements AutoCloseable {
    private static final EventLogger LOG = EventLogger.of(Health.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration STALE = Duration.ofSeconds(10);

    private final LongSupplier ticker;
    private final List<HealthCheck> checks = new CopyOnWriteArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final RecurringTask task;
    private volatile HealthState state = HealthState.STARTING;
    private volatile HealthReport report;

    private Health(LongSupplier ticker) {
        this.ticker = ticker;
        this.report = HealthReport.of(state, List.of(), ticker.getAsLong());
        this.task =
                RecurringTask.builder("health", this::round, Health::failed)
                        .initialDelay(INTERVAL)
                        .build();
    }

    /**
     * Starts to check.
     *
     * @param ticker monotonic time in nanoseconds
     */
    public static Health create(LongSupplier ticker) {
        Health health = new Health(ticker);
        health.task.start();
        return health;
    }

    /** Adds a check; its name is unique, its type decides what it means. */
    public Health add(HealthCheck check) {
        checks.add(check);
        return this;
    }

    /** A check that says whether requests are welcome. */
    public static HealthCheck readiness(String name, Supplier<HealthCheckResponse> check) {
        return new NamedCheck(name, HealthCheckType.READINESS, check);
    }

    /** A check that says whether the process should live on. */
    public static HealthCheck liveness(String name, Supplier<HealthCheckResponse> check) {
        return new NamedCheck(name, HealthCheckType.LIVENESS, check);
    }

    /** Facts that are shown with the readiness checks and never turn the service unhealthy. */
    public static HealthCheck detail(String name, Supplier<? extends Map<String, ?>> facts) {
        return new NamedCheck(
                name,
                HealthCheckType.READINESS,
                () -> {
                    var response =
                            HealthCheckResponse.builder().status(HealthCheckResponse.Status.UP);
                    facts.get().forEach(response::detail);
                    return response.build();
                });
    }

    /** All is well. */
    public static HealthCheckResponse up() {
        return HealthCheckResponse.builder().status(HealthCheckResponse.Status.UP).build();
    }

    /** It is not well, and one fact that tells why. */
    public static HealthCheckResponse down(String fact, Object value) {
        return HealthCheckResponse.builder()
                .status(HealthCheckResponse.Status.DOWN)
                .detail(fact, value)
                .build();
    }

    /** Tells where the service is in its life; known at both doors when this returns. */
    public void enter(HealthState next) {
        state = next;
        check();
    }

    /** The result of the last round. */
    public HealthReport report() {
        HealthReport last = report;
        boolean stale = ticker.getAsLong() - last.tick() > STALE.toNanos();
        return stale ? last.stale(STALE) : last;
    }

    /** Calls {@code listener} after each round in which something changed. */
    public Runnable onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Lets the next round begin at once. */
    void wake() {
        task.wake();
    }

    /** Runs all checks now. */
    public void check() {
        List<HealthReport.Result> results = new ArrayList<>();
        checks.forEach(check -> results.add(result(check)));
        HealthReport before;
        HealthReport now;
        lock.lock();
        try {
            before = report;
            now = HealthReport.of(state, results, ticker.getAsLong());
            report = now;
        } finally {
            lock.unlock();
        }
        if (!now.saysTheSameAs(before)) {
            listeners.forEach(Runnable::run);
        }
    }

    @Override
    public void close() {
        task.stop();
    }

    private Duration round() {
        check();
        return INTERVAL;
    }

    private static Duration failed(Throwable failure) {
        LOG.error("health.round.failed", failure);
        return INTERVAL;
    }

    private static HealthReport.Result result(HealthCheck check) {
        HealthCheckResponse response;
        try {
            response = check.call();
        } catch (RuntimeException e) {
            response = down("failure", e.toString());
        }
        return new HealthReport.Result(
                check.name(), check.type(), response.status(), Map.copyOf(response.details()));
    }

    private record NamedCheck(
            String name, HealthCheckType type, Supplier<HealthCheckResponse> check)
            implements HealthCheck {
        @Override
        public HealthCheckResponse call() {
            return check.get();
        }
    }
}
