package io.tradingecosystem.audit.peer;

import java.time.Duration;

/** Sees what calls to peers come to, for histograms. Called on the callers' threads. */
public interface PeerObserver {
    /** Sees nothing. */
    PeerObserver NONE = new PeerObserver() {};

    /**
     * A call ended, with all its attempts.
     *
     * @param outcome {@code OK}, {@code CANCELLED}, {@code NOT_OFFERED}, the name of a {@link
     *     ServiceUnavailableException.Reason}, or that of the gRPC status the peer answered with
     */
    default void called(String service, String outcome, Duration duration) {}

    /** An instance was asked how it is. */
    default void probed(PeerHealth health) {}
}
