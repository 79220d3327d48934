package io.tradingecosystem.audit.peer;

import io.grpc.CallOptions;
import io.grpc.Deadline;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.tradingecosystem.audit.registry.Protocol;
import io.tradingecosystem.audit.registry.ServiceRegistry;
import io.tradingecosystem.audit.settings.PeerPolicy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Calls one peer, whichever of its instances. Each call takes no longer than the policy's timeout,
 * nor than the deadline of gRPC's {@link io.grpc.Context}; a caller that is interrupted, or whose
 * context is cancelled, gets a {@link CancellationException} at once. Thread-safe, and shared by
 * all callers.
 */
public final class PeerClient {
    private static final Answer<PeerHealth.State> NO_HEALTH =
            new Answer<>(PeerHealth.State.UNKNOWN, Source.HEALTH, Optional.empty());

    private final String service;
    private final PeerParts parts;
    private final ServiceRegistry registry;
    private final Endpoints endpoints;
    private final ResilientCalls calls;
    private final RestClient rest;
    private final ConnectionCounts connections = new ConnectionCounts();
    private final Optional<Prober> prober;

    PeerClient(
            String service,
            PeerPolicy policy,
            ServiceRegistry registry,
            PeerParts parts,
            boolean probed) {
        this.service = service;
        this.parts = parts;
        this.registry = registry;
        Channels channels =
                new Channels(
                        policy,
                        host -> new PeerSockets(host, policy.connection(), parts, connections),
                        parts.threads(),
                        parts.traces());
        this.endpoints =
                new Endpoints(
                        service,
                        registry,
                        (address, instance) ->
                                new Endpoint(
                                        address,
                                        instance,
                                        policy,
                                        channels,
                                        parts.egress(),
                                        parts.time().ticker()),
                        parts.threads(),
                        policy.connection().drain());
        this.calls =
                new ResilientCalls(
                        service, policy, endpoints::absence, parts.time().clock(), parts.random());
        this.rest = new RestClient(policy, parts);
        this.prober =
                probed
                        ? Optional.of(
                                new Prober(
                                        service,
                                        policy,
                                        endpoints,
                                        channels,
                                        new FreshConnection(
                                                policy.connection(), connections, parts),
                                        rest,
                                        parts))
                        : Optional.empty();
        prober.ifPresent(
                watching -> {
                    endpoints.onNews(watching::wake);
                    watching.start();
                });
    }

    /** The name of the peer in the registry. */
    public String service() {
        return service;
    }

    /**
     * Makes a unary gRPC call; again after a failure, if the method's proto says that it is
     * idempotent or has no side effects.
     *
     * @throws ServiceUnavailableException if there was no answer
     * @throws StatusRuntimeException if the peer answered that it does not have the method, or that
     *     the request is wrong
     * @throws CancellationException if the caller gave up
     */
    public <Q, A> A call(MethodDescriptor<Q, A> method, Q request) {
        try {
            return ask(method, request, calls.deadline()).answer();
        } catch (UnsupportedCallException e) {
            throw e.answer();
        }
    }

    /**
     * How the peer is by its own account, asked now; where there is none, what the failure to ask
     * says. Does not throw for a peer that is away.
     *
     * @throws CancellationException if the caller gave up
     */
    public PeerHealth healthCheck() {
        long started = parts.time().ticker().getAsLong();
        try {
            return health(healthIfAny(calls.deadline()), started);
        } catch (ServiceUnavailableException e) {
            PeerHealth.State state =
                    e.reason() == ServiceUnavailableException.Reason.NO_INSTANCE
                            ? PeerHealth.State.ABSENT
                            : PeerHealth.State.UNREACHABLE;
            return new PeerHealth(
                    service,
                    e.instance(),
                    state,
                    Optional.empty(),
                    Duration.ZERO,
                    parts.time().clock().instant(),
                    String.valueOf(e.getMessage()));
        }
    }

    /** How calls to it are doing. */
    public PeerState state() {
        List<PeerHealth> healths = prober.map(Prober::healths).orElse(List.of());
        return new PeerState(
                service,
                prober.flatMap(Prober::health),
                healths,
                prober.map(Prober::notProbed).orElse(0),
                endpoints.all().stream().map(Endpoint::state).toList(),
                connections.connections(),
                calls.retries(),
                calls.rejected(),
                calls.inFlight());
    }

    /** A gRPC call that says who answered. */
    <Q, A> Answer<A> ask(MethodDescriptor<Q, A> method, Q request, Deadline deadline) {
        return grpc(
                method.isIdempotent(),
                deadline,
                (endpoint, timeout) ->
                        new Answer<>(
                                ClientCalls.blockingUnaryCall(
                                        endpoint.channel(), method, within(timeout), request),
                                Source.GRPC,
                                Optional.of(endpoint.instance().id())));
    }

    /** GET over HTTP, that says who answered. */
    Answer<byte[]> get(String path, Deadline deadline) {
        return http(
                deadline,
                (endpoint, timeout) ->
                        new Answer<>(
                                rest.get(endpoint.address(), path, timeout),
                                Source.REST,
                                Optional.of(endpoint.instance().id())));
    }

