package io.tradingecosystem.audit.registry;

import io.tradingecosystem.audit.logging.EventLogger;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What is known in memory: our own instances and those of others, as the current snapshot. Readers
 * take no lock.
 */
final class Directory {
    private static final EventLogger LOG = EventLogger.of(Directory.class);

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock changing = new ReentrantLock();
    private final Map<Identity, ServiceInstance> own = new LinkedHashMap<>();
    private final Map<Identity, ServiceInstance> withdrawn = new HashMap<>();
    private Collection<ServiceInstance> others = List.of();
    private boolean stale;
    private Instant asOf;
    private int unread;
    private volatile Snapshot snapshot;

    Directory(InstantSource clock) {
        this.asOf = clock.instant();
        this.snapshot = Snapshot.of(List.of(), false, asOf, 0);
    }

    Snapshot snapshot() {
        return snapshot;
    }

    void add(ServiceInstance instance) {
        change(
                () -> {
                    own.put(Identity.of(instance), instance);
                    withdrawn.remove(Identity.of(instance));
                });
    }

    /** Forgets an own instance, also if the registry was asked before and still has it. */
    void remove(ServiceInstance instance) {
        change(
                () -> {
                    own.remove(Identity.of(instance));
                    withdrawn.put(Identity.of(instance), instance);
                    others = withoutWithdrawn(others);
                });
    }

    private List<ServiceInstance> withoutWithdrawn(Collection<ServiceInstance> read) {
        return read.stream().filter(each -> !isWithdrawn(each)).toList();
    }

    /** Another one may have the same id, elsewhere. */
    private boolean isWithdrawn(ServiceInstance read) {
        ServiceInstance own = withdrawn.get(Identity.of(read));
        return own != null && own.hasAddressOf(read);
    }

    /** Believes what the registry says; our own instances are known whether or not it has them. */
    void refresh(Collection<ServiceInstance> read, int unread, Instant now) {
        change(
                () -> {
                    others = withoutWithdrawn(read);
                    withdrawn.keySet().retainAll(read.stream().map(Identity::of).toList());
                    asOf = now;
                    this.unread = unread;
                    stale = false;
                });
    }

    /** Keeps what is known, and says that it may be out of date. */
    void markStale() {
        if (!stale) {
            change(() -> stale = true);
        }
    }

    /** True if the last refresh that was believed found instances of other processes. */
    boolean knowsOthers() {
        return !hasNoOthers(snapshot.instances(InstanceFilter.any()).instances());
    }

    /** True if all of these are own instances. */
    boolean hasNoOthers(Collection<ServiceInstance> instances) {
        changing.lock();
        try {
            return own.keySet()
                    .containsAll(instances.stream().map(Identity::of).distinct().toList());
        } finally {
            changing.unlock();
        }
    }

    Subscription onChange(String service, Consumer<List<ServiceInstance>> action) {
        Listener listener = new Listener(service, action);
        change(() -> listeners.add(listener));
        return () -> locked(() -> listeners.remove(listener));
    }

    private void change(Runnable edit) {
        locked(
                () -> {
                    edit.run();
                    snapshot = Snapshot.of(merged(), stale, asOf, unread);
                    listeners.forEach(listener -> listener.tell(snapshot));
                });
    }

    private Collection<ServiceInstance> merged() {
        Map<Identity, ServiceInstance> merged = new LinkedHashMap<>();
        others.forEach(instance -> merged.put(Identity.of(instance), instance));
        own.forEach((identity, instance) -> merged.merge(identity, instance, Directory::asOwn));
        return merged.values();
    }

    /**
     * An own instance as the registry shows it: with the layouts it is seen in, its last heartbeat.
     */
    private static ServiceInstance asOwn(ServiceInstance read, ServiceInstance own) {
        ServiceInstance.Builder builder = own.toBuilder().lastSeen(read.lastSeen());
        read.layouts().forEach(builder::layout);
        return builder.build();
    }

    private void locked(Runnable action) {
        changing.lock();
        try {
            action.run();
        } finally {
            changing.unlock();
        }
    }

    private record Identity(String service, String id) {
        static Identity of(ServiceInstance instance) {
            return new Identity(instance.service(), instance.id());
        }
    }

    /** A listener, and what it was given last. */
    private static final class Listener {
        private final String service;
        private final Consumer<List<ServiceInstance>> action;
        private List<ServiceInstance> reported = List.of();
        private boolean reportedAnything;

        Listener(String service, Consumer<List<ServiceInstance>> action) {
            this.service = service;
            this.action = action;
        }

        void tell(Snapshot snapshot) {
            List<ServiceInstance> now =
                    snapshot.instances(service, InstanceFilter.any()).instances();
            List<ServiceInstance> announcements = new ArrayList<>(now.size());
            now.forEach(instance -> announcements.add(instance.announcement()));
            if (reportedAnything && announcements.equals(reported)) {
                return;
            }
            reportedAnything = true;
            reported = announcements;
            try {
                action.accept(now);
            } catch (RuntimeException e) {
                LOG.error("registry.listener_failed", e, "service", service);
            }
        }
    }
}
