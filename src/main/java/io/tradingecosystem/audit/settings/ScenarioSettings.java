package io.tradingecosystem.audit.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How expectations are judged.
 *
 * @param expectations the folder with expectations, read again when it changes; absent means the
 *     shipped ones
 * @param parameters values for parameters of expectations, by name, instead of those there
 * @param allowedLateness how long after a deadline an event may still arrive before the verdict is
 *     made
 * @param clockSkew by how much the clocks of two services may differ
 * @param clockSkewPairs the same for pairs of services, such as {@code a+b=20ms, c+d=1s}
 * @param catchUp how long after an absence of the service senders have to deliver what they kept
 * @param maxGap how long a time may be in which a sender says it lost events
 * @param maxVerdicts how many final verdicts are kept; the oldest go first
 * @param maxOpen how many windows may be open; of more, those that are due first are closed
 * @param maxHeld how many events are kept in joins; older ones are looked for in the store
 * @param searchBudget how many stored events are looked at for one part of one window
 * @param lagWarning how long an event may wait to be judged before judging counts as lagging
 * @param alerts globs for the types of events that are alerts, whatever the case
 */
public record ScenarioSettings(
        Optional<Path> expectations,
        Map<String, String> parameters,
        Duration allowedLateness,
        Duration clockSkew,
        String clockSkewPairs,
        Duration catchUp,
        Duration maxGap,
        int maxVerdicts,
        int maxOpen,
        int maxHeld,
        int searchBudget,
        Duration lagWarning,
        List<String> alerts) {

    private static final int MAX_GLOB = 256;

    public ScenarioSettings {
        parameters = Map.copyOf(parameters);
        alerts = List.copyOf(alerts);
    }

    /** Each is tried on every event of a warning or worse. */
    private static List<String> alerts(Section section) {
        List<String> alerts = section.texts("alerts", List.of("*alert*"));
        alerts.stream()
                .filter(glob -> glob.length() > MAX_GLOB)
                .forEach(glob -> section.problem("alerts", glob, "at most 256 characters each"));
        return alerts;
    }

    static ScenarioSettings from(Section section) {
        return new ScenarioSettings(
                section.optionalText("expectations").map(Path::of),
                GivenParameters.read(section),
                section.duration(
                        "allowed-lateness",
                        Duration.ofSeconds(10),
                        Duration.ZERO,
                        Duration.ofMinutes(10)),
                section.duration(
                        "clock-skew", Duration.ofMillis(100), Duration.ZERO, Duration.ofMinutes(1)),
                ClockSkewPairs.read(section),
                section.duration(
                        "catch-up", Duration.ofSeconds(30), Duration.ZERO, Duration.ofHours(1)),
                section.duration(
                        "max-gap",
                        Duration.ofHours(24),
                        Duration.ofSeconds(1),
                        Duration.ofDays(366)),
                section.integer("max-verdicts", 100_000, 100, 10_000_000),
                section.integer("max-open-windows", 1_000_000, 100, 10_000_000),
                section.integer("max-held-events", 10_000_000, 1_000, 1_000_000_000),
                section.integer("search-budget", 20_000, 1_000, 10_000_000),
                section.duration(
                        "lag-warning",
                        Duration.ofSeconds(30),
                        Duration.ofMillis(100),
                        Duration.ofHours(24)),
                alerts(section));
    }
}
