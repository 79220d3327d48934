package io.tradingecosystem.audit.registry;

import java.time.Duration;

/** Sees how long the registry's work takes, for histograms. Called on the registry's threads. */
public interface RegistryObserver {
    /** Sees nothing. */
    RegistryObserver NONE = new RegistryObserver() {};

    /** A refresh of the snapshot ended. */
    default void refreshed(Duration duration, boolean succeeded) {}

    /** A heartbeat ended. */
    default void beaten(Duration duration, boolean succeeded) {}
}
