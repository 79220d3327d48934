package io.tradingecosystem.audit;

import io.tradingecosystem.audit.registry.InstanceFilter;
import io.tradingecosystem.audit.registry.Protocol;
import io.tradingecosystem.audit.registry.ServiceInstance;
import io.tradingecosystem.audit.registry.ServiceRegistry;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Where the configuration service is, as far as the registry knows. */
final class ConfigurationService {
    private static final String NAME = "configuration-service";
    private static final InstanceFilter FILTER =
            InstanceFilter.healthy().withProtocol(Protocol.HTTP);

    private ConfigurationService() {}

    /** Any of its healthy instances: the next attempt may find another. */
    static Optional<URI> in(ServiceRegistry registry, RandomGenerator random) {
        List<ServiceInstance> instances = registry.instances(NAME, FILTER).instances();
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
