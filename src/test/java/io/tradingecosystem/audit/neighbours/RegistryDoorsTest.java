package io.tradingecosystem.audit.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.tradingecosystem.audit.egress.EgressPolicy;
import io.tradingecosystem.audit.registry.Foreign;
import io.tradingecosystem.audit.registry.InstanceFilter;
import io.tradingecosystem.audit.registry.RegistryObserver;
import io.tradingecosystem.audit.registry.ServiceInstance;
import io.tradingecosystem.audit.registry.ServiceRegistry;
import io.tradingecosystem.audit.server.OpenDoorsFixture;
import io.tradingecosystem.audit.settings.RegistrySettings;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.RedisServer;
import io.tradingecosystem.audit.testing.TestSettings;
import io.tradingecosystem.audit.v1.ListInstancesRequest;
import io.tradingecosystem.audit.v1.ListInstancesResponse;
import io.tradingecosystem.audit.v1.RegistryServiceGrpc;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

class RegistryDoorsTest {
    private final ServiceRegistry registry = registry();

    @Test
    void shouldListTheServicesOverHttp() {
        try (OpenDoorsFixture open = open()) {
            HttpResponse<String> response = open.http.get("/api/v1/services");

            JsonNode document = Http.json(response);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(document.get("count").asInt()).isEqualTo(3);
            assertThat(document.get("stale").asBoolean()).isFalse();
            assertThat(document.get("services").get("risk-monitor")).hasSize(2);
            JsonNode trading = document.get("services").get("trading-system-engine").get(0);
            assertThat(trading.get("host").asText()).isEqualTo("10.0.0.3");
            assertThat(trading.get("http_port").asInt()).isEqualTo(8082);
            assertThat(trading.has("grpc_port")).isFalse();
            assertThat(trading.get("layouts").get(0).asText()).isEqualTo("IN_PROCESS");
            assertThat(trading.get("age_seconds").asDouble()).isBetween(0.0, 60.0);
        }
    }

    @Test
    void shouldSayThatItDidNotReadAllOfTheRegistry() {
        try (RedisServer redis = RedisServer.start();
                ServiceRegistry small = small(redis);
                OpenDoorsFixture open = open(small)) {
            Foreign.writeMany(redis, 20);

            await().until(() -> small.instances(InstanceFilter.any()).unread() == 15);

            JsonNode document = Http.json(open.http.get("/api/v1/services"));
            assertThat(document.get("truncated").asBoolean()).isTrue();
            assertThat(document.get("unread").asInt()).isEqualTo(15);
            assertThat(open.http.get("/metrics").body()).contains("registry_unread_keys 15");
        }
    }

