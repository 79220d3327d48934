package io.tradingecosystem.audit.peer;

import io.grpc.ManagedChannel;

import java.time.Duration;

/**
 * The prober's question over gRPC: on a connection of its own, so that the answer is about the
 * instance and not about the connection that calls share. Thread-safe.
 *
 * <p>Helidon's gRPC client makes a connection per call, which is what is wanted here, but it was
 * not fit (4.5.0): an instance that accepts connections and says nothing, as one that is stopped
 * does, costs it a connection and a thread per question, for good; HelidonGrpcClientTest shows it.
 */
final class FreshConnection {
    private final Channels channels;

    FreshConnection(Channels channels) {
        this.channels = channels;
    }

    /**
     * How the instance is.
     *
     * @throws io.grpc.StatusRuntimeException if it cannot be asked, does not answer in time, or has
     *     no such service
     */
    PeerHealth.State health(Endpoint.Address address, String service, Duration timeout) {
        ManagedChannel channel = channels.withoutPings(address.host(), address.port());
        try {
            return HealthQuestion.ask(channel, service, timeout);
        } finally {
            channel.shutdownNow();
        }
    }
}
