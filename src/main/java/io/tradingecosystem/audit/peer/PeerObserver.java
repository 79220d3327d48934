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

    /** A peer was found alive or not; each time that it is looked, one call at a time. */
    default void found(PeerLife life) {}

    /** Sees for two. */
    static PeerObserver both(PeerObserver one, PeerObserver other) {
        return new PeerObserver() {
            @Override
            public void called(String service, String outcome, Duration duration) {
                one.called(service, outcome, duration);
                other.called(service, outcome, duration);
            }

            @Override
            public void probed(PeerHealth health) {
                one.probed(health);
                other.probed(health);
            }

            @Override
            public void found(PeerLife life) {
                one.found(life);
                other.found(life);
            }
        };
    }
}
