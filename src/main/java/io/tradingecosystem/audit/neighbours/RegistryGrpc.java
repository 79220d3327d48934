package io.tradingecosystem.audit.neighbours;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;

import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.egress.EgressPolicy;
import io.tradingecosystem.audit.registry.InstanceFilter;
import io.tradingecosystem.audit.registry.Lookup;
import io.tradingecosystem.audit.registry.Protocol;
import io.tradingecosystem.audit.registry.ServiceRegistry;
import io.tradingecosystem.audit.server.grpc.GrpcAnswers;
import io.tradingecosystem.audit.v1.ListInstancesRequest;
import io.tradingecosystem.audit.v1.ListInstancesResponse;
import io.tradingecosystem.audit.v1.RegistryServiceGrpc;
import io.tradingecosystem.audit.v1.ServiceInstance;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** Who is where, over gRPC: {@code audit.v1.RegistryService}. */
public final class RegistryGrpc extends RegistryServiceGrpc.RegistryServiceImplBase {
    private final ServiceRegistry registry;
    private final EgressPolicy egress;
    private final InstantSource clock;

    /** Shows what the registry knows, and what of it is not called. */
    public RegistryGrpc(ServiceRegistry registry, EgressPolicy egress, InstantSource clock) {
        this.registry = registry;
        this.egress = egress;
        this.clock = clock;
    }

    @Override
    public void listInstances(
            ListInstancesRequest request, StreamObserver<ListInstancesResponse> response) {
        InstanceFilter filter = filter(request);
        Lookup lookup =
                request.getService().isEmpty()
                        ? registry.instances(filter)
                        : registry.instances(request.getService(), filter);
        int limit = RegistryRoutes.LIMIT.of(request.getLimit());
        Instant now = clock.instant();
        ListInstancesResponse.Builder answer =
                ListInstancesResponse.newBuilder()
                        .setTruncated(lookup.instances().size() > limit || lookup.unread() > 0)
                        .setUnread(lookup.unread())
                        .setCount(lookup.instances().size())
                        .setStale(lookup.stale())
                        .setAsOf(Timestamps.fromMillis(lookup.asOf().toEpochMilli()));
        lookup.instances().stream()
                .limit(limit)
                .forEach(instance -> answer.addInstances(message(instance, now)));
        GrpcAnswers.one(response, answer.build());
    }

    private static InstanceFilter filter(ListInstancesRequest request) {
        InstanceFilter filter =
                request.getHealthyOnly() ? InstanceFilter.healthy() : InstanceFilter.any();
        if (!request.getVersion().isEmpty()) {
            filter = filter.withVersion(request.getVersion());
        }
        if (!request.getEnvironment().isEmpty()) {
            filter = filter.withEnvironment(request.getEnvironment());
        }
        for (Map.Entry<String, String> wanted : request.getMetadataMap().entrySet()) {
            filter = filter.withMetadata(wanted.getKey(), wanted.getValue());
        }
        return switch (request.getProtocol()) {
            case PROTOCOL_HTTP -> filter.withProtocol(Protocol.HTTP);
            case PROTOCOL_GRPC -> filter.withProtocol(Protocol.GRPC);
            case PROTOCOL_UNSPECIFIED, UNRECOGNIZED -> filter;
        };
    }

    private ServiceInstance message(
            io.tradingecosystem.audit.registry.ServiceInstance instance, Instant now) {
        ServiceInstance.Builder message =
                ServiceInstance.newBuilder()
                        .setService(instance.service())
                        .setInstance(instance.id())
                        .setVersion(instance.version())
                        .setHost(instance.host())
                        .setHttpPort(instance.httpPort().orElse(0))
                        .setGrpcPort(instance.grpcPort().orElse(0))
                        .setStatus(instance.status())
                        .setHealthy(instance.healthy())
                        .setEnvironment(instance.environment())
                        .putAllMetadata(instance.metadata());
        instance.registeredAt()
                .ifPresent(
                        time ->
                                message.setRegisteredAt(
                                        Timestamps.fromMillis(time.toEpochMilli())));
        instance.lastSeen()
                .ifPresent(time -> message.setLastSeen(Timestamps.fromMillis(time.toEpochMilli())));
        instance.age(now).ifPresent(age -> message.setAge(Durations.fromMillis(age.toMillis())));
        instance.layouts().stream().sorted().forEach(layout -> message.addLayouts(layout.name()));
        instance.flags().stream().sorted().forEach(flag -> message.addFlags(flag.name()));
        egress.refusal(instance.host())
                .ifPresent(refusal -> message.setRefused(refusal.toString()));
        return message.build();
    }
}
