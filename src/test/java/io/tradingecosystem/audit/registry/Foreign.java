package io.tradingecosystem.audit.registry;

import io.tradingecosystem.audit.testing.RedisServer;

import redis.clients.jedis.Pipeline;
import redis.clients.jedis.params.SetParams;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Records as the other services of the ecosystem write them, by raw commands. */
public final class Foreign {
    private static final List<Layout> LAYOUTS =
            List.of(Layout.A, Layout.B, Layout.C, Layout.D, Layout.E, Layout.F, Layout.G);

    private Foreign() {}

    /** The service that {@link #writeAll} writes in a layout. */
    static String service(Layout layout) {
        return "service-" + layout.name().toLowerCase(Locale.ROOT);
    }

    /** One record in each layout. */
    static void writeAll(RedisServer redis) {
        redis.run(
                jedis -> {
                    try (Pipeline pipeline = jedis.pipelined()) {
                        LAYOUTS.forEach(l -> write(pipeline, l, service(l), 8000));
                    }
                    return true;
                });
    }

    /** So many records, each of an instance of its own, in all layouts by turns. */
    public static void writeMany(RedisServer redis, int count) {
        redis.run(
                jedis -> {
                    try (Pipeline pipeline = jedis.pipelined()) {
                        for (int i = 0; i < count; i++) {
                            Layout layout = LAYOUTS.get(i % LAYOUTS.size());
                            write(pipeline, layout, "service-" + i, 1_024 + i);
                        }
                    }
                    return true;
                });
    }

    private static void write(Pipeline redis, Layout layout, String name, int port) {
        Instant now = Instant.now();
        int grpc = port + 1;
        SetParams expiring = SetParams.setParams().ex(60);
        switch (layout) {
            case A ->
                    redis.set(
                            "services:" + name + ":" + name + "-1",
                            """
                            {"id":"%s-1","name":"%s","version":"1.0.0","host":"10.0.0.1",
                             "grpc_port":%d,"http_port":%d,"status":"healthy",
                             "metadata":{"environment":"testing"},
                             "last_seen":"%s","registered_at":"%s"}\
                            """
                                    .formatted(name, name, grpc, port, now, now),
                            expiring);
            case B -> {
                redis.hset(
                        "registry:services:" + name,
                        Map.of(
                                "name",
                                name,
                                "version",
                                "1.0.0",
                                "host",
                                "10.0.0.1",
                                "http_port",
                                Integer.toString(port),
                                "grpc_port",
                                Integer.toString(grpc),
                                "status",
                                "healthy",
                                "metadata",
                                "{\"environment\": \"testing\"}",
                                "registered_at",
                                now.getEpochSecond() + ".5",
                                "last_heartbeat",
                                now.getEpochSecond() + ".25"));
                redis.expire("registry:services:" + name, 60);
            }
            case C -> {
                redis.hset(
                        "services:" + name,
                        Map.of(
                                "name",
                                name,
                                "version",
                                "1.0.0",
                                "host",
                                "10.0.0.1",
                                "http_port",
                                Integer.toString(port),
                                "grpc_port",
                                Integer.toString(grpc),
                                "status",
                                "healthy",
                                "last_heartbeat",
                                Instant.ofEpochSecond(now.getEpochSecond()).toString(),
                                "metadata",
                                "{}"));
                redis.expire("services:" + name, 60);
            }
            case D ->
                    redis.hset(
                            "registry:services:" + name,
                            Map.of(
                                    "name",
                                    name,
                                    "host",
                                    "10.0.0.1",
                                    "port",
                                    Integer.toString(port),
                                    "grpc_port",
                                    Integer.toString(grpc),
                                    "type",
                                    "script",
                                    "status",
                                    "up",
                                    "updated_at",
                                    now.toString()));
            case E ->
                    redis.set(
                            "services:" + name + ":localhost:" + port,
                            """
                            {"name":"%s","host":"10.0.0.1","grpc_port":"%d","http_port":"%d.0",
                             "version":"1.0.0","status":"serving","last_seen":"%s"}\
                            """
                                    .formatted(name, grpc, port, now),
                            expiring);
            case F ->
                    redis.set(
                            "services:" + name + ":" + name + "-" + now.getEpochSecond(),
                            """
                            {"service_name":"%s","service_version":"1.0.0",
                             "instance_id":"%s-%d","address":"10.0.0.1","port":%d,
                             "grpc_port":%d,"http_port":%d,"health":"good","status":"active",
                             "registered_at":"%s","last_heartbeat":"%s","metadata":{},"tags":["x"]}\
                            """
                                    .formatted(
                                            name,
                                            name,
                                            now.getEpochSecond(),
                                            grpc,
                                            grpc,
                                            port,
                                            now,
                                            now),
                            SetParams.setParams().ex(30));
            case G -> {
                redis.set(
                        "adapters:service:" + name + "-1",
                        """
                        {"ServiceName":"%s","ServiceID":"%s-1","Address":"10.0.0.1","Port":%d,
                         "Version":"1.0.0","Metadata":{},"RegisteredAt":"%s","LastHeartbeat":"%s"}\
                        """
                                .formatted(name, name, port, now, now),
                        expiring);
                redis.set("adapters:heartbeat:" + name + "-1", "1", expiring);
            }
            case IN_PROCESS -> throw new IllegalArgumentException("not a layout of Redis");
        }
    }
}
