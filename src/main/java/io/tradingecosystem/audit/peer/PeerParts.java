package io.tradingecosystem.audit.peer;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.egress.EgressPolicy;

import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;

/**
 * What all peers share.
 *
 * @param observer sees what calls come to
 * @param time what time it is
 * @param random for jitter and choices; thread-safe
 * @param threads one virtual thread per task
 * @param own where this process listens
 * @param egress which addresses are called
 * @param traces the trace that calls carry
 */
record PeerParts(
        PeerObserver observer,
        Time time,
        RandomGenerator random,
        ExecutorService threads,
        OwnAddresses own,
        EgressPolicy egress,
        TracePropagation traces) {}
