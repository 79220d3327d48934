package io.tradingecosystem.audit.configuration;

/** Ends the notifications of a listener when closed. Thread-safe. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
    /** No notification starts after this returns. Closing again has no effect. */
    @Override
    void close();
}
