package io.tradingecosystem.audit.peer;

import io.tradingecosystem.audit.common.Backoff;
import io.tradingecosystem.audit.common.RecurringTask;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.settings.PeerPolicy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Watches the health of one peer on a virtual thread of its own: asks each instance at an interval,
 * on a fresh connection, and lets those that can tell changes in between. Thread-safe.
 */
final class Prober {
    private static final EventLogger LOG = EventLogger.of(Prober.class);
    private static final int MAX_INSTANCES = 16;

    /** A watch that breaks off again and again asks no more often. */
    private static final Duration MIN_GAP = Duration.ofMillis(200);

    private final String service;
    private final PeerPolicy policy;
    private final Endpoints endpoints;
    private final HealthProbe probe;
    private final PeerParts parts;
    private final HealthWatches watches;
    private final ReentrantLock lock = new ReentrantLock();
    private final RecurringTask task;
    private Optional<PeerHealth.State> reported = Optional.empty();
    private volatile Map<String, PeerHealth> byInstance = Map.of();
    private volatile Optional<PeerHealth> best = Optional.empty();
    private volatile int notProbed;

    Prober(
            String service,
            PeerPolicy policy,
            Endpoints endpoints,
            Channels channels,
            FreshConnection fresh,
            RestClient rest,
            PeerParts parts) {
        this.service = service;
        this.policy = policy;
        this.endpoints = endpoints;
        this.probe = new HealthProbe(service, policy.probe().timeout(), fresh, rest, parts);
        this.parts = parts;
        this.watches = new HealthWatches(service, channels, this::changed, this::wake);
        this.task =
                RecurringTask.builder("peer-probe-" + service, this::round, this::failed)
                        .minGap(MIN_GAP)
                        .build();
    }

    void start() {
        task.start();
    }

    /** The best of the instances; empty before the first round. */
    Optional<PeerHealth> health() {
        return best;
    }

    /** Every instance that was asked, by id. */
    List<PeerHealth> healths() {
        return byInstance.values().stream()
                .sorted(Comparator.comparing(health -> health.instance().orElse("")))
                .toList();
    }

    /** How many more instances there were at the last round than are asked. */
    int notProbed() {
        return notProbed;
    }

    /** Asks now rather than at the next interval. */
    void wake() {
        task.wake();
    }

    void close() {
        task.close(Duration.ZERO);
        watches.close();
    }

    private Duration round() throws InterruptedException {
        Map<String, List<Endpoint>> instances = new LinkedHashMap<>();
        for (Endpoint endpoint : endpoints.called()) {
            String id = endpoint.instance().id();
            instances.computeIfAbsent(id, any -> new ArrayList<>()).add(endpoint);
        }
        List<Future<PeerHealth>> asked = new ArrayList<>();
        for (List<Endpoint> ports : instances.values().stream().limit(MAX_INSTANCES).toList()) {
            asked.add(parts.threads().submit(() -> probe.ask(ports, this::answered)));
        }
        Map<String, PeerHealth> found = new LinkedHashMap<>();
        for (Future<PeerHealth> answer : asked) {
            try {
                PeerHealth health = answer.get();
                found.put(health.instance().orElse(""), health);
                parts.observer().probed(health);
            } catch (ExecutionException e) {
                LOG.error("peer.probe.failed", e, "service", service);
            }
        }
        notProbed = Math.max(0, instances.size() - MAX_INSTANCES);
        know(found);
        watches.retain(endpoints.all().stream().filter(each -> overGrpc(found, each)).toList());
        return rest();
    }

    private Duration failed(Throwable failure) {
        LOG.error("peer.probe.failed", failure, "service", service);
        return rest();
    }

    private Duration rest() {
        return Backoff.jittered(policy.probe().interval(), parts.random());
    }

    /** A watch on an instance that does not answer may be dead itself; it begins anew later. */
    private static boolean overGrpc(Map<String, PeerHealth> found, Endpoint endpoint) {
        PeerHealth health = found.get(endpoint.instance().id());
        return health != null && health.source().equals(Optional.of(Source.GRPC));
    }

    /** An instance has answered over gRPC. */
    private void answered(Endpoint endpoint) {
        endpoint.reconnectNow();
        if (policy.probe().watch()) {
            watches.ensure(endpoint);
        }
    }

    /** An instance reported by itself that its health has changed. */
    private void changed(Endpoint endpoint, PeerHealth.State state) {
        PeerHealth health = probe.reported(endpoint, state);
        lock.lock();
        try {
            Map<String, PeerHealth> more = new LinkedHashMap<>(byInstance);
            more.put(endpoint.instance().id(), health);
            know(more);
        } finally {
            lock.unlock();
        }
    }

    private void know(Map<String, PeerHealth> found) {
        lock.lock();
        try {
            byInstance = Map.copyOf(found);
            PeerHealth now =
                    found.values().stream()
                            .min(Comparator.comparing(PeerHealth::state))
                            .orElseGet(this::absent);
            best = Optional.of(now);
            live(found);
            if (!reported.equals(Optional.of(now.state()))) {
                reported = Optional.of(now.state());
                LOG.info(
                        "peer.health",
                        "service",
                        service,
                        "state",
                        now.state(),
                        "instance",
                        now.instance().orElse(""),
                        "detail",
                        now.detail());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Those whose addresses are not called count as not asked. */
    private void live(Map<String, PeerHealth> found) {
        long known = endpoints.all().stream().map(each -> each.instance().id()).distinct().count();
        int unasked = Math.max(0, (int) known - found.size());
        Instant now = parts.time().clock().instant();
        parts.observer().found(PeerLife.of(service, found.values(), unasked, now));
    }

    private PeerHealth absent() {
        return new PeerHealth(
                service,
                Optional.empty(),
                PeerHealth.State.ABSENT,
                Optional.empty(),
                Duration.ZERO,
                parts.time().clock().instant(),
                endpoints.absence());
    }
}
