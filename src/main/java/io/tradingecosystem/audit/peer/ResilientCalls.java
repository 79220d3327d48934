package io.tradingecosystem.audit.peer;

import io.grpc.Context;
import io.grpc.Deadline;
import io.helidon.faulttolerance.Bulkhead;
import io.helidon.faulttolerance.BulkheadException;
import io.helidon.faulttolerance.Retry;
import io.tradingecosystem.audit.peer.ServiceUnavailableException.Reason;
import io.tradingecosystem.audit.settings.PeerPolicy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What stands around every call to one peer, from outside: Helidon's bulkhead, Helidon's retry, and
 * for each attempt the choice of an instance, its breaker, and a deadline. The deadline is gRPC's:
 * it travels with the call, where Helidon's timeout, the same for all callers, would interrupt
 * them. Thread-safe.
 */
final class ResilientCalls {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration NEXT_REFRESH = Duration.ofSeconds(5);

    private final String service;
    private final PeerPolicy policy;
    private final Supplier<String> absence;
    private final LoadBalancer balancer;
    private final RetryBudget budget;
    private final Bulkhead bulkhead;
    private final Retry retry;

    /**
     * @param absence why there is no instance to call, in words
     */
    ResilientCalls(
            String service,
            PeerPolicy policy,
            Supplier<String> absence,
            InstantSource clock,
            RandomGenerator random) {
        this.service = service;
        this.policy = policy;
        this.absence = absence;
        this.balancer = new LoadBalancer(random);
        this.budget = new RetryBudget(policy.retry());
        this.bulkhead =
                Bulkhead.builder().limit(policy.maxInFlight()).queueLength(0).name(service).build();
        this.retry =
                Retry.builder()
                        .retryPolicy(new BudgetedRetries(policy, budget, clock, random))
                        .overallTimeout(policy.timeout().plusDays(1))
                        .addApplyOn(AgainException.class)
                        .name(service)
                        .build();
    }

    /**
     * Makes a call.
     *
     * @param endpoints where it can be made
     * @param idempotent whether it may be made again if an attempt fails
     * @param deadline when the caller must have an answer, or none
     * @throws ServiceUnavailableException if there was no answer
     * @throws UnsupportedCallException if the instance has no such method or path
     * @throws CancellationException if the caller gave up
     * @throws io.grpc.StatusRuntimeException if the instance answered that the request is wrong
     */
    <A> A call(
            Supplier<List<Endpoint>> endpoints,
            boolean idempotent,
            Deadline deadline,
            Operation<A> operation) {
        List<Endpoint> tried = new ArrayList<>(policy.retry().attempts() + 1);
        Supplier<A> attempt = () -> attempt(endpoints.get(), tried, deadline, operation);
        budget.save();
        try {
            return bulkhead.invoke(() -> idempotent ? retry.invoke(attempt) : attempt.get());
        } catch (AgainException e) {
            throw e.failure();
        } catch (BulkheadException e) {
            throw unavailable(
                    Reason.OVERLOADED, policy.maxInFlight() + " calls are in flight already", SOON);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted between two attempts");
            }
            throw e;
        }
    }

    long retries() {
        return retry.retryCounter();
    }

    long rejected() {
        return bulkhead.stats().callsRejected();
    }

    long inFlight() {
        return bulkhead.stats().concurrentExecutions();
    }

    /** By the policy, and by the caller; its deadline is that of gRPC's context. */
    Deadline deadline() {
        Deadline own = Deadline.after(policy.timeout().toNanos(), TimeUnit.NANOSECONDS);
        Deadline callers = Context.current().getDeadline();
        return callers == null ? own : own.minimum(callers);
    }

    private <A> A attempt(
            List<Endpoint> endpoints,
            List<Endpoint> tried,
            Deadline deadline,
            Operation<A> operation) {
        if (deadline.isExpired()) {
            throw unavailable(Reason.TIMED_OUT, "the deadline passed before it was called", SOON);
        }
        Endpoint.Call call = begin(endpoints, tried);
        tried.add(call.endpoint());
        Duration left = Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS));
        Duration timeout =
                left.compareTo(policy.attemptTimeout()) < 0 ? left : policy.attemptTimeout();
        A answer;
        try {
            answer = operation.at(call.endpoint(), timeout);
        } catch (RuntimeException | Error e) {
            throw failed(call, e, timeout);
        }
        call.end(Outcome.SUCCEEDED, false);
        return answer;
    }

    private static RuntimeException failed(Endpoint.Call call, Throwable thrown, Duration timeout) {
        Failure failure;
        try {
            failure = Failure.of(call.endpoint(), thrown, timeout);
        } catch (Error e) {
            call.end(Outcome.UNDECIDED, false);
            throw e;
        }
        call.end(failure.outcome(), failure.timedOut());
        return failure.again() ? new AgainException(failure.exception()) : failure.exception();
    }

    private Endpoint.Call begin(List<Endpoint> endpoints, List<Endpoint> tried) {
        if (endpoints.isEmpty()) {
            throw unavailable(Reason.NO_INSTANCE, absence.get(), NEXT_REFRESH);
        }
        // Others may use up the trials of a breaker between the choice and the call.
        for (int i = 0; i <= endpoints.size(); i++) {
            Optional<Endpoint.Call> call =
                    balancer.among(endpoints, tried).flatMap(Endpoint::begin);
            if (call.isPresent()) {
                return call.get();
            }
        }
        Duration wait =
                endpoints.stream()
                        .map(Endpoint::untilTrial)
                        .min(Comparator.naturalOrder())
                        .orElse(SOON);
        throw unavailable(
                Reason.BREAKER_OPEN,
                "too many calls to it have failed lately",
                wait.compareTo(SOON) < 0 ? SOON : wait);
    }

    private ServiceUnavailableException unavailable(
            Reason reason, String detail, Duration retryAfter) {
        return new ServiceUnavailableException(
                service, Optional.empty(), reason, detail, retryAfter, Optional.empty());
    }

    /** What is done at an instance. */
    @FunctionalInterface
    interface Operation<A> {
        A at(Endpoint endpoint, Duration timeout);
    }

    /** An attempt failed and another may help. */
    private static final class AgainException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final RuntimeException failure;

        AgainException(RuntimeException failure) {
            super(failure.getMessage(), failure, true, false);
            this.failure = failure;
        }

        RuntimeException failure() {
            return failure;
        }
    }
}
