package io.tradingecosystem.audit.registry;

import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.settings.RegistrySettings;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The registry in Redis: a task that reads the others into a snapshot, and one per registration
 * that announces it. While there is no Redis it knows what it knew, at first only this process.
 */
final class RedisServiceRegistry implements ServiceRegistry {
    private static final EventLogger LOG = EventLogger.of(RedisServiceRegistry.class);

    private static final int MAX_EXCHANGE_SIZE = 4 << 20;
    private static final int MAX_DROPPED_SIZE = 4 << 20;

    private final RedisParts parts;
    private final Directory directory;
    private final Refresher refresher;
    private final RunCounter heartbeats;
    private final List<BeatingRegistration> registrations = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    RedisServiceRegistry(
            RegistrySettings settings,
            RegistryObserver observer,
            InstantSource clock,
            LongSupplier ticker,
            RandomGenerator random) {
        RedisAddress address = RedisAddress.of(settings);
        AccessDenials denials = new AccessDenials(address);
        List<WritableLayout> written =
                LayoutCodec.ALL.stream()
                        .filter(codec -> chosen(settings.writeLayouts(), codec))
                        .filter(WritableLayout.class::isInstance)
                        .map(WritableLayout.class::cast)
                        .toList();
        List<LayoutCodec> read =
                LayoutCodec.ALL.stream()
                        .filter(codec -> chosen(settings.readLayouts(), codec))
                        .toList();
        BoundedReplies.Bounds bounds =
                new BoundedReplies.Bounds(
                        settings.maxRecordSize(), MAX_EXCHANGE_SIZE, MAX_DROPPED_SIZE);
        RecordReads reads = new RecordReads(settings.maxRecordSize());
        this.parts =
                new RedisParts(
                        settings,
                        new RedisConnections(
                                address, RedisTls.of(settings), settings.timeout(), bounds),
                        new RecordWriter(written, settings.ttl(), reads, denials),
                        new Reachability(address),
                        denials,
                        observer,
                        clock,
                        ticker,
                        random);
        this.directory = new Directory(clock);
        this.heartbeats = new RunCounter(ticker);
        this.refresher =
                new Refresher(
                        parts,
                        new RecordReader(read, settings, reads, denials, ticker),
                        directory,
                        keys -> registrations.forEach(each -> each.heartbeat.sendUnlessIn(keys)));
        refresher.start();
    }

    @Override
    public Registration register(ServiceInstance instance) {
        if (closed.get()) {
            throw new RegistryException("the registry is closed");
        }
        ServiceInstance own =
                Announcements.own(instance).toBuilder()
                        .registeredAt(
                                Optional.of(parts.clock().instant().truncatedTo(ChronoUnit.MILLIS)))
                        .layout(Layout.IN_PROCESS)
                        .build();
        BeatingRegistration registration = new BeatingRegistration(own);
        registrations.add(registration);
        directory.add(own);
        LOG.info(
                "registry.announcing",
                "service",
                own.service(),
                "instance",
                own.id(),
                "host",
                own.host(),
                "http_port",
                own.httpPort().orElse(0),
                "grpc_port",
                own.grpcPort().orElse(0),
                "redis",
                parts.connections().address());
        registration.heartbeat.start();
        return registration;
    }

    @Override
    public Lookup instances(String service, InstanceFilter filter) {
        Lookup lookup = snapshot().instances(service, filter);
        if (lookup.instances().isEmpty()) {
            refresher.request();
        }
        return lookup;
    }

    @Override
    public Lookup instances(InstanceFilter filter) {
        return snapshot().instances(filter);
    }

    @Override
    public Set<String> services() {
        return snapshot().services();
    }

    @Override
    public void requestRefresh() {
        refresher.request();
    }

    @Override
    public Subscription onChange(String service, Consumer<List<ServiceInstance>> listener) {
        return directory.onChange(service, listener);
    }

    @Override
    public RegistryStatistics statistics() {
        Snapshot snapshot = snapshot();
        Lookup everything = snapshot.instances(InstanceFilter.any());
        Refresher.Found found = refresher.found();
        EnumSet<Layout> written = EnumSet.noneOf(Layout.class);
        registrations.forEach(each -> written.addAll(each.heartbeat.written()));
        return new RegistryStatistics(
                parts.connections().address().toString(),
                parts.reachability().state(),
                parts.reachability().lastError(),
                everything.stale(),
                snapshot.services().size(),
                everything.instances().size(),
                found.records(),
                found.unreadable(),
                found.expired(),
                found.unread(),
                registrations.stream().anyMatch(each -> each.heartbeat.duplicate()),
                written,
                parts.denials().all(),
                heartbeats.runs(),
                refresher.runs());
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            registrations.forEach(BeatingRegistration::close);
            refresher.close();
            parts.connections().close();
        }
    }

    private Snapshot snapshot() {
        if (refresher.overdue()) {
            directory.markStale();
        }
        return directory.snapshot();
    }

    private static boolean chosen(Set<String> letters, LayoutCodec codec) {
        return letters.contains(codec.layout().name().toLowerCase(Locale.ROOT));
    }

    private final class BeatingRegistration implements Registration {
        private final ServiceInstance instance;
        private final Heartbeat heartbeat;
        private final AtomicBoolean withdrawn = new AtomicBoolean();

        BeatingRegistration(ServiceInstance instance) {
            this.instance = instance;
            this.heartbeat = new Heartbeat(instance, parts, heartbeats);
        }

        @Override
        public ServiceInstance instance() {
            return instance;
        }

        @Override
        public void close() {
            if (withdrawn.compareAndSet(false, true)) {
                registrations.remove(this);
                directory.remove(instance);
                heartbeat.close();
            }
        }
    }
}
