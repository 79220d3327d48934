package io.tradingecosystem.audit.matching;

/**
 * Where a shared side comes from, which does not change for as long as any join shares it.
 *
 * @param number of the join that it was opened for
 * @param from from what occurred_at on it was told every event, in nanoseconds
 * @param hold how long after they occurred it keeps events, in nanoseconds
 */
public record SideOrigin(int number, long from, long hold) {}
