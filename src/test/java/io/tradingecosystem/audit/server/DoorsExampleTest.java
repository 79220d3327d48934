package io.tradingecosystem.audit.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.grpc.stub.ServerCallStreamObserver;
import io.helidon.webserver.http.HttpService;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.monitoring.Build;
import io.tradingecosystem.audit.monitoring.Identity;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.server.connection.ListenerTls;
import io.tradingecosystem.audit.server.connection.OpenFiles;
import io.tradingecosystem.audit.server.grpc.GrpcClient;
import io.tradingecosystem.audit.server.grpc.GrpcTestService;
import io.tradingecosystem.audit.server.grpc.PacedCall;
import io.tradingecosystem.audit.server.http.RequestBodies;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Examples in comments of {@code server} and its rooms. */
class DoorsExampleTest {
    private final AtomicBoolean ending = new AtomicBoolean();

    private static Monitoring monitoring(Settings settings) {
        Identity identity = Identity.of(settings, Build.read(), Instant.EPOCH);
        return Monitoring.create(identity, Time.system());
    }

    private static HttpService greetings() {
        // @start region="routes"
        HttpService routes =
                rules ->
                        rules.get("/", (request, response) -> response.send("hello"))
                                .post(
                                        "/",
                                        (request, response) -> {
                                            JsonNode body =
                                                    RequestBodies.json(request, JsonNode.class);
                                            String name = body.path("name").asText("world");
                                            response.send(Json.bytes(Map.of("hello", name)));
                                        });
        // @end
        return routes;
    }

    @Test
    void shouldOpenBothDoorsWithWhatARoomAdds() {
        Settings settings = TestSettings.of(Map.of());
        try (Monitoring monitoring = monitoring(settings)) {
            HttpService greetings = greetings();
            GrpcTestService service = new GrpcTestService();
            // @start region="doors"
            Doors doors =
                    Doors.create(settings.server(), monitoring)
                            .about("Greets whoever asks.")
                            .routes("/api/v1/greetings", greetings)
                            .service(service)
                            .link("/api/v1/greetings", "a greeting")
                            .onDrain(() -> ending.set(true));
            OpenDoors open = doors.open();
            // @end
            try (open;
                    GrpcClient client = GrpcClient.of(open.grpcPort())) {
                Http http = Http.of(open.httpPort());
                assertThat(http.get("/api/v1/greetings").body()).isEqualTo("hello");
                assertThat(http.post("/api/v1/greetings", "{\"name\": \"you\"}").body())
                        .isEqualTo("{\"hello\":\"you\"}");
                assertThat(http.get("/").body()).contains("Greets whoever asks.", "a greeting");
                assertThat(client.ask("x")).isEqualTo("x");
            }
            assertThat(ending).isTrue();
        }
    }

    @Test
    void shouldServeByTheSecondEngineWhereTheSettingsSaySo() {
        // @start region="engine"
        Settings settings = TestSettings.of(Map.of("server.grpc.engine", "helidon"));
        // @end
        try (Monitoring monitoring = monitoring(settings);
                OpenDoors open =
                        Doors.create(settings.server(), monitoring)
                                .service(new GrpcTestService())
                                .open();
                GrpcClient client = GrpcClient.of(open.grpcPort())) {
            assertThat(client.ask("x")).isEqualTo("x");
        }
    }

    @Test
    void shouldHaveNoMoreConnectionsThanFiles() {
        Settings settings = TestSettings.of(Map.of());
        // @start region="connection"
        int connections = OpenFiles.connections("http", settings.server().http().maxConnections());
        boolean encrypted =
                ListenerTls.of(settings.server().http().tls(), "http", InstantSource.system())
                        .isPresent();
        // @end
        assertThat(connections).isBetween(1, settings.server().http().maxConnections());
        assertThat(encrypted).isFalse();
    }

    /** The code of a method that streams; {@code GrpcStreamSuite} tests such calls. */
    void stream(ServerCallStreamObserver<String> observer, List<String> messages) {
        // @start region="paced"
        PacedCall<String> call = new PacedCall<>(observer, ending::get);
        call.start(
                "greetings",
                () -> {
                    for (String message : messages) {
                        if (!call.send(message)) {
                            call.leave();
                            return;
                        }
                    }
                    call.complete();
                },
                () -> {});
        // @end
    }
}
