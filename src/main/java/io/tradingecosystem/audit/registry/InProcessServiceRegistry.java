package io.tradingecosystem.audit.registry;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The registry of a process that is alone by choice. */
final class InProcessServiceRegistry implements ServiceRegistry {
    private final InstantSource clock;
    private final Directory directory;
    private volatile boolean closed;

    InProcessServiceRegistry(InstantSource clock) {
        this.clock = clock;
        this.directory = new Directory(clock);
    }

    @Override
    public Registration register(ServiceInstance instance) {
        if (closed) {
            throw new RegistryException("the registry is closed");
        }
        ServiceInstance own =
                Announcements.own(instance).toBuilder()
                        .registeredAt(Optional.of(clock.instant()))
                        .lastSeen(Optional.of(clock.instant()))
                        .layout(Layout.IN_PROCESS)
                        .build();
        directory.add(own);
        return new LocalRegistration(own);
    }

    @Override
    public Lookup instances(String service, InstanceFilter filter) {
        return directory.snapshot().instances(service, filter);
    }

    @Override
    public Lookup instances(InstanceFilter filter) {
        return directory.snapshot().instances(filter);
    }

    @Override
    public Set<String> services() {
        return directory.snapshot().services();
    }

    @Override
    public void requestRefresh() {
        // What is in memory is never behind.
    }

    @Override
    public Subscription onChange(String service, Consumer<List<ServiceInstance>> listener) {
        return directory.onChange(service, listener);
    }

    @Override
    public RegistryStatistics statistics() {
        Snapshot snapshot = directory.snapshot();
        int instances = snapshot.instances(InstanceFilter.any()).instances().size();
        return new RegistryStatistics(
                "in-process",
                RegistryStatistics.State.IN_PROCESS,
                Optional.empty(),
                false,
                snapshot.services().size(),
                instances,
                Map.of(Layout.IN_PROCESS, instances),
                0,
                0,
                0,
                false,
                Set.of(Layout.IN_PROCESS),
                Set.of(),
                RegistryStatistics.Runs.NONE,
                RegistryStatistics.Runs.NONE);
    }

    @Override
    public void close() {
        closed = true;
    }

    private final class LocalRegistration implements Registration {
        private final ServiceInstance instance;
        private final AtomicBoolean withdrawn = new AtomicBoolean();

        LocalRegistration(ServiceInstance instance) {
            this.instance = instance;
        }

        @Override
        public ServiceInstance instance() {
            return instance;
        }

        @Override
        public void close() {
            if (withdrawn.compareAndSet(false, true)) {
                directory.remove(instance);
            }
        }
    }
}
