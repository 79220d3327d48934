package io.tradingecosystem.audit.peer;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.tradingecosystem.audit.common.Threads;
import io.tradingecosystem.audit.egress.EgressPolicy;
import io.tradingecosystem.audit.egress.Refusal;
import io.tradingecosystem.audit.logging.EventLogger;
import io.tradingecosystem.audit.registry.Protocol;
import io.tradingecosystem.audit.registry.ServiceInstance;
import io.tradingecosystem.audit.settings.PeerPolicy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * One port of one instance: its connection, and how it has done lately. The connection is opened on
 * first use and shared by all callers. Thread-safe.
 */
final class Endpoint implements LoadBalancer.Candidate {
    private static final EventLogger LOG = EventLogger.of(Endpoint.class);

    /**
     * After so many timeouts in a row the connection may be dead without anybody having said so.
     */
    private static final int SUSPICIOUS = 2;

    private final Address address;
    private final ServiceInstance instance;
    private final Channels channels;
    private final EgressPolicy egress;
    private final boolean called;
    private final Breaker breaker;
    private final OutlierEjection outlierEjection;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicBoolean connectionLeft = new AtomicBoolean();
    private final AtomicInteger timeoutsInRow = new AtomicInteger();
    private final ReentrantLock opening = new ReentrantLock();
    private volatile Optional<ManagedChannel> channel = Optional.empty();
    private volatile boolean spoken;
    private volatile boolean closed;

    Endpoint(
            Address address,
            ServiceInstance instance,
            PeerPolicy policy,
            Channels channels,
            EgressPolicy egress,
            LongSupplier ticker) {
        this.address = address;
        this.instance = instance;
        this.channels = channels;
        this.egress = egress;
        this.called = egress.judge(address.host()).isEmpty();
        this.breaker = new Breaker(policy.breaker(), ticker, this::logBreaker);
        this.outlierEjection = new OutlierEjection(policy.outlierEjection(), ticker);
    }

    Address address() {
        return address;
    }

    ServiceInstance instance() {
        return instance;
    }

    @Override
    public boolean admits() {
        return breaker.admits();
    }

    @Override
    public boolean steppedOut() {
        return outlierEjection.out();
    }

    @Override
    public int inFlight() {
        return inFlight.get();
    }

    /** Begins a call, unless the breaker is against it; it is to be ended. */
    Optional<Call> begin() {
        Optional<Breaker.Permit> permit = breaker.tryAcquire();
        if (permit.isEmpty()) {
            return Optional.empty();
        }
        inFlight.incrementAndGet();
        if (permit.get().trial()) {
            // The breaker has waited already: do not wait for gRPC's back-off on top of it.
            reconnectNow();
        }
        return Optional.of(new Call(permit.get()));
    }

    /** The connection for gRPC calls. */
    ManagedChannel channel() {
        Optional<ManagedChannel> current = channel;
        return current.isPresent() ? current.get() : open();
    }

    /** Notes that it has answered in its protocol. */
    void spoke() {
        spoken = true;
        connectionLeft.set(false);
    }

    /** Whether it has ever answered in its protocol. */
    boolean hasSpoken() {
        return spoken;
    }

    /** Ends a wait for the next attempt to connect, for instance because the instance is back. */
    void reconnectNow() {
        channel.filter(open -> open.getState(false) == ConnectivityState.TRANSIENT_FAILURE)
                .ifPresent(ManagedChannel::resetConnectBackoff);
    }

    /** Whether it is called, as far as is seen from what its host is written like. */
    boolean called() {
        return called;
    }

    /** Why it is not called, as far as that is known. */
    Optional<Refusal> refusal() {
        return egress.refusal(address.host());
    }

    PeerState.Instance state() {
        return new PeerState.Instance(
                instance.id(),
                address.hostAndPort(),
                address.protocol(),
                channel.map(open -> open.getState(false).name()),
                breaker.state(),
                outlierEjection.out(),
                inFlight.get(),
                refusal());
    }

    Duration untilTrial() {
        return breaker.untilTrial();
    }

    /** Lets calls in flight finish for a while, then closes the connection; blocks until then. */
    void close(Duration grace) {
        opening.lock();
        try {
            closed = true;
        } finally {
            opening.unlock();
        }
        channel.ifPresent(open -> close(open, grace));
    }

    private ManagedChannel open() {
        opening.lock();
        try {
            if (channel.isEmpty()) {
                ManagedChannel made = channels.forCalls(address.host(), address.port());
                if (closed) {
                    // Chosen just before it left: the channel says so to the caller, which goes on.
                    made.shutdown();
                }
                channel = Optional.of(made);
            }
            return channel.orElseThrow();
        } finally {
            opening.unlock();
        }
    }

    /** Ends a channel; blocks until it has ended. */
    static void close(ManagedChannel channel, Duration grace) {
        channel.shutdown();
        Threads.untilInterrupted(
                () -> channel.awaitTermination(grace.toNanos(), TimeUnit.NANOSECONDS));
        if (!channel.isTerminated()) {
            channel.shutdownNow();
        }
    }

    private void logBreaker(BreakerState before, BreakerState now) {
        // A trial that fails is no news.
        if (before == BreakerState.CLOSED) {
            LOG.warn(
                    "peer.breaker.opened",
                    "service",
                    instance.service(),
                    "instance",
                    instance.id(),
                    "protocol",
                    address.protocol());
        } else if (now == BreakerState.CLOSED) {
            LOG.info(
                    "peer.breaker.closed",
                    "service",
                    instance.service(),
                    "instance",
                    instance.id(),
                    "protocol",
                    address.protocol());
        }
    }

    /**
     * What makes two records one endpoint.
     *
     * @param instance the id of the instance
     */
    record Address(String instance, Protocol protocol, String host, int port) {
        /** The same with an address for a name. */
        Address at(InetAddress resolved) {
            return new Address(instance, protocol, resolved.getHostAddress(), port);
        }

        /** Where it is, for clients that want a URI; an IPv6 address goes into brackets. */
        String uri() {
            return "http://" + hostAndPort();
        }

        String hostAndPort() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /** A call in flight. */
    final class Call {
        private final Breaker.Permit permit;

        private Call(Breaker.Permit permit) {
            this.permit = permit;
        }

        Endpoint endpoint() {
            return Endpoint.this;
        }

        /** Ends the call, once. */
        void end(Outcome outcome, boolean timedOut) {
            inFlight.decrementAndGet();
            permit.end(outcome);
            switch (outcome) {
                case SUCCEEDED -> {
                    spoke();
                    outlierEjection.succeeded();
                }
                case FAILED -> outlierEjection.failed();
                case UNDECIDED -> {
                    return;
                }
            }
            if (!timedOut) {
                timeoutsInRow.set(0);
            } else if (timeoutsInRow.incrementAndGet() == SUSPICIOUS) {
                timeoutsInRow.set(0);
                leaveConnection();
            }
        }
    }

    /** Calls in flight stay on the old connection; the next one makes a new one. */
    private void leaveConnection() {
        channel.ifPresent(
                open -> {
                    if (connectionLeft.compareAndSet(false, true)) {
                        LOG.info(
                                "peer.connection.left",
                                "service",
                                instance.service(),
                                "instance",
                                instance.id());
                    }
                    open.enterIdle();
                });
    }
}
