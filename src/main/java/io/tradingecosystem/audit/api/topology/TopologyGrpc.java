package io.tradingecosystem.audit.api.topology;

import static io.tradingecosystem.audit.server.grpc.Protobuf.timestamp;

import com.audit.v1.EdgeMetadata;
import com.audit.v1.GetEdgeMetadataRequest;
import com.audit.v1.GetEdgeMetadataResponse;
import com.audit.v1.GetNodeMetadataRequest;
import com.audit.v1.GetNodeMetadataResponse;
import com.audit.v1.GetTopologyStructureRequest;
import com.audit.v1.MetadataSection;
import com.audit.v1.MetricsUpdate;
import com.audit.v1.NodeMetadata;
import com.audit.v1.StreamMetricsUpdatesRequest;
import com.audit.v1.StreamTopologyChangesRequest;
import com.audit.v1.TopologyChange;
import com.audit.v1.TopologyServiceGrpc.TopologyServiceImplBase;
import com.audit.v1.TopologyStructureResponse;

import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.api.Disclosures;
import io.tradingecosystem.audit.api.Incomplete;
import io.tradingecosystem.audit.api.LiveCalls;
import io.tradingecosystem.audit.api.LiveCalls.From;
import io.tradingecosystem.audit.api.ProgressAnswers;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.server.grpc.GrpcAnswers;
import io.tradingecosystem.audit.topology.Edge;
import io.tradingecosystem.audit.topology.Measured;
import io.tradingecosystem.audit.topology.Node;
import io.tradingecosystem.audit.topology.Topology;
import io.tradingecosystem.audit.topology.TopologyView;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who calls whom, for the ecosystem's user interface: {@code audit.v1.TopologyService}. Its
 * messages are fixed: what bounds left out stands in the header {@code audit-incomplete}, of
 * streams as it was when they began, and how far links have come in {@code audit-progress}.
 */
public final class TopologyGrpc extends TopologyServiceImplBase {
    /** No place is so: what is watched from there is told as a whole. */
    private static final long WHOLE = -1;

    /** The place of whoever wants what comes from now on. */
    private static final long NOW = 0;

    private final Topology topology;
    private final LiveCalls watchers = new LiveCalls("topology-watch");
    private final MetricsCalls metrics;

    /** Shows a topology. */
    public TopologyGrpc(Topology topology) {
        this.topology = topology;
        this.metrics = new MetricsCalls(topology);
    }

    /** Ends the live streams. */
    public void end() {
        watchers.end();
        metrics.end();
    }

    /** The topology as it is now; whoever asks hears what is missing in it. */
    private TopologyView current() {
        TopologyView view = topology.current();
        Incomplete.note(view.incomplete());
        ProgressAnswers.note("links", view.links());
        return view;
    }

    @Override
    public void getTopologyStructure(
            GetTopologyStructureRequest request,
            StreamObserver<TopologyStructureResponse> response) {
        TopologyView view = current();
        TopologyStructureResponse.Builder answer =
                TopologyStructureResponse.newBuilder()
                        .setSnapshotTime(timestamp(view.at()))
                        .setSnapshotId(view.snapshotId())
                        .setRequestId(request.getRequestId());
        TypeFilter filter = TypeFilter.of(request.getServiceTypesList());
        Set<String> shown = new HashSet<>();
        for (Measured<Node> each : view.structure().nodes().values()) {
            Node node = each.value();
            boolean wanted =
                    request.getStatusesList().isEmpty()
                            || request.getStatusesList()
                                    .contains(TopologyProto.status(node.status()));
            if (wanted && filter.has(node)) {
                shown.add(node.id());
                answer.addNodes(TopologyProto.message(node));
            }
        }
        view.structure().edges().values().stream()
                .map(Measured::value)
                .filter(edge -> shown.contains(edge.source()) && shown.contains(edge.target()))
                .forEach(edge -> answer.addEdges(TopologyProto.message(edge)));
        Disclosures.items(answer.getNodesCount());
        GrpcAnswers.one(response, answer.build());
    }

    @Override
    public void getNodeMetadata(
            GetNodeMetadataRequest request, StreamObserver<GetNodeMetadataResponse> response) {
        Set<MetadataSection> sections = sections(request.getMetadataSectionsList());
        GetNodeMetadataResponse.Builder answer =
                GetNodeMetadataResponse.newBuilder().setRequestId(request.getRequestId());
        asked("node", request.getNodeIdsList(), current().structure().nodes())
                .forEach((id, node) -> answer.putMetadata(id, metadata(node, sections)));
        Disclosures.items(answer.getMetadataCount());
        GrpcAnswers.one(response, answer.build());
    }

