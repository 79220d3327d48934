package io.tradingecosystem.audit.peer;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.webclient.grpc.GrpcClient;
import io.tradingecosystem.audit.settings.PeerPolicy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * The prober's question over gRPC: on a connection of its own, so that the answer is about the
 * instance and not about the connection that calls share. Thread-safe.
 *
 * <p>Helidon's gRPC client makes a connection per call, which is what is wanted here. By itself
 * (4.5.0) it waits 20 seconds for the other side's first word, knows no deadline, and when it is
 * interrupted leaves its connection and the thread that reads from it behind. So it is never
 * interrupted: the socket belongs to this class, and is closed when the time is up or the question
 * is over, at which that thread ends.
 */
final class FreshConnection {
    /** Enough for an answer; what sends without end, against the client's wishes, is slowed. */
    private static final int RECEIVE_BUFFER = 2048;

    private final PeerPolicy.Connection policy;
    private final ConnectionCounts counts;
    private final PeerParts parts;

    FreshConnection(PeerPolicy.Connection policy, ConnectionCounts counts, PeerParts parts) {
        this.policy = policy;
        this.counts = counts;
        this.parts = parts;
    }

    /**
     * How the instance is.
     *
     * @param timeout for everything
     * @throws StatusRuntimeException if it cannot be asked, does not answer in time, or has no such
     *     service
     */
    PeerHealth.State health(Endpoint.Address address, String service, Duration timeout) {
        long deadline = parts.time().ticker().getAsLong() + timeout.toNanos();
        Endpoint.Address resolved = resolved(address);
        return HealthQuestion.ask(
                service,
                request -> {
                    Duration left = Duration.ofNanos(deadline - parts.time().ticker().getAsLong());
                    // Timeouts of sockets are in milliseconds, and 0 would be for ever.
                    if (left.toMillis() < 1) {
                        throw late(timeout);
                    }
                    try {
                        return check(resolved, request, left);
                    } catch (StatusRuntimeException e) {
                        throw e;
                    } catch (RuntimeException e) {
                        boolean late = parts.time().ticker().getAsLong() - deadline >= 0;
                        throw late ? late(timeout) : unavailable(message(e), e);
                    }
                });
    }

    private HealthCheckResponse check(
            Endpoint.Address address, HealthCheckRequest request, Duration timeout) {
        ExecutorService threads = parts.threads();
        try (TimedSocket socket = new TimedSocket(timeout, threads, counts)) {
            try {
                return exchange(client(address, timeout, socket), request);
            } finally {
                if (!socket.connected()) {
                    counts.failed();
                }
            }
        }
    }

    private HealthCheckResponse exchange(GrpcClient client, HealthCheckRequest request) {
        ClientCall<HealthCheckRequest, HealthCheckResponse> call =
                ClientInterceptors.intercept(client.channel(), parts.traces())
                        .newCall(HealthGrpc.getCheckMethod(), CallOptions.DEFAULT);
        Answer answer = new Answer();
        // Not by a stub: it would cancel a call that has no connection yet, and log what that does.
        call.start(answer, new Metadata());
        call.request(1);
        call.sendMessage(request);
        call.halfClose();
        return answer.orThrow();
    }

    private GrpcClient client(Endpoint.Address address, Duration timeout, TimedSocket socket) {
        Duration connect = timeout.compareTo(policy.timeout()) < 0 ? timeout : policy.timeout();
        return GrpcClient.builder()
                .baseUri(address.uri())
                .tls(Tls.builder().enabled(false).build())
                .shareConnectionCache(false)
                .executor(parts.threads())
                .connectionListener(socket)
                .socketOptions(
                        SocketOptions.builder()
                                .connectTimeout(connect)
                                .socketReceiveBufferSize(RECEIVE_BUFFER)
                                .tcpNoDelay(true)
                                .build())
                .readTimeout(timeout)
                .protocolConfig(
                        protocol -> protocol.pollWaitTime(timeout).abortPollTimeExpired(true))
                .build();
    }

    private static StatusRuntimeException late(Duration timeout) {
        return Status.DEADLINE_EXCEEDED
                .withDescription("no answer within " + timeout)
                .asRuntimeException();
    }

    private static StatusRuntimeException unavailable(String why, Exception cause) {
        return Status.UNAVAILABLE.withDescription(why).withCause(cause).asRuntimeException();
    }

    /** Helidon's own words, and the system's below them. */
    private static String message(RuntimeException failure) {
        String words = Optional.ofNullable(failure.getMessage()).orElse(failure.toString());
        return failure.getCause() == null ? words : words + ": " + failure.getCause().getMessage();
    }

    /** Helidon's client (4.5.0) asks no resolver of ours, so it gets what needs none. */
    private Endpoint.Address resolved(Endpoint.Address address) {
        try {
            InetAddress resolved = parts.egress().resolve(address.host());
            parts.own().refuse(resolved, address.port());
            return address.at(resolved);
        } catch (UnknownHostException e) {
            counts.failed();
            throw unavailable("unknown host " + address.host(), e);
        } catch (ConnectException e) {
            counts.failed();
            throw unavailable(String.valueOf(e.getMessage()), e);
        }
    }

    /** What came back; written and read by the thread that asks, as Helidon's calls block. */
    private static final class Answer extends ClientCall.Listener<HealthCheckResponse> {
        private Optional<HealthCheckResponse> message = Optional.empty();
        private Status status = Status.OK;

        @Override
        public void onMessage(HealthCheckResponse response) {
            if (message.isPresent()) {
                throw Status.INTERNAL.withDescription("more than one answer").asRuntimeException();
            }
            message = Optional.of(response);
        }

        @Override
        public void onClose(Status closed, Metadata trailers) {
            status = closed;
        }

        HealthCheckResponse orThrow() {
            if (!status.isOk()) {
                throw status.asRuntimeException();
            }
            // Helidon loses a status that comes after headers of its own; without an answer, it was
            // not OK, and the likeliest is that the name is not known.
            return message.orElseThrow(
                    () -> Status.NOT_FOUND.withDescription("gave no health").asRuntimeException());
        }
    }
}
