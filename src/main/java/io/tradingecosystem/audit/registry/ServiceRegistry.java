package io.tradingecosystem.audit.registry;

import io.tradingecosystem.audit.settings.RegistrySettings;

import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Who is where. Look-ups are answered from memory and never block; whatever happens to the registry
 * behind it, none of these methods throws for it. Thread-safe.
 */
public interface ServiceRegistry extends AutoCloseable {
    /**
     * The registry that the settings ask for. Returns at once and starts to look for Redis.
     *
     * @param observer sees how long refreshes and heartbeats take
     */
    static ServiceRegistry create(
            RegistrySettings settings, RegistryObserver observer, InstantSource clock) {
        return switch (settings.backend()) {
            case REDIS ->
                    new RedisServiceRegistry(
                            settings, observer, clock, System::nanoTime, new Random());
            case IN_PROCESS -> inProcess(clock);
        };
    }

    /** A registry of this process alone: nobody else sees what is registered. */
    static ServiceRegistry inProcess(InstantSource clock) {
        return new InProcessServiceRegistry(clock);
    }

    /**
     * Announces an instance until the registration is closed. Returns at once; if the registry is
     * away, the instance is announced when it is back.
     *
     * @throws RegistryException if the instance has no host, or one that nobody can call, or the
     *     registry is closed
     */
    Registration register(ServiceInstance instance);

    /**
     * The instances of a service. An answer without instances asks for a refresh, so that a service
     * that has just started is found soon.
     */
    Lookup instances(String service, InstanceFilter filter);

    /** The instances of all services. */
    Lookup instances(InstanceFilter filter);

    /** The names of all services with an instance, in order. */
    Set<String> services();

    /**
     * Asks for a refresh now rather than at the next interval, for instance after a call to an
     * instance failed. Returns at once; many requests make one refresh.
     */
    void requestRefresh();

    /**
     * Tells a listener whenever the instances of a service change: one comes, goes, moves, or
     * changes its status, version or metadata; a heartbeat alone is no change. The listener gets
     * all instances of the service, at first those known now, on the registry's thread: it must not
     * block.
     */
    Subscription onChange(String service, Consumer<List<ServiceInstance>> listener);

    /** What the registry did so far and how it is. */
    RegistryStatistics statistics();

    /** Closes all registrations and stops looking. */
    @Override
    void close();
}
