package io.tradingecosystem.audit.configuration;

import java.time.Duration;

/** Sees how long loads take, for histograms. Called on the client's threads. */
public interface ConfigurationObserver {
    /** Sees nothing. */
    ConfigurationObserver NONE = new ConfigurationObserver() {};

    /** A load of one key ended, with all its attempts. */
    default void loaded(Duration duration, boolean succeeded) {}
}
