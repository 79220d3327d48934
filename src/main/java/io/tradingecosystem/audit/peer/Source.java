package io.tradingecosystem.audit.peer;

/** Where an answer about a peer came from. */
public enum Source {
    /** The peer's gRPC service. */
    GRPC,
    /** The peer's own REST interface. */
    REST,
    /** The peer has nothing to say but its health. */
    HEALTH
}