    private static NodeMetadata metadata(Measured<Node> node, Set<MetadataSection> sections) {
        NodeMetadata.Builder metadata = NodeMetadata.newBuilder();
        if (sections.contains(MetadataSection.METADATA_SECTION_BASIC_INFO)) {
            metadata.setBasicInfo(TopologyProto.basicInfo(node));
        }
        if (sections.contains(MetadataSection.METADATA_SECTION_HEALTH_METRICS)) {
            node.traffic().map(TopologyProto::health).ifPresent(metadata::setHealthMetrics);
        }
        if (sections.contains(MetadataSection.METADATA_SECTION_ENDPOINTS)) {
            metadata.setEndpoints(TopologyProto.endpoints(node.facts()));
        }
        if (sections.contains(MetadataSection.METADATA_SECTION_CONFIGURATION)) {
            metadata.putAllConfiguration(node.facts().configuration());
        }
        return metadata.build();
    }

    @Override
    public void getEdgeMetadata(
            GetEdgeMetadataRequest request, StreamObserver<GetEdgeMetadataResponse> response) {
        Set<MetadataSection> sections = sections(request.getMetadataSectionsList());
        GetEdgeMetadataResponse.Builder answer =
                GetEdgeMetadataResponse.newBuilder().setRequestId(request.getRequestId());
        asked("edge", request.getEdgeIdsList(), current().structure().edges())
                .forEach((id, edge) -> answer.putMetadata(id, edgeMetadata(edge, sections)));
        Disclosures.items(answer.getMetadataCount());
        GrpcAnswers.one(response, answer.build());
    }

    private static EdgeMetadata edgeMetadata(Measured<Edge> edge, Set<MetadataSection> sections) {
        EdgeMetadata.Builder metadata = EdgeMetadata.newBuilder();
        if (sections.contains(MetadataSection.METADATA_SECTION_HEALTH_METRICS)) {
            edge.traffic().map(TopologyProto::metrics).ifPresent(metadata::setMetrics);
        }
        if (sections.contains(MetadataSection.METADATA_SECTION_BASIC_INFO)) {
            metadata.setDetails(TopologyProto.details(edge));
        }
        return metadata.build();
    }

    /** The sections that are asked for; all where none is that there is. */
    private static Set<MetadataSection> sections(Collection<MetadataSection> asked) {
        Set<MetadataSection> sections = EnumSet.noneOf(MetadataSection.class);
        sections.addAll(asked);
        sections.remove(MetadataSection.METADATA_SECTION_UNSPECIFIED);
        sections.remove(MetadataSection.UNRECOGNIZED);
        return sections.isEmpty() ? EnumSet.allOf(MetadataSection.class) : sections;
    }

    private static <T> SortedMap<String, T> asked(
            String what, List<String> ids, SortedMap<String, T> all) {
        if (ids.isEmpty()) {
            return all;
        }
        SortedMap<String, T> found = new TreeMap<>(all);
        found.keySet().retainAll(Set.copyOf(ids));
        if (found.isEmpty()) {
            throw new ProblemException(
                    Problem.of(
                            Kind.NOT_FOUND,
                            "there is no %s %s".formatted(what, String.join(", ", ids))));
        }
        return found;
    }

    @Override
    public void streamTopologyChanges(
            StreamTopologyChangesRequest request, StreamObserver<TopologyChange> response) {
        TopologyView unused = current();
        String from = request.getFromSnapshotId();
        watchers.watch(
                new LiveTopology(topology, TypeFilter.of(request.getServiceTypesList())),
                response,
                new From("", from.isEmpty() ? NOW : topology.number(from).orElse(WHOLE)),
                item -> TopologyProto.message(item.value(), topology.id(item.place())),
                skipped -> TopologyChange.getDefaultInstance(),
                gap -> TopologyChange.getDefaultInstance(),
                place -> Optional.empty());
    }

    @Override
    public void streamMetricsUpdates(
            StreamMetricsUpdatesRequest request, StreamObserver<MetricsUpdate> response) {
        TopologyView unused = current();
        metrics.watch(request, response);
    }
}
