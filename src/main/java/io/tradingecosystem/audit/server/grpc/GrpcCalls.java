package io.tradingecosystem.audit.server.grpc;

import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerStreamTracer;
import io.tradingecosystem.audit.server.connection.InboundMemory;

import java.util.List;

/**
 * What an engine serves.
 *
 * @param services every service of the listener
 * @param filter goes around every call of them, and around the reading of its messages
 * @param metrics measures every call, also of methods that do not exist
 * @param memory for the messages of all calls; the {@code helidon} engine does not count them
 */
public record GrpcCalls(
        List<ServerServiceDefinition> services,
        ServerInterceptor filter,
        ServerStreamTracer.Factory metrics,
        InboundMemory memory) {

    /** Copies the list. */
    public GrpcCalls {
        services = List.copyOf(services);
    }
}
