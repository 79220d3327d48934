package io.tradingecosystem.audit.peer;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Open {@code grpc.health.v1.Health/Watch} streams, one per instance that has them. One that ends
 * is opened again at the prober's next round, which comes at once if the stream had told anything;
 * whether the other side is still there is seen by the prober's questions and not here.
 * Thread-safe.
 */
final class HealthWatches {
    private final String service;
    private final Channels channels;
    private final BiConsumer<Endpoint, PeerHealth.State> onChange;
    private final Runnable onEnd;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Endpoint.Address, ManagedChannel> open = new LinkedHashMap<>();
    private final Set<Endpoint.Address> without = new HashSet<>();
    private boolean closed;

    /**
     * @param onChange hears what an instance says; on one of gRPC's threads
     * @param onEnd hears that a watch which told something has broken off; must not block
     */
    HealthWatches(
            String service,
            Channels channels,
            BiConsumer<Endpoint, PeerHealth.State> onChange,
            Runnable onEnd) {
        this.service = service;
        this.channels = channels;
        this.onChange = onChange;
        this.onEnd = onEnd;
    }

    /** Watches an instance, if it is not watched yet and can be. */
    void ensure(Endpoint endpoint) {
        ManagedChannel channel;
        lock.lock();
        try {
            Endpoint.Address address = endpoint.address();
            if (closed || open.containsKey(address) || without.contains(address)) {
                return;
            }
            channel = channels.withoutPings(address.host(), address.port());
            open.put(address, channel);
        } finally {
            lock.unlock();
        }
        watch(endpoint, channel, service);
    }

    /** Ends the watches of all other instances. */
    void retain(Collection<Endpoint> endpoints) {
        Set<Endpoint.Address> wanted =
                endpoints.stream().map(Endpoint::address).collect(Collectors.toSet());
        List<ManagedChannel> ended = new ArrayList<>();
        lock.lock();
        try {
            without.retainAll(wanted);
            open.entrySet()
                    .removeIf(
                            watched -> {
                                boolean gone = !wanted.contains(watched.getKey());
                                if (gone) {
                                    ended.add(watched.getValue());
                                }
                                return gone;
                            });
        } finally {
            lock.unlock();
        }
        ended.forEach(ManagedChannel::shutdownNow);
    }

    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        retain(List.of());
    }

    private void watch(Endpoint endpoint, ManagedChannel channel, String name) {
        HealthGrpc.newStub(channel)
                .watch(
                        HealthQuestion.named(name),
                        new StreamObserver<>() {
                            private final AtomicBoolean asWhole = new AtomicBoolean();
                            private volatile boolean told;

                            @Override
                            public void onNext(HealthCheckResponse response) {
                                ServingStatus status = response.getStatus();
                                told = true;
                                if (status != ServingStatus.SERVICE_UNKNOWN) {
                                    onChange.accept(endpoint, HealthQuestion.meaning(status));
                                } else if (!name.isEmpty() && asWhole.compareAndSet(false, true)) {
                                    // It knows itself as a whole only.
                                    watch(endpoint, channel, "");
                                }
                            }

                            @Override
                            public void onError(Throwable failure) {
                                Status.Code code = Status.fromThrowable(failure).getCode();
                                ended(endpoint, channel, code == Status.Code.UNIMPLEMENTED);
                                probe();
                            }

                            @Override
                            public void onCompleted() {
                                ended(endpoint, channel, false);
                                probe();
                            }

                            private void probe() {
                                if (told) {
                                    onEnd.run();
                                }
                            }
                        });
    }

    private void ended(Endpoint endpoint, ManagedChannel channel, boolean forGood) {
        lock.lock();
        try {
            open.remove(endpoint.address(), channel);
            if (forGood) {
                without.add(endpoint.address());
            }
        } finally {
            lock.unlock();
        }
        channel.shutdownNow();
    }
}
