package io.tradingecosystem.audit.bench;

import io.tradingecosystem.audit.registry.Foreign;
import io.tradingecosystem.audit.registry.InstanceFilter;
import io.tradingecosystem.audit.registry.RegistryObserver;
import io.tradingecosystem.audit.registry.ServiceRegistry;
import io.tradingecosystem.audit.settings.RegistrySettings;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.testing.RedisServer;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * How long one refresh of the registry takes with 10,000 records of all layouts, as the registry
 * itself measures it, against bare pipelined GET and HGETALL of the same keys.
 */
public final class RegistryRefresh {
    private static final int RECORDS = 10_000;
    private static final int WARM_UP = 20;
    private static final int ROUNDS = 40;

    private RegistryRefresh() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (RedisServer redis = RedisServer.start()) {
            Foreign.writeMany(redis, RECORDS);
            double first = refreshes(redis, 0, 1);
            double[] bare = bare(redis);
            redis.client().flushAll();
            Foreign.writeMany(redis, RECORDS);
            double whole = refreshes(redis, WARM_UP, ROUNDS);
            System.out.printf("%d records in all layouts, median of %d%n", RECORDS, ROUNDS);
            System.out.printf("first refresh of a cold JVM   %8.1f ms%n", first);
            System.out.printf("refresh                       %8.1f ms  (goal 500)%n", whole);
            System.out.printf("bare pipeline, values         %8.1f ms%n", bare[0]);
            System.out.printf("bare pipeline, values + PTTL  %8.1f ms%n", bare[1]);
            System.out.printf("ratio to values + PTTL        %8.2f%n", whole / bare[1]);
        }
    }

    private static double refreshes(RedisServer redis, int warmUp, int rounds)
            throws InterruptedException {
        BlockingQueue<Duration> durations = new LinkedBlockingQueue<>();
        RegistryObserver observer =
                new RegistryObserver() {
                    @Override
                    public void refreshed(Duration duration, boolean succeeded) {
                        durations.add(duration);
                    }
                };
        Map<String, String> environment =
                Map.of("REDIS_URL", redis.uri().toString(), "REGISTRY_REFRESH_INTERVAL", "100ms");
        RegistrySettings settings =
                Settings.load(Optional.empty(), environment, new Properties())
                        .settings()
                        .registry();
        List<Double> millis = new ArrayList<>();
        try (ServiceRegistry registry =
                ServiceRegistry.create(settings, observer, InstantSource.system())) {
            for (int i = 0; i < warmUp + rounds; i++) {
                double taken = durations.take().toNanos() / 1e6;
                if (i >= warmUp) {
                    millis.add(taken);
                }
                registry.requestRefresh();
            }
            int known = registry.instances(InstanceFilter.any()).instances().size();
            if (known != RECORDS) {
                throw new IllegalStateException("knows " + known + " of " + RECORDS);
            }
        }
        return median(millis.stream().mapToDouble(d -> d).toArray());
    }

    /** Medians without and with PTTL. */
    private static double[] bare(RedisServer redis) {
        List<String> keys =
                new ArrayList<>(
                        redis.client().keys("*").stream()
                                .filter(key -> !key.contains(":heartbeat:"))
                                .toList());
        double[] values = new double[ROUNDS];
        double[] both = new double[ROUNDS];
        redis.run(
                jedis -> {
                    for (int i = -WARM_UP; i < ROUNDS; i++) {
                        double one = read(jedis, keys, false);
                        double two = read(jedis, keys, true);
                        if (i >= 0) {
                            values[i] = one;
                            both[i] = two;
                        }
                    }
                    return true;
                });
        return new double[] {median(values), median(both)};
    }

    private static double read(Jedis jedis, List<String> keys, boolean withExpiry) {
        long started = System.nanoTime();
        List<Response<?>> responses = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += 500) {
            try (Pipeline pipeline = jedis.pipelined()) {
                for (String key : keys.subList(from, Math.min(keys.size(), from + 500))) {
                    boolean hash =
                            key.startsWith("registry:") || key.indexOf(':') == key.lastIndexOf(':');
                    responses.add(hash ? pipeline.hgetAll(key) : pipeline.get(key));
                    if (withExpiry) {
                        responses.add(pipeline.pttl(key));
                    }
                }
            }
        }
        responses.forEach(Response::get);
        return (System.nanoTime() - started) / 1e6;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
