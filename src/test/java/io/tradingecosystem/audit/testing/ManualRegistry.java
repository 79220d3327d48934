package io.tradingecosystem.audit.testing;

import io.tradingecosystem.audit.registry.InstanceFilter;
import io.tradingecosystem.audit.registry.Lookup;
import io.tradingecosystem.audit.registry.Registration;
import io.tradingecosystem.audit.registry.RegistryStatistics;
import io.tradingecosystem.audit.registry.ServiceInstance;
import io.tradingecosystem.audit.registry.ServiceRegistry;
import io.tradingecosystem.audit.registry.Subscription;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A registry that says what a test makes it say, true or not. Thread-safe. */
public final class ManualRegistry implements ServiceRegistry {
    private final Map<String, List<ServiceInstance>> known = new ConcurrentHashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger refreshes = new AtomicInteger();

    /** Says from now on that these, and no others, are the instances of a service. */
    public void say(String service, ServiceInstance... instances) {
        known.put(service, List.of(instances));
        listeners.stream()
                .filter(listener -> listener.service.equals(service))
                .forEach(listener -> listener.action.accept(List.of(instances)));
    }

    /** How often somebody asked for a refresh. */
    public int refreshes() {
        return refreshes.get();
    }

    @Override
    public Registration register(ServiceInstance instance) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Lookup instances(String service, InstanceFilter filter) {
        List<ServiceInstance> wanted =
                known.getOrDefault(service, List.of()).stream().filter(filter::accepts).toList();
        return new Lookup(wanted, false, Instant.EPOCH, 0);
    }

    @Override
    public Lookup instances(InstanceFilter filter) {
        List<ServiceInstance> wanted =
                known.values().stream()
                        .flatMap(List::stream)
                        .filter(filter::accepts)
                        .collect(Collectors.toList());
        return new Lookup(wanted, false, Instant.EPOCH, 0);
    }

    @Override
    public Set<String> services() {
        return known.keySet();
    }

    @Override
    public void requestRefresh() {
        refreshes.incrementAndGet();
    }

    @Override
    public Subscription onChange(String service, Consumer<List<ServiceInstance>> action) {
        Listener listener = new Listener(service, action);
        listeners.add(listener);
        action.accept(known.getOrDefault(service, List.of()));
        return () -> listeners.remove(listener);
    }

    @Override
    public RegistryStatistics statistics() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        listeners.clear();
    }

    private record Listener(String service, Consumer<List<ServiceInstance>> action) {}
}
