package io.tradingecosystem.audit.registry;

import io.tradingecosystem.audit.settings.RegistrySettings;
import io.tradingecosystem.audit.settings.TlsSettings;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Registries that send heartbeats and look often, so that tests are short. */
final class Registries {
    static final Duration TTL = Duration.ofSeconds(3);

    private Registries() {}

    static RegistrySettings settings(URI redis) {
        return settings(redis, Duration.ofMillis(200));
    }

    static RegistrySettings settings(URI redis, Duration refreshInterval) {
        return new RegistrySettings(
                RegistrySettings.Backend.REDIS,
                redis,
                Optional.empty(),
                TlsSettings.off(),
                Duration.ofSeconds(1),
                Duration.ofMillis(500),
                TTL,
                refreshInterval,
                100_000,
                64 << 10,
                Set.of("a", "b", "c"),
                Set.of("a", "b", "c", "d", "e", "f", "g"),
                Optional.empty(),
                0,
                0);
    }

    static ServiceRegistry open(URI redis) {
        return open(settings(redis), InstantSource.system());
    }

    static ServiceRegistry open(RegistrySettings settings, InstantSource clock) {
        return new RedisServiceRegistry(
                settings, RegistryObserver.NONE, clock, System::nanoTime, new Random(1));
    }

    static ServiceInstance instance(String service, String id, int port) {
        return ServiceInstance.builder(service, id, "10.1.2.3")
                .version("1.2.3")
                .environment("testing")
                .httpPort(port)
                .grpcPort(port + 1000)
                .build();
    }
}
