package io.tradingecosystem.audit.bench;

import com.sun.management.ThreadMXBean;

import io.tradingecosystem.audit.registry.InstanceFilter;
import io.tradingecosystem.audit.registry.Protocol;
import io.tradingecosystem.audit.registry.ServiceInstance;
import io.tradingecosystem.audit.registry.ServiceRegistry;

import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;

/**
 * What a look-up costs among 1,000 services of 5 instances each, in time and allocation, against a
 * bare look-up in a map of lists.
 */
public final class RegistryLookup {
    private static final int SERVICES = 1_000;
    private static final int COPIES = 5;
    private static final int CALLS = 2_000_000;
    private static final int ROUNDS = 15;

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
                    measure("map of lists", () -> bare.get(names[index.getAsInt()]).size());
            double plain =
                    measure(
                            "healthy",
                            () ->
                                    registry.instances(names[index.getAsInt()], healthy)
                                            .instances()
                                            .size());
            double filtered =
                    measure(
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

    private static double measure(String name, IntSupplier lookup) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        double[] nanos = new double[ROUNDS];
        long bytes = 0;
        long sum = 0;
        for (int round = -5; round < ROUNDS; round++) {
            long allocated = threads.getCurrentThreadAllocatedBytes();
            long started = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                sum += lookup.getAsInt();
            }
            long taken = System.nanoTime() - started;
            bytes = threads.getCurrentThreadAllocatedBytes() - allocated;
            if (round >= 0) {
                nanos[round] = (double) taken / CALLS;
            }
        }
        Arrays.sort(nanos);
        double median = nanos[ROUNDS / 2];
        System.out.printf(
                "%-14s %6.1f ns  %4.0f B/call  (found %d)%n",
                name, median, (double) bytes / CALLS, sum);
        return median;
    }

    private static ServiceInstance instance(String service, int copy) {
        return ServiceInstance.builder(service, service + "-" + copy, "10.0.0." + copy)
                .httpPort(8080)
                .grpcPort(9090)
                .build();
    }
}
