package io.tradingecosystem.audit.peer;

import io.tradingecosystem.audit.registry.Protocol;
import io.tradingecosystem.audit.registry.ServiceInstance;
import io.tradingecosystem.audit.registry.ServiceRegistry;
import io.tradingecosystem.audit.registry.Subscription;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;

/**
 * The instances of a peer that can be called, as the registry knows them: one endpoint per instance
 * and protocol, kept while the instance keeps its id and address. Those that say that they are not
 * healthy are left out, and so is what this process registered itself; those whose address is one
 * that is not called are known and not called. Thread-safe.
 */
final class Endpoints implements AutoCloseable {
    private final BiFunction<Endpoint.Address, ServiceInstance, Endpoint> create;
    private final Executor closing;
    private final Duration drain;
    private final Subscription subscription;
    private volatile Known known = new Known(Map.of());
    private volatile Runnable news = () -> {};
    private volatile boolean closed;

    /**
     * @param create makes an endpoint; must not block
     * @param closing runs the end of endpoints whose instance has left
     * @param drain what calls in flight get to finish then
     */
    Endpoints(
            String service,
            ServiceRegistry registry,
            BiFunction<Endpoint.Address, ServiceInstance, Endpoint> create,
            Executor closing,
            Duration drain) {
        this.create = create;
        this.closing = closing;
        this.drain = drain;
        this.subscription = registry.onChange(service, this::follow);
    }

    /** Those that speak a protocol. */
    List<Endpoint> speaking(Protocol protocol) {
        return switch (protocol) {
            case GRPC -> known.grpc;
            case HTTP -> known.http;
        };
    }

    /** Those that are called, whatever they speak. */
    List<Endpoint> called() {
        return all().stream().filter(Endpoint::called).toList();
    }

    /** Why there is none that is called, in words. */
    String absence() {
        return known.byAddress.values().stream()
                .flatMap(each -> each.refusal().stream())
                .findFirst()
                .map(refusal -> "the registry knows no instance that is called; one is " + refusal)
                .orElse("the registry knows no instance to call");
    }

    /** Calls a listener whenever an instance has come or left; it must not block. */
    void onNews(Runnable listener) {
        news = listener;
    }

    List<Endpoint> all() {
        return List.copyOf(known.byAddress.values());
    }

    /** Closes all connections; calls in flight get some time to finish. Blocks until then. */
    @Override
    public void close() {
        subscription.close();
        closed = true;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            known.byAddress
                    .values()
                    .forEach(endpoint -> threads.execute(() -> endpoint.close(drain)));
        }
    }

    /** Called by the registry, one call at a time. */
    private void follow(List<ServiceInstance> instances) {
        if (closed) {
            return;
        }
        Map<Endpoint.Address, Endpoint> before = known.byAddress;
        Map<Endpoint.Address, Endpoint> now = new LinkedHashMap<>();
        for (ServiceInstance instance : instances) {
            if (instance.healthy() && !instance.own()) {
                for (Protocol protocol : Protocol.values()) {
                    OptionalInt port = instance.port(protocol);
                    if (port.isPresent()) {
                        Endpoint.Address address =
                                new Endpoint.Address(
                                        instance.id(), protocol, instance.host(), port.getAsInt());
                        Endpoint kept = before.get(address);
                        now.put(address, kept == null ? create.apply(address, instance) : kept);
                    }
                }
            }
        }
        known = new Known(now);
        if (!now.keySet().equals(before.keySet())) {
            news.run();
        }
        before.forEach(
                (address, endpoint) -> {
                    if (!now.containsKey(address)) {
                        closing.execute(() -> endpoint.close(drain));
                    }
                });
    }

    private static final class Known {
        private final Map<Endpoint.Address, Endpoint> byAddress;
        private final List<Endpoint> grpc = new ArrayList<>();
        private final List<Endpoint> http = new ArrayList<>();

        Known(Map<Endpoint.Address, Endpoint> byAddress) {
            this.byAddress = byAddress;
            byAddress.values().stream()
                    .filter(Endpoint::called)
                    .forEach(
                            endpoint -> {
                                switch (endpoint.address().protocol()) {
                                    case GRPC -> grpc.add(endpoint);
                                    case HTTP -> http.add(endpoint);
                                }
                            });
        }
    }
}
