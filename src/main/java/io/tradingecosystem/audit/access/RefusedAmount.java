package io.tradingecosystem.audit.access;

/**
 * How much of what a caller sent was over a limit.
 *
 * @param caller its name, or its address; {@code other} for all past a bound
 * @param limit that it was over
 * @param requests how many, or messages of streams
 * @param events as far as they were counted: a request that is refused by its head has none
 * @param bytes as far as they are known and were not taken before
 */
public record RefusedAmount(String caller, Denial limit, long requests, long events, long bytes) {}
