package io.tradingecosystem.audit.neighbours;

import static io.tradingecosystem.audit.server.grpc.Protobuf.timestamp;

import com.google.protobuf.util.Durations;

import io.grpc.stub.StreamObserver;
import io.tradingecosystem.audit.egress.Refusal;
import io.tradingecosystem.audit.peer.PeerClients;
import io.tradingecosystem.audit.peer.PeerHealth;
import io.tradingecosystem.audit.peer.PeerState;
import io.tradingecosystem.audit.peer.RiskMetrics;
import io.tradingecosystem.audit.peer.TradingStatus;
import io.tradingecosystem.audit.server.grpc.GrpcAnswers;
import io.tradingecosystem.audit.v1.ListPeersRequest;
import io.tradingecosystem.audit.v1.ListPeersResponse;
import io.tradingecosystem.audit.v1.Peer;
import io.tradingecosystem.audit.v1.PeerInstance;
import io.tradingecosystem.audit.v1.PeerServiceGetRiskMetricsRequest;
import io.tradingecosystem.audit.v1.PeerServiceGetRiskMetricsResponse;
import io.tradingecosystem.audit.v1.PeerServiceGetTradingStatusRequest;
import io.tradingecosystem.audit.v1.PeerServiceGetTradingStatusResponse;
import io.tradingecosystem.audit.v1.PeerServiceGrpc;
import io.tradingecosystem.risk.v1.RiskMetric;
import io.tradingecosystem.trading.v1.TradingState;

import java.util.Optional;

/** The peers, over gRPC: {@code audit.v1.PeerService}. */
public final class PeerGrpc extends PeerServiceGrpc.PeerServiceImplBase {
    private final PeerClients peers;

    /** Shows and asks these peers. */
    public PeerGrpc(PeerClients peers) {
        this.peers = peers;
    }

    @Override
    public void listPeers(ListPeersRequest request, StreamObserver<ListPeersResponse> response) {
        ListPeersResponse.Builder answer = ListPeersResponse.newBuilder();
        peers.states().forEach(state -> answer.addPeers(message(state)));
        GrpcAnswers.one(response, answer.build());
    }

    @Override
    public void getRiskMetrics(
            PeerServiceGetRiskMetricsRequest request,
            StreamObserver<PeerServiceGetRiskMetricsResponse> response) {
        RiskMetrics metrics =
                peers.riskMonitor()
                        .riskMetrics(
                                Optional.of(request.getInstrumentId())
                                        .filter(text -> !text.isEmpty()));
        PeerServiceGetRiskMetricsResponse.Builder answer =
                PeerServiceGetRiskMetricsResponse.newBuilder()
                        .setSource(metrics.source().name())
                        .setInstance(metrics.instance().orElse(""))
                        .setLeftOut(metrics.leftOut())
                        .setHealth(metrics.health().map(Enum::name).orElse(""));
        metrics.asOf().ifPresent(time -> answer.setAsOf(timestamp(time)));
        metrics.metrics()
                .forEach(
                        metric ->
                                answer.addMetrics(
                                        RiskMetric.newBuilder()
                                                .setName(metric.name())
                                                .setValue(metric.value())
                                                .setUnit(metric.unit())
                                                .putAllLabels(metric.labels())));
        GrpcAnswers.one(response, answer.build());
    }

    @Override
    public void getTradingStatus(
            PeerServiceGetTradingStatusRequest request,
            StreamObserver<PeerServiceGetTradingStatusResponse> response) {
        TradingStatus status = peers.tradingEngine().tradingStatus();
        PeerServiceGetTradingStatusResponse.Builder answer =
                PeerServiceGetTradingStatusResponse.newBuilder()
                        .setSource(status.source().name())
                        .setInstance(status.instance().orElse(""))
                        .setState(
                                status.state()
                                        .map(PeerGrpc::state)
                                        .orElse(TradingState.TRADING_STATE_UNSPECIFIED))
                        .setReason(status.reason())
                        .setHealth(status.health().map(Enum::name).orElse(""));
        status.openOrders().ifPresent(answer::setOpenOrders);
        status.openPositions().ifPresent(answer::setOpenPositions);
        status.asOf().ifPresent(time -> answer.setAsOf(timestamp(time)));
        GrpcAnswers.one(response, answer.build());
    }

    private static Peer message(PeerState state) {
        Peer.Builder message =
                Peer.newBuilder()
                        .setService(state.service())
                        .setNotProbed(state.notProbed())
                        .setConnectionsOpen(state.connections().open())
                        .setConnectionsOpened(state.connections().opened())
                        .setConnectionsFailed(state.connections().failed());
        state.health().ifPresent(health -> describe(health, message));
        state.instances().forEach(instance -> message.addInstances(message(instance)));
        return message.build();
    }

    private static void describe(PeerHealth health, Peer.Builder message) {
        message.setHealth(health.state().name())
                .setInstance(health.instance().orElse(""))
                .setSource(health.source().map(Enum::name).orElse(""))
                .setLatency(Durations.fromNanos(health.latency().toNanos()))
                .setAskedAt(timestamp(health.at()))
                .setDetail(health.detail());
    }

    private static PeerInstance message(PeerState.Instance instance) {
        return PeerInstance.newBuilder()
                .setId(instance.id())
                .setAddress(instance.address())
                .setProtocol(instance.protocol().name())
                .setConnection(instance.connection().orElse(""))
                .setBreaker(instance.breaker().name())
                .setSteppedOut(instance.steppedOut())
                .setInFlight(instance.inFlight())
                .setRefused(instance.refused().map(Refusal::toString).orElse(""))
                .build();
    }

    private static TradingState state(TradingStatus.State state) {
        return switch (state) {
            case ACTIVE -> TradingState.TRADING_STATE_ACTIVE;
            case PAUSED -> TradingState.TRADING_STATE_PAUSED;
            case HALTED -> TradingState.TRADING_STATE_HALTED;
        };
    }
}
