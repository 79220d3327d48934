package io.tradingecosystem.audit.topology;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.topology.Edge.Connection;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The nodes and edges that a file says there should be, in the form of the ecosystem's
 * orchestrator: {@code {"nodes": [{"id", "name", "service_type", "instance_name", "category",
 * "version", "endpoints": {"grpc": "host:port"}}], "edges": [{"id", "source_id", "target_id",
 * "protocol", "relationship", "is_critical"}]}}. Statuses and metrics in it do not count, as they
 * are measured. Immutable.
 */
record ExpectedTopology(List<ExpectedNode> nodes, List<ExpectedEdge> edges) {
    private static final long MAX_SIZE = 4 << 20;
    private static final int MAX_NODES = 1_000;
    private static final int MAX_EDGES = 5_000;

    static final ExpectedTopology NOTHING = new ExpectedTopology(List.of(), List.of());

    ExpectedTopology {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /** A node that should be there. */
    record ExpectedNode(
            String id,
            String name,
            String type,
            String instance,
            String category,
            String version,
            Map<String, String> endpoints) {
        ExpectedNode {
            endpoints = Map.copyOf(endpoints);
        }

        /** Whether an instance is called as this is, but for how that is written. */
        boolean isNamed(String other) {
            String plain = plain(other);
            return !plain.isEmpty()
                    && (plain.equals(plain(instance))
                            || plain.equals(plain(id))
                            || plain.equals(plain(name)));
        }

        private static String plain(String text) {
            return text.toLowerCase(Locale.ROOT)
                    .replaceFirst("^node-", "")
                    .replaceAll("[^\\p{L}\\p{N}]", "");
        }
    }

    /** An edge that should be there. */
    record ExpectedEdge(
            String id, String source, String target, Connection connection, boolean critical) {}

    /**
     * Reads a file.
     *
     * @throws InvalidTopologyException if it cannot be read, or is no such file
     */
    static ExpectedTopology read(Path file) {
        try {
            if (Files.size(file) > MAX_SIZE) {
                throw new InvalidTopologyException(file, "it is over %d bytes".formatted(MAX_SIZE));
            }
            Document document = Json.mapper().readValue(Files.readAllBytes(file), Document.class);
            if (document == null) {
                throw new InvalidTopologyException(file, "it is empty");
            }
            return document.checked(file);
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            throw new InvalidTopologyException(
                    file,
                    "line %d: %s"
                            .formatted(
                                    place == null ? 1 : place.getLineNr(), e.getOriginalMessage()));
        } catch (IOException e) {
            throw new InvalidTopologyException(file, "it cannot be read: " + e);
        }
    }

    private record Document(@Nullable List<NodeEntry> nodes, @Nullable List<EdgeEntry> edges) {
        ExpectedTopology checked(Path file) {
            List<ExpectedNode> all = list(nodes).stream().map(each -> each.checked(file)).toList();
            Set<String> ids = new HashSet<>();
            for (ExpectedNode node : all) {
                require(ids.add(node.id()), file, "two nodes are called " + node.id());
            }
            List<ExpectedEdge> between =
                    list(edges).stream().map(each -> each.checked(file, ids)).toList();
            Set<String> edgeIds = new HashSet<>();
            for (ExpectedEdge edge : between) {
                require(edgeIds.add(edge.id()), file, "two edges are called " + edge.id());
            }
            require(all.size() <= MAX_NODES, file, "it has more than 1,000 nodes");
            require(between.size() <= MAX_EDGES, file, "it has more than 5,000 edges");
            return new ExpectedTopology(all, between);
        }
    }

    private record NodeEntry(
            @Nullable String id,
            @Nullable String name,
            @Nullable String serviceType,
            @Nullable String instanceName,
            @Nullable String category,
            @Nullable String version,
            @Nullable Map<String, String> endpoints) {
        ExpectedNode checked(Path file) {
            String known = text(id);
            require(!known.isEmpty(), file, "a node has no id");
            require(!text(serviceType).isEmpty(), file, known + " has no service_type");
            return new ExpectedNode(
                    known,
                    text(name).isEmpty() ? known : text(name),
                    Participant.type(text(serviceType)),
                    text(instanceName),
                    text(category),
                    text(version),
                    endpoints == null ? Map.of() : endpoints);
        }
    }

    private record EdgeEntry(
            @Nullable String id,
            @Nullable String sourceId,
            @Nullable String targetId,
            @Nullable String protocol,
            boolean isCritical) {
        ExpectedEdge checked(Path file, Set<String> nodes) {
            for (String end : List.of(text(sourceId), text(targetId))) {
                require(nodes.contains(end), file, "an edge names \"" + end + "\", which is none");
            }
            String known = text(id).isEmpty() ? text(sourceId) + "->" + text(targetId) : text(id);
            return new ExpectedEdge(
                    known, text(sourceId), text(targetId), connection(text(protocol)), isCritical);
        }

        private static Connection connection(String protocol) {
            return switch (protocol.toLowerCase(Locale.ROOT)) {
                case "grpc" -> Connection.GRPC;
                case "http", "https", "rest" -> Connection.HTTP;
                default -> Connection.DATA_FLOW;
            };
        }
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }

    private static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static void require(boolean holds, Path file, String problem) {
        if (!holds) {
            throw new InvalidTopologyException(file, problem);
        }
    }
}