    @Test
    void shouldFilterOverHttp() {
        try (OpenDoorsFixture open = open()) {
            assertThat(count(open, "?service=risk-monitor")).isEqualTo(2);
            assertThat(count(open, "?service=risk-monitor&healthy=true")).isEqualTo(1);
            assertThat(count(open, "?protocol=grpc")).isEqualTo(2);
            assertThat(count(open, "?metadata.zone=eu&version=2")).isEqualTo(1);
            assertThat(count(open, "?service=nobody")).isZero();
            JsonNode cut = Http.json(open.http.get("/api/v1/services?limit=1"));
            assertThat(cut.get("truncated").asBoolean()).isTrue();
            assertThat(cut.get("services")).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?healthy=maybe",
                "?protocol=smtp",
                "?limit=0",
                "?limit=x",
                "?limit=10001",
                "?colour=red"
            })
    void shouldRefuseWhatItDoesNotUnderstand(String query) {
        try (OpenDoorsFixture open = open()) {
            HttpResponse<String> response = open.http.get("/api/v1/services" + query);

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).contains(query.substring(1, query.indexOf('=')));
        }
    }

    @Test
    void shouldListInstancesOverGrpc() throws IOException {
        Server server =
                NettyServerBuilder.forPort(0)
                        .addService(
                                new RegistryGrpc(
                                        registry,
                                        EgressPolicy.create(List.of(), kind -> {}),
                                        InstantSource.system()))
                        .build()
                        .start();
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                        .usePlaintext()
                        .build();
        try {
            var stub = RegistryServiceGrpc.newBlockingStub(channel);

            ListInstancesResponse all =
                    stub.listInstances(ListInstancesRequest.newBuilder().build());
            ListInstancesResponse some =
                    stub.listInstances(
                            ListInstancesRequest.newBuilder()
                                    .setService("risk-monitor")
                                    .setHealthyOnly(true)
                                    .setVersion("2")
                                    .putMetadata("zone", "eu")
                                    .setProtocol(ListInstancesRequest.Protocol.PROTOCOL_GRPC)
                                    .build());

            assertThat(all.getInstancesCount()).isEqualTo(3);
            assertThat(all.getStale()).isFalse();
            assertThat(some.getInstancesList())
                    .singleElement()
                    .satisfies(
                            one -> {
                                assertThat(one.getInstance()).isEqualTo("risk-1");
                                assertThat(one.getGrpcPort()).isEqualTo(50051);
                                assertThat(one.getHealthy()).isTrue();
                                assertThat(one.getFlagsList()).containsExactly("OURS");
                                assertThat(one.hasLastSeen()).isTrue();
                            });
        } finally {
            channel.shutdownNow();
            server.shutdownNow();
        }
    }

    @Test
    void shouldSayWhichInstancesAreNotCalledAndWhy() {
        registry.register(
                ServiceInstance.builder("liar", "liar-1", "100.100.100.200").httpPort(80).build());
        try (OpenDoorsFixture open = open()) {
            JsonNode services = Http.json(open.http.get("/api/v1/services")).get("services");

            assertThat(services.at("/liar/0/refused/kind").asText()).isEqualTo("METADATA");
            assertThat(services.at("/liar/0/refused/detail").asText()).contains("100.100.100.200");
            assertThat(services.at("/risk-monitor/0").has("refused")).isFalse();
        }
    }

    @Test
    void shouldShowTheRegistryInStatusHealthAndMetrics() {
        try (OpenDoorsFixture open = open()) {
            JsonNode status = Http.json(open.http.get("/api/v1/status")).get("registry");
            String metrics = open.http.get("/metrics").body();

            assertThat(status.get("backend").asText()).isEqualTo("in-process");
            assertThat(status.get("instances").asInt()).isEqualTo(3);
            assertThat(metrics)
                    .contains("registry_instances 3")
                    .contains("registry_connected 1")
                    .contains("registry_records{layout=\"IN_PROCESS\"");
            assertThat(open.http.get("/health").statusCode()).isEqualTo(200);
        }
    }

    private OpenDoorsFixture open() {
        return open(registry);
    }

    private static ServiceRegistry small(RedisServer redis) {
        RegistrySettings settings =
                TestSettings.of(
                                Map.of(
                                        "registry.redis-url",
                                        redis.uri().toString(),
                                        "registry.refresh-interval",
                                        "200ms",
                                        "registry.max-records",
                                        "5"))
                        .registry();
        return ServiceRegistry.create(settings, RegistryObserver.NONE, InstantSource.system());
    }

    private static OpenDoorsFixture open(ServiceRegistry registry) {
        return OpenDoorsFixture.open(
                Map.of(),
                (doors, monitoring) -> {
                    RegistryMonitoring.create(monitoring).show(registry);
                    doors.routes(
                            "/api/v1/services",
                            new RegistryRoutes(
                                    registry,
                                    EgressPolicy.create(List.of(), kind -> {}),
                                    monitoring.clock()));
                });
    }

    private static int count(OpenDoorsFixture open, String query) {
        return Http.json(open.http.get("/api/v1/services" + query)).get("count").asInt();
    }

    private static ServiceRegistry registry() {
        ServiceRegistry registry = ServiceRegistry.inProcess(InstantSource.system());
        registry.register(
                ServiceInstance.builder("risk-monitor", "risk-1", "10.0.0.1")
                        .version("2")
                        .grpcPort(50051)
                        .metadata(Map.of("zone", "eu"))
                        .build());
        registry.register(
                ServiceInstance.builder("risk-monitor", "risk-2", "10.0.0.2")
                        .status("down")
                        .grpcPort(50051)
                        .build());
        registry.register(
                ServiceInstance.builder("trading-system-engine", "engine-1", "10.0.0.3")
                        .httpPort(8082)
                        .build());
        return registry;
    }
}
