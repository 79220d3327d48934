package io.tradingecosystem.audit.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.InstantSource;
import java.util.List;

/** Examples in comments of {@code registry}. */
class RegistryExampleTest {

    @Test
    void shouldFindWhatIsRegistered() {
        // @start region="register"
        ServiceRegistry registry = ServiceRegistry.inProcess(InstantSource.system());
        Registration registration =
                registry.register(
                        ServiceInstance.builder("risk-monitor", "risk-1", "10.0.0.1")
                                .grpcPort(9090)
                                .build());
        List<ServiceInstance> instances =
                registry.instances("risk-monitor", InstanceFilter.healthy()).instances();
        // @end
        assertThat(instances).extracting(ServiceInstance::id).containsExactly("risk-1");
        registration.close();
        assertThat(registry.services()).isEmpty();
        registry.close();
    }
}
