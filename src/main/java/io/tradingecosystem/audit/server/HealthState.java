package io.tradingecosystem.audit.server;

/** Where the service is in its life. */
enum HealthState {
    /** Parts are being built. */
    STARTING,
    /** Requests are welcome. */
    SERVING,
    /** The service is going away. */
    STOPPING
}