    /**
     * Asks over gRPC, and where the peer has not got that, in another way. A peer has not got it if
     * it says so, or if nothing that can be connected to speaks gRPC.
     */
    <A> A either(Function<Deadline, A> grpc, Function<Deadline, A> otherwise) {
        Deadline deadline = calls.deadline();
        try {
            return grpc.apply(deadline);
        } catch (UnsupportedCallException e) {
            return otherwise.apply(deadline);
        } catch (ServiceUnavailableException e) {
            if (!notThere(e)) {
                throw e;
            }
            return otherwiseOr(e, () -> otherwise.apply(deadline));
        }
    }

    private static boolean notThere(ServiceUnavailableException failure) {
        return switch (failure.reason()) {
            case NO_INSTANCE, CONNECT_FAILED, BREAKER_OPEN -> true;
            case TIMED_OUT, OVERLOADED, REFUSED -> false;
        };
    }

    /** Ends the connections; calls in flight get some time. Blocks until then. */
    void close() {
        prober.ifPresent(Prober::close);
        endpoints.close();
    }

    /** If there is no other way either, the first failure tells more. */
    private <A> A otherwiseOr(ServiceUnavailableException first, Supplier<A> otherwise) {
        if (endpoints.speaking(Protocol.HTTP).isEmpty()) {
            throw first;
        }
        try {
            return otherwise.get();
        } catch (RuntimeException e) {
            e.addSuppressed(first);
            throw e;
        }
    }

    /**
     * How the peer is; over HTTP only if no instance has ever spoken gRPC.
     *
     * @throws UnsupportedCallException if it has nothing that tells
     */
    Answer<PeerHealth.State> health(Deadline deadline) {
        try {
            return healthOverGrpc(deadline);
        } catch (UnsupportedCallException e) {
            return healthOverHttp(deadline);
        } catch (ServiceUnavailableException e) {
            boolean spoken =
                    endpoints.speaking(Protocol.GRPC).stream().anyMatch(Endpoint::hasSpoken);
            if (spoken || !notThere(e)) {
                throw e;
            }
            return otherwiseOr(e, () -> healthOverHttp(deadline));
        }
    }

    private Answer<PeerHealth.State> healthOverGrpc(Deadline deadline) {
        return grpc(
                true,
                deadline,
                (endpoint, timeout) ->
                        new Answer<>(
                                HealthQuestion.ask(endpoint.channel(), service, timeout),
                                Source.GRPC,
                                Optional.of(endpoint.instance().id())));
    }

    private Answer<PeerHealth.State> healthOverHttp(Deadline deadline) {
        return http(
                deadline,
                (endpoint, timeout) ->
                        new Answer<>(
                                HealthQuestion.askOverHttp(
                                        path -> rest.get(endpoint.address(), path, timeout)),
                                Source.REST,
                                Optional.of(endpoint.instance().id())));
    }

    /** The health of a peer that has nothing else to say, and perhaps not even that. */
    Answer<PeerHealth.State> healthIfAny(Deadline deadline) {
        try {
            return health(deadline);
        } catch (UnsupportedCallException e) {
            return NO_HEALTH;
        }
    }

    private <A> A grpc(
            boolean idempotent, Deadline deadline, ResilientCalls.Operation<A> operation) {
        return measured(
                () ->
                        calls.call(
                                () -> endpoints.speaking(Protocol.GRPC),
                                idempotent,
                                deadline,
                                operation));
    }

    private <A> A http(Deadline deadline, ResilientCalls.Operation<A> operation) {
        return measured(
                () ->
                        calls.call(
                                () -> endpoints.speaking(Protocol.HTTP),
                                true,
                                deadline,
                                operation));
    }

    private PeerHealth health(Answer<PeerHealth.State> answer, long started) {
        return new PeerHealth(
                service,
                answer.instance(),
                answer.answer(),
                Optional.of(answer.source()),
                Duration.ofNanos(parts.time().ticker().getAsLong() - started),
                parts.time().clock().instant(),
                "");
    }

    private <A> A measured(Supplier<A> call) {
        long started = parts.time().ticker().getAsLong();
        String outcome = "FAILED";
        try {
            A answer = call.get();
            outcome = "OK";
            return answer;
        } catch (ServiceUnavailableException e) {
            outcome = e.reason().name();
            switch (e.reason()) {
                // It may have moved; a refresh reads everything, so not for what it cannot help.
                case NO_INSTANCE, CONNECT_FAILED -> registry.requestRefresh();
                case TIMED_OUT, BREAKER_OPEN, OVERLOADED, REFUSED -> {}
            }
            throw e;
        } catch (UnsupportedCallException e) {
            outcome = "NOT_OFFERED";
            throw e;
        } catch (CancellationException e) {
            outcome = "CANCELLED";
            throw e;
        } catch (StatusRuntimeException e) {
            outcome = e.getStatus().getCode().name();
            throw e;
        } finally {
            parts.observer()
                    .called(
                            service,
                            outcome,
                            Duration.ofNanos(parts.time().ticker().getAsLong() - started));
        }
    }

    private static CallOptions within(Duration timeout) {
        return CallOptions.DEFAULT.withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * What was answered.
     *
     * @param instance who answered
     */
    record Answer<A>(A answer, Source source, Optional<String> instance) {}
}
