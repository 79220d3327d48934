package io.tradingecosystem.audit.peer;

import io.grpc.Deadline;
import io.tradingecosystem.audit.peer.PeerClient.Answer;
import io.tradingecosystem.trading.v1.GetTradingStatusRequest;
import io.tradingecosystem.trading.v1.GetTradingStatusResponse;
import io.tradingecosystem.trading.v1.TradingEngineServiceGrpc;
import io.tradingecosystem.trading.v1.TradingState;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Asks the trading engine, which the registry knows as trading-system-engine. Thread-safe. */
public final class TradingEngineClient {
    private final PeerClient peer;

    TradingEngineClient(PeerClient peer) {
        this.peer = peer;
    }

    /** See {@link PeerClient#healthCheck()}. */
    public PeerHealth healthCheck() {
        return peer.healthCheck();
    }

    /**
     * What the engine is doing: over gRPC, where it has {@code trading.v1}; else nothing but its
     * health.
     *
     * @throws ServiceUnavailableException if there was no answer
     * @throws java.util.concurrent.CancellationException if the caller gave up
     */
    public TradingStatus tradingStatus() {
        return peer.either(this::overGrpc, this::byHealth);
    }

    private TradingStatus overGrpc(Deadline deadline) {
        Answer<GetTradingStatusResponse> answer =
                peer.ask(
                        TradingEngineServiceGrpc.getGetTradingStatusMethod(),
                        GetTradingStatusRequest.getDefaultInstance(),
                        deadline);
        GetTradingStatusResponse response = answer.answer();
        return new TradingStatus(
                Source.GRPC,
                answer.instance(),
                state(response.getState()),
                response.getReason(),
                response.hasOpenOrders()
                        ? OptionalLong.of(response.getOpenOrders())
                        : OptionalLong.empty(),
                response.hasOpenPositions()
                        ? OptionalLong.of(response.getOpenPositions())
                        : OptionalLong.empty(),
                response.hasAsOf()
                        ? Optional.of(
                                Instant.ofEpochSecond(
                                        response.getAsOf().getSeconds(),
                                        response.getAsOf().getNanos()))
                        : Optional.empty(),
                Optional.empty());
    }

    private TradingStatus byHealth(Deadline deadline) {
        Answer<PeerHealth.State> health = peer.healthIfAny(deadline);
        return new TradingStatus(
                Source.HEALTH,
                health.instance(),
                Optional.empty(),
                "",
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.of(health.answer()));
    }

    private static Optional<TradingStatus.State> state(TradingState state) {
        return switch (state) {
            case TRADING_STATE_ACTIVE -> Optional.of(TradingStatus.State.ACTIVE);
            case TRADING_STATE_PAUSED -> Optional.of(TradingStatus.State.PAUSED);
            case TRADING_STATE_HALTED -> Optional.of(TradingStatus.State.HALTED);
            case TRADING_STATE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }
}
