package io.tradingecosystem.audit.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Makes one instance of the records that one copy of a service wrote in several layouts: those with
 * the same service and the same id, or the same host and a port in common.
 */
final class InstanceMerger {
    /** Records that name their instance before those that name only the service. */
    private static final List<Layout> BEST_FIRST =
            List.of(
                    Layout.A,
                    Layout.F,
                    Layout.G,
                    Layout.E,
                    Layout.B,
                    Layout.C,
                    Layout.D,
                    Layout.IN_PROCESS);

    private static final Comparator<ServiceInstance> FRESHEST_FIRST =
            Comparator.comparing(InstanceMerger::seen, Comparator.reverseOrder())
                    .thenComparing(ServiceInstance::id);

    private InstanceMerger() {}

    static List<ServiceInstance> merge(List<ServiceInstance> records) {
        List<ServiceInstance> merged = new ArrayList<>(records.size());
        Map<Mark, Integer> places = new HashMap<>(records.size() * 4);
        for (ServiceInstance instance : ordered(records)) {
            List<Mark> marks = marks(instance);
            int place = merged.size();
            for (Mark mark : marks) {
                place = Math.min(place, places.getOrDefault(mark, place));
            }
            if (place == merged.size()) {
                merged.add(instance);
            } else {
                merged.set(place, merge(merged.get(place), instance));
            }
            for (Mark mark : marks) {
                places.putIfAbsent(mark, place);
            }
        }
        return merged;
    }

    private static ServiceInstance merge(ServiceInstance base, ServiceInstance other) {
        Map<String, String> metadata = new HashMap<>(other.metadata());
        metadata.putAll(base.metadata());
        boolean otherIsFresher = seen(other).isAfter(seen(base));
        ServiceInstance.Builder builder =
                base.toBuilder()
                        .version(base.version().isEmpty() ? other.version() : base.version())
                        .environment(
                                base.environment().isEmpty()
                                        ? other.environment()
                                        : base.environment())
                        .httpPort(either(base.httpPort(), other.httpPort()))
                        .grpcPort(either(base.grpcPort(), other.grpcPort()))
                        .registeredAt(base.registeredAt().or(other::registeredAt))
                        .lastSeen(otherIsFresher ? other.lastSeen() : base.lastSeen())
                        .status(otherIsFresher ? other.status() : base.status())
                        .metadata(metadata);
        other.layouts().forEach(builder::layout);
        return builder.build();
    }

    private static List<Mark> marks(ServiceInstance instance) {
        String host = Addresses.canonical(instance.host());
        List<Mark> marks = new ArrayList<>(3);
        marks.add(new Mark(instance.service(), "id", instance.id(), 0));
        instance.httpPort()
                .ifPresent(port -> marks.add(new Mark(instance.service(), "http", host, port)));
        instance.grpcPort()
                .ifPresent(port -> marks.add(new Mark(instance.service(), "grpc", host, port)));
        return marks;
    }

    private static OptionalInt either(OptionalInt first, OptionalInt second) {
        return first.isPresent() ? first : second;
    }

    private static Instant seen(ServiceInstance instance) {
        return instance.lastSeen().orElse(Instant.EPOCH);
    }

    private static List<ServiceInstance> ordered(List<ServiceInstance> records) {
        Map<Layout, List<ServiceInstance>> byLayout = new EnumMap<>(Layout.class);
        for (ServiceInstance each : records) {
            byLayout.computeIfAbsent(layout(each), layout -> new ArrayList<>()).add(each);
        }
        List<ServiceInstance> ordered = new ArrayList<>(records.size());
        for (Layout layout : BEST_FIRST) {
            List<ServiceInstance> members = byLayout.getOrDefault(layout, new ArrayList<>());
            members.sort(FRESHEST_FIRST);
            ordered.addAll(members);
        }
        return ordered;
    }

    /** The layout that a record was read in. */
    private static Layout layout(ServiceInstance record) {
        return record.layouts().iterator().next();
    }

    /** Something that only one instance has. */
    private record Mark(String service, String kind, String text, int port) {}
}
