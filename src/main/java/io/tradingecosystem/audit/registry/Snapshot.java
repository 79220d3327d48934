package io.tradingecosystem.audit.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** All that was known at one moment, arranged for look-ups. Immutable. */
final class Snapshot {
    private static final Comparator<ServiceInstance> BY_ID =
            Comparator.comparing(ServiceInstance::id);

    private final Answers all;
    private final Map<String, Answers> byService;
    private final Set<String> services;
    private final boolean stale;
    private final Instant asOf;
    private final int unread;

    private Snapshot(
            Collection<ServiceInstance> instances, boolean stale, Instant asOf, int unread) {
        this.unread = unread;
        this.stale = stale;
        this.asOf = asOf;
        SortedMap<String, List<ServiceInstance>> grouped = new TreeMap<>();
        for (ServiceInstance instance : instances) {
            grouped.computeIfAbsent(instance.service(), name -> new ArrayList<>()).add(instance);
        }
        List<ServiceInstance> ordered = new ArrayList<>(instances.size());
        TreeMap<String, Answers> answers = new TreeMap<>();
        grouped.forEach(
                (name, members) -> {
                    members.sort(BY_ID);
                    ordered.addAll(members);
                    answers.put(name, answers(members));
                });
        this.all = answers(ordered);
        this.byService = Map.copyOf(answers);
        this.services = Collections.unmodifiableSet(answers.navigableKeySet());
    }

    /**
     * Arranges them.
     *
     * @param unread keys of the registry that were not read
     */
    static Snapshot of(
            Collection<ServiceInstance> instances, boolean stale, Instant asOf, int unread) {
        return new Snapshot(instances, stale, asOf, unread);
    }

    Lookup instances(String service, InstanceFilter filter) {
        Answers answers = byService.get(service);
        return answers == null ? lookup(List.of()) : answer(answers, filter);
    }

    Lookup instances(InstanceFilter filter) {
        return answer(all, filter);
    }

    Set<String> services() {
        return services;
    }

    private Answers answers(List<ServiceInstance> instances) {
        List<ServiceInstance> healthy =
                instances.stream().filter(ServiceInstance::healthy).toList();
        return new Answers(lookup(instances), lookup(healthy));
    }

    private Lookup answer(Answers answers, InstanceFilter filter) {
        Lookup candidates = filter.healthyOnly() ? answers.healthy() : answers.any();
        if (filter.onlyHealth()) {
            return candidates;
        }
        List<ServiceInstance> wanted = new ArrayList<>(candidates.instances().size());
        for (ServiceInstance instance : candidates.instances()) {
            if (filter.accepts(instance)) {
                wanted.add(instance);
            }
        }
        return lookup(wanted);
    }

    private Lookup lookup(List<ServiceInstance> instances) {
        return new Lookup(instances, stale, asOf, unread);
    }

    /** The common answers, made once. */
    private record Answers(Lookup any, Lookup healthy) {}
}
