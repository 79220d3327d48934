package io.tradingecosystem.audit.monitoring;

/** Where the service is in its life. */
public enum HealthState {
    /** Parts are being built. */
    STARTING,
    /** Requests are welcome. */
    SERVING,
    /** The service is going away. */
    STOPPING
}
