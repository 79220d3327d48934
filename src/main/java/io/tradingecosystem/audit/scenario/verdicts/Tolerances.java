package io.tradingecosystem.audit.scenario.verdicts;

import io.tradingecosystem.audit.matching.ClockSkew;

import java.time.Duration;

/**
 * How exact the world is taken to be.
 *
 * @param allowedLateness how long after a deadline an event that occurred in time may still arrive
 *     before the verdict is final
 * @param clockSkew by how much clocks may differ
 * @param catchUp how long after an absence of ours senders have to deliver what they kept
 */
public record Tolerances(Duration allowedLateness, ClockSkew clockSkew, Duration catchUp) {
    /** An exporter of OpenTelemetry waits five seconds, and sends a span when it ends. */
    public static final Tolerances DEFAULT =
            new Tolerances(Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofSeconds(30));

    /** With the same skew between all clocks. */
    public Tolerances(Duration allowedLateness, Duration clockSkew, Duration catchUp) {
        this(allowedLateness, ClockSkew.of(clockSkew), catchUp);
    }
}
