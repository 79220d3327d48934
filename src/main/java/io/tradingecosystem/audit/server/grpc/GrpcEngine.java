package io.tradingecosystem.audit.server.grpc;

import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.spi.ServerConnectionSelector;

import java.io.IOException;
import java.time.Duration;

/**
 * Speaks HTTP/2 and gRPC on the connections that Helidon's listener accepts. There are two: {@code
 * grpc-java}, the default, and {@code helidon} for those who want Helidon only. Both serve the same
 * services behind the same interceptor and feed the same metrics; a common suite of tests says what
 * each can do. Thread-safe.
 */
public interface GrpcEngine {

    /** Takes the connections of the listener. */
    ServerConnectionSelector connections();

    /** Adds to the listener what the engine needs there, beside {@link #connections}. */
    void configure(ListenerConfig.Builder listener);

    /**
     * Starts to serve; before the listener does.
     *
     * @throws IOException if the engine cannot start
     */
    void start() throws IOException;

    /** Refuses new calls and connections from now on. */
    void shutdown();

    /** Waits for the calls in flight; false if some still run after the grace. */
    boolean awaitTermination(Duration grace) throws InterruptedException;

    /** Cuts off what still runs, and all connections. */
    void stop();
}
