package io.tradingecosystem.audit.app;

import io.tradingecosystem.audit.configuration.ConfigurationClient;
import io.tradingecosystem.audit.egress.EgressPolicy;
import io.tradingecosystem.audit.monitoring.Monitoring;
import io.tradingecosystem.audit.neighbours.ConfigurationMonitoring;
import io.tradingecosystem.audit.registry.InstanceFilter;
import io.tradingecosystem.audit.registry.Protocol;
import io.tradingecosystem.audit.registry.ServiceInstance;
import io.tradingecosystem.audit.registry.ServiceRegistry;
import io.tradingecosystem.audit.settings.Settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Values that can change at run time. */
final class ConfigurationWiring {
    private static final String SERVICE = "configuration-service";
    private static final InstanceFilter FILTER =
            InstanceFilter.healthy().withProtocol(Protocol.HTTP);

    private ConfigurationWiring() {}

    /** A client that is shown; it is to be closed before the registry. */
    static ConfigurationClient start(
            Settings settings,
            ServiceRegistry registry,
            EgressPolicy egress,
            Monitoring monitoring) {
        ConfigurationMonitoring observer = ConfigurationMonitoring.create(monitoring);
        Random random = new Random();
        ConfigurationClient client =
                ConfigurationClient.builder(settings.configuration())
                        .environment(settings.service().environment())
                        .variables(System.getenv())
                        .registry(() -> find(registry, egress, random))
                        .egress(egress)
                        .observer(observer)
                        .clock(monitoring.clock())
                        .ticker(monitoring.ticker())
                        .start();
        observer.show(client);
        return client;
    }

    /** Any healthy instance: the next attempt may find another. */
    private static Optional<URI> find(
            ServiceRegistry registry, EgressPolicy egress, RandomGenerator random) {
        List<ServiceInstance> instances =
                registry.instances(SERVICE, FILTER).instances().stream()
                        .filter(each -> egress.judge(each.host()).isEmpty())
                        .toList();
        return instances.isEmpty()
                ? Optional.empty()
                : address(instances.get(random.nextInt(instances.size())));
    }

    private static Optional<URI> address(ServiceInstance instance) {
        try {
            int port = instance.port(Protocol.HTTP).orElseThrow();
            return Optional.of(new URI("http", null, instance.host(), port, null, null, null));
        } catch (URISyntaxException e) {
            // A host that is none: whoever registered it cannot be called.
            return Optional.empty();
        }
    }
}
