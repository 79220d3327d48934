package io.tradingecosystem.audit.neighbours;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.egress.EgressPolicy;
import io.tradingecosystem.audit.registry.ServiceInstance;
import io.tradingecosystem.audit.registry.ServiceRegistry;
import io.tradingecosystem.audit.server.OpenDoorsFixture;
import io.tradingecosystem.audit.settings.Settings;
import io.tradingecosystem.audit.testing.Http;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.Test;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Examples in comments of {@code neighbours}. */
class NeighboursExampleTest {

    @Test
    void shouldShowARegistryAtBothDoors() {
        Settings settings = TestSettings.of(Map.of("registry.backend", "in-process"));
        InstantSource clock = InstantSource.system();
        AtomicReference<ServiceRegistry> made = new AtomicReference<>();
        try (OpenDoorsFixture open =
                OpenDoorsFixture.open(
                        Map.of(),
                        (doors, monitoring) -> {
                            // @start region="registry"
                            EgressPolicy egress =
                                    EgressPolicy.create(
                                            settings.access().peerAddresses(), kind -> {});
                            RegistryMonitoring shown = RegistryMonitoring.create(monitoring);
                            ServiceRegistry registry =
                                    ServiceRegistry.create(settings.registry(), shown, clock);
                            shown.show(registry);
                            doors.routes(
                                            "/api/v1/services",
                                            new RegistryRoutes(registry, egress, clock))
                                    .service(new RegistryGrpc(registry, egress, clock));
                            // @end
                            made.set(registry);
                        })) {
            made.get()
                    .register(
                            ServiceInstance.builder("risk-monitor", "risk-1", "10.0.0.1")
                                    .httpPort(8080)
                                    .build());

            assertThat(Http.json(open.http.get("/api/v1/services")).get("count").asInt()).isOne();
        } finally {
            made.get().close();
        }
    }
}
