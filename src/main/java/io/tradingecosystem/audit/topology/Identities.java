package io.tradingecosystem.audit.topology;

import io.tradingecosystem.audit.topology.ExpectedTopology.ExpectedNode;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which node each participant is. Registry, events and the topology file call the same instance
 * differently, or not at all; where only one can be meant, it is that one. Immutable.
 */
final class Identities {
    private final Map<Participant, String> ids = new HashMap<>();
    private final Map<String, ExpectedNode> expected = new HashMap<>();
    private final Map<String, Participant> owners = new HashMap<>();

    /**
     * Tells them apart.
     *
     * @param registered those that are in the registry, or were
     * @param seen those of events
     */
    Identities(
            Collection<ExpectedNode> file,
            Collection<Participant> registered,
            Collection<Participant> seen) {
        file.forEach(node -> expected.put(node.id(), node));
        Map<String, Type> types = new TreeMap<>();
        file.forEach(node -> type(types, node.type()).file.add(node));
        registered.forEach(each -> type(types, each.type()).registered.add(each));
        seen.forEach(each -> type(types, each.type()).seen.add(each));
        types.values().forEach(this::assign);
    }

    private static Type type(Map<String, Type> types, String name) {
        return types.computeIfAbsent(name, n -> new Type());
    }

    private void assign(Type type) {
        type.seen.removeAll(type.registered);
        Set<String> anchors = new HashSet<>();
        type.file.forEach(node -> anchors.add(node.id()));
        boolean alone = type.file.size() == 1 && type.registered.size() == 1;
        for (Participant each : type.registered) {
            String id =
                    named(each, type.file)
                            .or(() -> alone ? first(type.file) : Optional.empty())
                            .orElseGet(() -> own(each));
            ids.put(each, id);
            anchors.add(id);
        }
        assignSeen(type, anchors);
    }

    private void assignSeen(Type type, Set<String> anchors) {
        List<Participant> named =
                type.seen.stream().filter(each -> !each.instance().isEmpty()).toList();
        for (Participant each : named) {
            boolean alone = anchors.size() == 1 && named.size() == 1;
            ids.put(
                    each,
                    named(each, type.file)
                            .or(() -> alone ? Optional.of(only(anchors)) : Optional.empty())
                            .orElseGet(() -> own(each)));
        }
        for (Participant each : type.seen) {
            if (each.instance().isEmpty()) {
                Set<String> candidates = new HashSet<>(anchors);
                named.forEach(other -> candidates.add(ids.get(other)));
                ids.put(each, candidates.size() == 1 ? only(candidates) : own(each));
            }
        }
    }

    private static String only(Set<String> ids) {
        return ids.iterator().next();
    }

    private static Optional<String> named(Participant participant, List<ExpectedNode> file) {
        return file.stream()
                .filter(node -> node.isNamed(participant.instance()))
                .map(ExpectedNode::id)
                .findFirst();
    }

    private static Optional<String> first(List<ExpectedNode> file) {
        return file.stream().map(ExpectedNode::id).findFirst();
    }

    /** An id of its own: no other participant has it, and no node of the file. */
    private String own(Participant participant) {
        String id = participant.id();
        while (expected.containsKey(id)) {
            // No escaped name ends so.
            id += "%";
        }
        owners.put(id, participant);
        return id;
    }

    /** The id of the node that a participant is. */
    String id(Participant participant) {
        String id = ids.get(participant);
        return id == null ? own(participant) : id;
    }

    /** After whom a node is called that is not of the file. */
    Participant owner(String id) {
        return Objects.requireNonNull(owners.get(id), id);
    }

    /** What the file says of a node. */
    Optional<ExpectedNode> expected(String id) {
        return Optional.ofNullable(expected.get(id));
    }

    /** What is called so within one type. */
    private static final class Type {
        private final List<ExpectedNode> file = new ArrayList<>();
        private final Set<Participant> registered = new TreeSet<>();
        private final Set<Participant> seen = new TreeSet<>();
    }
}
