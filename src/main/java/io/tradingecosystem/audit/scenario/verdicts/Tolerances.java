package io.tradingecosystem.audit.scenario.verdicts;

import java.time.Duration;

/**
 * How exact the world is taken to be.
 *
 * @param allowedLateness how long after a deadline an event that occurred in time may still arrive
 *     before the verdict is made
 * @param clockSkew by how much the clocks of two services may differ: an effect may be stamped so
 *     much before its trigger
 * @param catchUp how long after an absence of ours senders have to deliver what they kept
 */
public record Tolerances(Duration allowedLateness, Duration clockSkew, Duration catchUp) {
    public static final Tolerances DEFAULT =
            new Tolerances(Duration.ofSeconds(2), Duration.ofMillis(100), Duration.ofSeconds(30));
}
