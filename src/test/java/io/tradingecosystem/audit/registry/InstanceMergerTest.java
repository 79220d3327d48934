package io.tradingecosystem.audit.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

class InstanceMergerTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void shouldMakeOneInstanceOfTheRecordsOfOneCopy() {
        ServiceInstance named = record("risk-monitor", "risk-1", Layout.A, NOON, "healthy");
        ServiceInstance hash =
                record("risk-monitor", "other", Layout.B, NOON.plusSeconds(1), "down");

        List<ServiceInstance> merged = InstanceMerger.merge(List.of(hash, named));

        assertThat(merged)
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.id()).isEqualTo("risk-1");
                            assertThat(one.layouts()).containsExactlyInAnyOrder(Layout.A, Layout.B);
                            assertThat(one.status()).isEqualTo("down");
                            assertThat(one.lastSeen()).contains(NOON.plusSeconds(1));
                        });
    }

    @Test
    void shouldKeepCopiesAtDifferentPortsApart() {
        ServiceInstance one = record("risk-monitor", "risk-1", Layout.A, NOON, "healthy");
        ServiceInstance two =
                record("risk-monitor", "risk-2", Layout.A, NOON, "healthy").toBuilder()
                        .httpPort(9)
                        .build();

        assertThat(InstanceMerger.merge(List.of(one, two))).hasSize(2);
    }

    @Test
    void shouldKeepServicesAtOneAddressApart() {
        ServiceInstance one = record("risk-monitor", "a", Layout.A, NOON, "healthy");
        ServiceInstance two = record("trading-system-engine", "a", Layout.A, NOON, "healthy");

        assertThat(InstanceMerger.merge(List.of(one, two))).hasSize(2);
    }

    @Test
    void shouldBelieveTheFresherOfTwoThatClaimOneAddress() {
        ServiceInstance former = record("risk-monitor", "risk-1", Layout.A, NOON, "healthy");
        ServiceInstance current =
                record("risk-monitor", "risk-2", Layout.A, NOON.plusSeconds(9), "healthy");

        assertThat(InstanceMerger.merge(List.of(former, current)))
                .singleElement()
                .extracting(ServiceInstance::id)
                .isEqualTo("risk-2");
    }

    private static ServiceInstance record(
            String service, String id, Layout layout, Instant seen, String status) {
        return ServiceInstance.builder(service, id, "10.0.0.1")
                .httpPort(8080)
                .status(status)
                .layout(layout)
                .lastSeen(Optional.of(seen))
                .build();
    }
}
