package io.tradingecosystem.audit.registry;

/** The ways in which services of the ecosystem write themselves into the registry. */
public enum Layout {
    /** {@code services:{name}:{instance}}, JSON, with {@code service_index:{name}}. */
    A,
    /** {@code registry:services:{name}}, a hash of exactly nine fields. */
    B,
    /** {@code services:{name}}, a hash. */
    C,
    /** {@code registry:services:{name}}, a hash of a shell script, without expiry. */
    D,
    /** {@code services:{name}:localhost:{port}}, JSON. */
    E,
    /** {@code services:{name}:{name}-{unix seconds}}, JSON. */
    F,
    /** {@code {namespace}:service:{id}} with {@code {namespace}:heartbeat:{id}}, JSON. */
    G,
    /** Not in Redis: registered in this process. */
    IN_PROCESS
}
