package io.tradingecosystem.audit.registry;

/** An instance that is being announced until closed. Thread-safe. */
public interface Registration extends AutoCloseable {
    /** What is announced. */
    ServiceInstance instance();

    /**
     * Stops announcing and removes what is still ours, within a few seconds whatever the registry
     * does. Closing again has no effect.
     */
    @Override
    void close();
}
