package io.tradingecosystem.audit.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How expectations are judged.
 *
 * @param expectations the folder with expectations, read again when it changes; absent means the
 *     shipped ones
 * @param allowedLateness how long after a deadline an event may still arrive before the verdict is
 *     made
 * @param clockSkew by how much the clocks of two services may differ
 * @param catchUp how long after an absence of the service senders have to deliver what they kept
 * @param maxVerdicts how many occurrences are kept; the oldest go first
 */
public record ScenarioSettings(
        Optional<Path> expectations,
        Duration allowedLateness,
        Duration clockSkew,
        Duration catchUp,
        int maxVerdicts) {

    static ScenarioSettings from(Section section) {
        return new ScenarioSettings(
                section.optionalText("expectations").map(Path::of),
                section.duration(
                        "allowed-lateness",
                        Duration.ofSeconds(2),
                        Duration.ZERO,
                        Duration.ofMinutes(10)),
                section.duration(
                        "clock-skew", Duration.ofMillis(100), Duration.ZERO, Duration.ofMinutes(1)),
                section.duration(
                        "catch-up", Duration.ofSeconds(30), Duration.ZERO, Duration.ofHours(1)),
                section.integer("max-verdicts", 100_000, 100, 10_000_000));
    }
}
