package io.tradingecosystem.audit.peer;

import io.grpc.Context;
import io.grpc.Deadline;
import io.helidon.faulttolerance.Retry;
import io.tradingecosystem.audit.settings.PeerPolicy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * When Helidon's retry makes a further attempt: after a delay that doubles, drawn from its upper
 * half, while attempts and the peer's budget last and the delay ends before the caller's deadline.
 * Without state, because one policy serves all calls and Helidon says which attempt failed.
 * Thread-safe if the generator is.
 */
final class BudgetedRetries implements Retry.RetryPolicy {
    private final PeerPolicy policy;
    private final RetryBudget budget;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * @param clock the clock by which Helidon tells when a call began
     */
    BudgetedRetries(
            PeerPolicy policy, RetryBudget budget, InstantSource clock, RandomGenerator random) {
        this.policy = policy;
        this.budget = budget;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Optional<Long> nextDelayMillis(long firstCallMillis, long lastDelay, int failed) {
        if (failed > policy.retry().attempts()) {
            return Optional.empty();
        }
        double whole = policy.retry().delay().toMillis() * (double) (1L << (failed - 1));
        long delay = Math.round(whole * (0.5 + random.nextDouble() / 2));
        boolean inTime = delay < left(firstCallMillis).toMillis();
        return inTime && budget.spend() ? Optional.of(delay) : Optional.empty();
    }

    /** By the policy and by the caller; its deadline is that of gRPC's context. */
    private Duration left(long firstCallMillis) {
        Duration byPolicy =
                policy.timeout().minusMillis(clock.instant().toEpochMilli() - firstCallMillis);
        Deadline callers = Context.current().getDeadline();
        if (callers == null) {
            return byPolicy;
        }
        Duration byCaller = Duration.ofNanos(callers.timeRemaining(TimeUnit.NANOSECONDS));
        return byCaller.compareTo(byPolicy) < 0 ? byCaller : byPolicy;
    }
}
