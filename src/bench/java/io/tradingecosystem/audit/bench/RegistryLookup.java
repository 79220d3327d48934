package io.tradingecosystem.audit.bench;

import io.tradingecosystem.audit.registry.InstanceFilter;
import io.tradingecosystem.audit.registry.Protocol;
import io.tradingecosystem.audit.registry.ServiceInstance;
import io.tradingecosystem.audit.registry.ServiceRegistry;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;

/**
 * What a look-up costs among 1,000 services of 5 instances each, in time of the processor and
 * allocation, against a bare look-up in a map of lists.
 */
public final class RegistryLookup {
    private static final int SERVICES = 1_000;
    private static final int COPIES = 5;

    private RegistryLookup() {}

    public static void main(String[] arguments) {
        try (ServiceRegistry registry = ServiceRegistry.inProcess(InstantSource.system())) {
            Map<String, List<ServiceInstance>> map = new TreeMap<>();
            String[] names = new String[SERVICES];
            for (int s = 0; s < SERVICES; s++) {
                names[s] = "service-" + s;
                for (int c = 0; c < COPIES; c++) {
                    registry.register(instance(names[s], c));
                }
                map.put(names[s], registry.instances(names[s], InstanceFilter.any()).instances());
            }
            Map<String, List<ServiceInstance>> bare = Map.copyOf(map);
            InstanceFilter healthy = InstanceFilter.healthy();
            InstanceFilter grpc = healthy.withProtocol(Protocol.GRPC);
            int[] next = new int[1];
            IntSupplier index = () -> next[0] = (next[0] + 7) % SERVICES;
            double baseline =
                    CallCost.of("map of lists", () -> bare.get(names[index.getAsInt()]).size());
            double plain =
                    CallCost.of(
                            "healthy",
                            () ->
                                    registry.instances(names[index.getAsInt()], healthy)
                                            .instances()
                                            .size());
            double filtered =
                    CallCost.of(
                            "healthy, gRPC",
                            () ->
                                    registry.instances(names[index.getAsInt()], grpc)
                                            .instances()
                                            .size());
            System.out.printf(
                    "ratio to the map: healthy %.2f, healthy and gRPC %.2f (goal: 200 ns)%n",
                    plain / baseline, filtered / baseline);
        }
    }

    private static ServiceInstance instance(String service, int copy) {
        return ServiceInstance.builder(service, service + "-" + copy, "10.0.0." + copy)
                .httpPort(8080)
                .grpcPort(9090)
                .build();
    }
}
