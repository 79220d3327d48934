package io.tradingecosystem.audit.registry;

/** An instance that is being announced until closed. Thread-safe. */
public interface Registration extends AutoCloseable {
    /** What is announced. */
    ServiceInstance instance();

    /**
     * Stops announcing and removes the records that are still its own, within a few seconds
     * whatever the registry does. Closing again has no effect.
     */
    @Override
    void close();
}
