package io.tradingecosystem.audit.peer;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a peer is, by its own account.
 *
 * @param service the name of the peer
 * @param instance who was asked; empty if there was nobody to ask
 * @param state what it said
 * @param source where the answer came from; empty if there is none
 * @param latency how long the answer took; zero if there is none
 * @param at when it was asked
 * @param detail why it is so, in words; empty if there is nothing to say
 */
public record PeerHealth(
        String service,
        Optional<String> instance,
        State state,
        Optional<Source> source,
        Duration latency,
        Instant at,
        String detail) {

    public PeerHealth {
        requireNonNull(service, "service is null");
        requireNonNull(instance, "instance is null");
        requireNonNull(state, "state is null");
        requireNonNull(source, "source is null");
        requireNonNull(latency, "latency is null");
        requireNonNull(at, "at is null");
        requireNonNull(detail, "detail is null");
    }

    /** What a peer says of itself; the best of several instances comes first. */
    public enum State {
        /** It serves. */
        SERVING,
        /** It says that it does not serve. */
        NOT_SERVING,
        /** It answers, but has nothing that tells its health. */
        UNKNOWN,
        /** It does not answer, or not in time. */
        UNREACHABLE,
        /** The registry knows no instance. */
        ABSENT
    }
}
