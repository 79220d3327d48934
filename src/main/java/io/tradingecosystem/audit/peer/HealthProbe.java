package io.tradingecosystem.audit.peer;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tradingecosystem.audit.registry.Protocol;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks one instance how it is: over gRPC, and where that is not there, over HTTP. An instance that
 * has spoken gRPC before and does not any more is not well, whatever its HTTP side says.
 * Thread-safe.
 */
final class HealthProbe {
    private static final Comparator<Endpoint> GRPC_FIRST =
            Comparator.comparing(endpoint -> endpoint.address().protocol() != Protocol.GRPC);

    private final String service;
    private final Duration timeout;
    private final FreshConnection fresh;
    private final RestClient rest;
    private final PeerParts parts;

    /**
     * @param timeout of each question
     */
    HealthProbe(
            String service,
            Duration timeout,
            FreshConnection fresh,
            RestClient rest,
            PeerParts parts) {
        this.service = service;
        this.timeout = timeout;
        this.fresh = fresh;
        this.rest = rest;
        this.parts = parts;
    }

    /**
     * How an instance is, by the first of its ports that tells.
     *
     * @param onGrpc hears which one answered over gRPC
     */
    PeerHealth ask(List<Endpoint> ports, Consumer<Endpoint> onGrpc) {
        long started = parts.time().ticker().getAsLong();
        Optional<RuntimeException> failure = Optional.empty();
        for (Endpoint endpoint : ports.stream().sorted(GRPC_FIRST).toList()) {
            boolean grpc = endpoint.address().protocol() == Protocol.GRPC;
            try {
                PeerHealth.State state = grpc ? overGrpc(endpoint, onGrpc) : overHttp(endpoint);
                Source source = grpc ? Source.GRPC : Source.REST;
                return answer(endpoint, state, source, started, failure);
            } catch (RuntimeException e) {
                failure = Optional.of(e);
                if (grpc && died(endpoint, e)) {
                    break;
                }
            }
        }
        return unreachable(ports.getFirst(), failure.orElseThrow());
    }

    /** What an instance told by itself. */
    PeerHealth reported(Endpoint endpoint, PeerHealth.State state) {
        long now = parts.time().ticker().getAsLong();
        return answer(endpoint, state, Source.GRPC, now, Optional.empty());
    }

    private PeerHealth.State overGrpc(Endpoint endpoint, Consumer<Endpoint> onGrpc) {
        PeerHealth.State state = fresh.health(endpoint.address(), service, timeout);
        endpoint.spoke();
        onGrpc.accept(endpoint);
        return state;
    }

    private PeerHealth.State overHttp(Endpoint endpoint) {
        return HealthQuestion.askOverHttp(path -> rest.get(endpoint.address(), path, timeout));
    }

    /** Whether its gRPC side is there and does not work, rather than not there. */
    private static boolean died(Endpoint endpoint, RuntimeException failure) {
        Status.Code code = Status.fromThrowable(failure).getCode();
        return code == Status.Code.DEADLINE_EXCEEDED
                || (code != Status.Code.UNIMPLEMENTED && endpoint.hasSpoken());
    }

    private PeerHealth answer(
            Endpoint endpoint,
            PeerHealth.State state,
            Source source,
            long started,
            Optional<RuntimeException> instead) {
        return new PeerHealth(
                service,
                Optional.of(endpoint.instance().id()),
                state,
                Optional.of(source),
                Duration.ofNanos(parts.time().ticker().getAsLong() - started),
                parts.time().clock().instant(),
                instead.map(failure -> "not over gRPC: " + words(failure)).orElse(""));
    }

    private PeerHealth unreachable(Endpoint endpoint, RuntimeException failure) {
        boolean silent =
                (failure instanceof HttpAnswerException answer && answer.notOffered())
                        || (failure instanceof StatusRuntimeException status
                                && status.getStatus().getCode() == Status.Code.UNIMPLEMENTED);
        return new PeerHealth(
                service,
                Optional.of(endpoint.instance().id()),
                silent ? PeerHealth.State.UNKNOWN : PeerHealth.State.UNREACHABLE,
                Optional.empty(),
                Duration.ZERO,
                parts.time().clock().instant(),
                silent ? "it has nothing that tells its health" : words(failure));
    }

    private static String words(RuntimeException failure) {
        return Optional.ofNullable(failure.getMessage()).orElse(failure.toString());
    }
}
