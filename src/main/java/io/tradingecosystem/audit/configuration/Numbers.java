package io.tradingecosystem.audit.configuration;

/**
 * Those who keep the numbers, and what they come to.
 *
 * @param service where the service is looked for, in words
 */
record Numbers(
        String service,
        Tally tally,
        Reachability reachability,
        ValueSource source,
        Snapshots snapshots) {

    ConfigurationStatistics statistics(long size, long tick) {
        long hits = tally.hits();
        long misses = tally.misses();
        return new ConfigurationStatistics(
                service,
                reachability.state(),
                reachability.lastError(),
                source.breaker(),
                size,
                hits,
                misses,
                hits + misses == 0 ? 1 : (double) hits / (hits + misses),
                tally.stale(),
                tally.loads(),
                tally.failures(),
                tally.sinceLastLoad(tick),
                snapshots.state());
    }
}
