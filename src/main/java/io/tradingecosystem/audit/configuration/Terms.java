package io.tradingecosystem.audit.configuration;

import io.tradingecosystem.audit.settings.ConfigurationSettings;

/** How long what is known is believed, in nanoseconds. */
record Terms(long fresh, long stale, long unknown, long failure) {

    static Terms of(ConfigurationSettings settings) {
        return new Terms(
                settings.cacheTtl().toNanos(),
                settings.maxStale().toNanos(),
                settings.unknownTtl().toNanos(),
                settings.failureTtl().toNanos());
    }
}
