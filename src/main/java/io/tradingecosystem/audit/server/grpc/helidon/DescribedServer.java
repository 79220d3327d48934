package io.tradingecosystem.audit.server.grpc.helidon;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The server that reflection asks for its list of services. It serves nothing itself.
 *
 * <p>Fault: Helidon 4.5.0, {@code GrpcProtocolHandler.init}, puts no server into the context of a
 * call, so that reflection finds no services. Shown by: {@code
 * HelidonGrpcFaultsTest.shouldListNoServiceByReflection}. Held by: {@code
 * GrpcCallSuite.shouldListItsServicesByReflection}. Look again: Helidon 4.6.
 */
final class DescribedServer extends Server {
    private final List<ServerServiceDefinition> services;

    DescribedServer(List<ServerServiceDefinition> services) {
        this.services = List.copyOf(services);
    }

    @Override
    public List<ServerServiceDefinition> getServices() {
        return services;
    }

    @Override
    public List<ServerServiceDefinition> getImmutableServices() {
        return services;
    }

    @Override
    public List<ServerServiceDefinition> getMutableServices() {
        return List.of();
    }

    @Override
    public Server start() {
        return this;
    }

    @Override
    public Server shutdown() {
        return this;
    }

    @Override
    public Server shutdownNow() {
        return this;
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return false;
    }

    @Override
    public void awaitTermination() {}
}
