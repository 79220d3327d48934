package io.tradingecosystem.audit.server.grpc;

import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerStreamTracer;
import io.tradingecosystem.audit.server.connection.InboundMemory;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * What an engine serves.
 *
 * @param services every service of the listener
 * @param guard stands before every call of them, and before the reading of its messages
 * @param filter goes around every call of them, and around the reading of its messages
 * @param metrics measures every call, also of methods that do not exist
 * @param memory for the messages of all calls; the {@code helidon} engine does not count them
 */
public record GrpcCalls(
        List<ServerServiceDefinition> services,
        Optional<ServerInterceptor> guard,
        ServerInterceptor filter,
        ServerStreamTracer.Factory metrics,
        InboundMemory memory) {

    /** Copies the list. */
    public GrpcCalls {
        services = List.copyOf(services);
    }

    /**
     * The services behind the guard.
     *
     * @param messages how they come from the transport
     */
    public List<ServerServiceDefinition> guarded(Marshaller<InputStream> messages) {
        return services.stream()
                .map(service -> ServerInterceptors.useMarshalledMessages(service, messages))
                .map(
                        service ->
                                guard.map(each -> ServerInterceptors.intercept(service, each))
                                        .orElse(service))
                .toList();
    }
}
