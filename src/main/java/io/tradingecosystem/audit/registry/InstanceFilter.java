package io.tradingecosystem.audit.registry;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which instances of a service are wanted; all conditions must hold. Immutable: build it once and
 * keep it, {@link #any()} and {@link #healthy()} are answered without filtering.
 *
 * @param healthyOnly only those whose status is a healthy one
 * @param version exactly this version
 * @param environment exactly this environment
 * @param protocol has a port for this protocol
 * @param metadata has each of these
 */
public record InstanceFilter(
        boolean healthyOnly,
        Optional<String> version,
        Optional<String> environment,
        Optional<Protocol> protocol,
        Map<String, String> metadata) {

    private static final InstanceFilter ANY =
            new InstanceFilter(
                    false, Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    private static final InstanceFilter HEALTHY =
            new InstanceFilter(
                    true, Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    public InstanceFilter {
        metadata = Map.copyOf(metadata);
    }

    /** Every instance. */
    public static InstanceFilter any() {
        return ANY;
    }

    /** Every healthy instance. */
    public static InstanceFilter healthy() {
        return HEALTHY;
    }

    /** As this one, and exactly this version. */
    public InstanceFilter withVersion(String wanted) {
        return new InstanceFilter(
                healthyOnly, Optional.of(wanted), environment, protocol, metadata);
    }

    /** As this one, and exactly this environment. */
    public InstanceFilter withEnvironment(String wanted) {
        return new InstanceFilter(healthyOnly, version, Optional.of(wanted), protocol, metadata);
    }

    /** As this one, and with a port for this protocol. */
    public InstanceFilter withProtocol(Protocol wanted) {
        return new InstanceFilter(healthyOnly, version, environment, Optional.of(wanted), metadata);
    }

    /** As this one, and with this metadata. */
    public InstanceFilter withMetadata(String key, String value) {
        Map<String, String> wanted = new HashMap<>(metadata);
        wanted.put(key, value);
        return new InstanceFilter(healthyOnly, version, environment, protocol, wanted);
    }

    /** True if the instance is wanted. */
    public boolean accepts(ServiceInstance instance) {
        return (!healthyOnly || instance.healthy())
                && (version.isEmpty() || version.get().equals(instance.version()))
                && (environment.isEmpty() || environment.get().equals(instance.environment()))
                && (protocol.isEmpty() || instance.port(protocol.get()).isPresent())
                && instance.metadata().entrySet().containsAll(metadata.entrySet());
    }

    boolean onlyHealth() {
        return version.isEmpty()
                && environment.isEmpty()
                && protocol.isEmpty()
                && metadata.isEmpty();
    }
}
