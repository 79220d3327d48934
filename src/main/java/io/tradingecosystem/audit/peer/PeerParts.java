package io.tradingecosystem.audit.peer;

import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What all peers share.
 *
 * @param observer sees what calls come to
 * @param clock the wall clock
 * @param ticker monotonic time in nanoseconds
 * @param random for jitter and choices; thread-safe
 * @param threads one virtual thread per task
 * @param own where this process listens
 * @param traces the trace that calls carry
 */
record PeerParts(
        PeerObserver observer,
        InstantSource clock,
        LongSupplier ticker,
        RandomGenerator random,
        ExecutorService threads,
        OwnAddresses own,
        TracePropagation traces) {}
