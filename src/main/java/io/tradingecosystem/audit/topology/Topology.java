package io.tradingecosystem.audit.topology;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.common.Bound;
import io.tradingecosystem.audit.common.Omission;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.LinkService;
import io.tradingecosystem.audit.peer.PeerClients;
import io.tradingecosystem.audit.peer.PeerState;
import io.tradingecosystem.audit.projection.Progress;
import io.tradingecosystem.audit.registry.InstanceFilter;
import io.tradingecosystem.audit.registry.Lookup;
import io.tradingecosystem.audit.registry.RegistryStatistics;
import io.tradingecosystem.audit.registry.ServiceRegistry;
import io.tradingecosystem.audit.settings.TopologySettings;
import io.tradingecosystem.audit.store.EventLog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Which services there are, who calls whom, and how that goes. It is brought up to date by whoever
 * asks or waits, once in two seconds at most; while nobody does, it costs nothing. Thread-safe.
 */
public final class Topology {
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(2);

    private final ServiceRegistry registry;
    private final Observations observations;
    private final Duration forgetAfter;
    private final Time time;
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile History history;
    private volatile TopologyView view;
    private volatile long refreshed;

    private Topology(
            ServiceRegistry registry,
            Observations observations,
            Duration forgetAfter,
            History history,
            Time time) {
        this.registry = registry;
        this.observations = observations;
        this.forgetAfter = forgetAfter;
        this.history = history;
        this.time = time;
        this.refreshed = time.tick() - INTERVAL;
        this.view = view(history, Duration.ofSeconds(1), observations.linked());
    }

    /**
     * A topology of what these have.
     *
     * @param service the name of this service
     * @param instance the name of this instance
     */
    public static Topology create(
            TopologySettings settings,
            String service,
            String instance,
            ServiceRegistry registry,
            PeerClients peers,
            EventLog log,
            LinkService links,
            Time time) {
        requireNonNull(peers, "peers is null");
        return create(
                settings,
                Participant.of(service, instance),
                registry,
                peers::states,
                log,
                links,
                time);
    }

    static Topology create(
            TopologySettings settings,
            Participant own,
            ServiceRegistry registry,
            Supplier<List<PeerState>> peers,
            EventLog log,
            LinkService links,
            Time time) {
        return new Topology(
                registry,
                new Observations(
                        registry,
                        peers,
                        own,
                        new TopologyFile(settings.file()),
                        new RecentTraffic(log, links, settings.window()),
                        settings.forgetAfter()),
                settings.forgetAfter(),
                History.begin(log.id(), time.now()),
                time);
    }

    /** All of it as it is now, or was two seconds ago. */
    public TopologyView current() {
        refreshing.lock();
        try {
            refreshIfDue();
            return view;
        } finally {
            refreshing.unlock();
        }
    }

    private void refreshIfDue() {
        if (time.tick() - refreshed < INTERVAL) {
            return;
        }
        Instant now = time.now();
        Progress linked = observations.linked();
        Structure structure = StructureBuilder.of(observations.seen(now), forgetAfter);
        History next = history.and(structure, now);
        view = view(next, observations.measured(now), linked);
        history = next;
        refreshed = time.tick();
    }

    private TopologyView view(History now, Duration measured, Progress linked) {
        Lookup lookup = registry.instances(InstanceFilter.any());
        RegistryStatistics statistics = registry.statistics();
        return new TopologyView(
                now.structure(),
                now.id(now.number()),
                now.at(),
                measured,
                new TopologyView.Registry(
                        statistics.state().name(),
                        statistics.backend(),
                        lookup.asOf(),
                        statistics.lastError()),
                observations.problem(),
                incomplete(now.structure(), lookup),
                linked);
    }

    private List<Omission> incomplete(Structure structure, Lookup lookup) {
        return Omission.all(
                Omission.ifAny(Bound.LIST_SIZE, observations.leftOut() + structure.leftOut()),
                Omission.ifAny(Bound.REGISTRY_RECORDS, lookup.unread()),
                Omission.when(observations.problem().isPresent(), Bound.TOPOLOGY_FILE),
                observations.unmeasured().stream());
    }

    /** The number of the present snapshot. */
    public long last() {
        return history.number();
    }

    /** The id of a snapshot. */
    public String id(long snapshot) {
        return history.id(snapshot);
    }

    /** The number of a snapshot from which it can be gone on; empty if its id is not known. */
    public OptionalLong number(String id) {
        return history.number(id);
    }

    /**
     * The changes behind a snapshot, in their order. Where they are not kept any more, all of the
     * topology as if it were new.
     */
    public List<Change> after(long snapshot) {
        return history.after(snapshot);
    }

    /**
     * Waits until there is a change behind a snapshot, or the time is over; keeps the topology up
     * to date meanwhile.
     */
    public void await(long snapshot, Duration timeout) throws InterruptedException {
        long end = time.tick() + timeout.toNanos();
        boolean waits = true;
        while (waits) {
            current();
            long left = end - time.tick();
            waits = history.number() <= snapshot && left > 0;
            if (waits) {
                TimeUnit.NANOSECONDS.sleep(Math.min(left, INTERVAL / 4));
            }
        }
    }

    /** The type of a service: its name without the suffix of a language. */
    public static String type(String service) {
        return Participant.type(service);
    }
}
