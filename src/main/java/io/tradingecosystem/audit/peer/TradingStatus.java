package io.tradingecosystem.audit.peer;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the trading engine says of itself. Nothing here is computed: what the engine does not say is
 * absent.
 *
 * @param source where the answer came from
 * @param instance who answered
 * @param state whether it trades
 * @param reason why; empty if it does not say
 * @param openOrders orders that are neither filled nor cancelled
 * @param openPositions positions that are not flat
 * @param asOf when this was so, by the trading engine's clock
 * @param health how the peer is, where that is all it tells
 */
public record TradingStatus(
        Source source,
        Optional<String> instance,
        Optional<State> state,
        String reason,
        OptionalLong openOrders,
        OptionalLong openPositions,
        Optional<Instant> asOf,
        Optional<PeerHealth.State> health) {

    public TradingStatus {
        requireNonNull(source, "source is null");
        requireNonNull(instance, "instance is null");
        requireNonNull(state, "state is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(openOrders, "openOrders is null");
        requireNonNull(openPositions, "openPositions is null");
        requireNonNull(asOf, "asOf is null");
        requireNonNull(health, "health is null");
    }

    /** Whether the engine trades. */
    public enum State {
        /** Orders are placed. */
        ACTIVE,
        /** No new orders; open ones stand. */
        PAUSED,
        /** No new orders, and open ones are being withdrawn. */
        HALTED
    }
}
