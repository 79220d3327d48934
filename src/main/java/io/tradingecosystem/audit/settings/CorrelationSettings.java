package io.tradingecosystem.audit.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How causes and effects are found.
 *
 * @param enabled whether they are; without, no link is made and no listener hears of any
 * @param rules the folder with rules, read again when it changes; absent means the shipped ones
 * @param parameters values for parameters of rules, by name, instead of those there
 * @param allowedLateness how long after it occurred an event may arrive and still be linked
 * @param clockSkew by how much the clocks of two services may differ: an effect may be stamped so
 *     much before its cause
 * @param clockSkewPairs by how much the clocks of two named services may differ, as {@code
 *     market-data+risk-monitor=20ms, a+b=1s}; empty without such
 * @param correctClocks whether timelines correct the clocks of services unless a caller says
 *     otherwise
 * @param maxRemembered how many events are remembered for causes and effects that are still to
 *     come; the oldest are forgotten first
 * @param maxCauses how many causes one rule finds for one effect
 * @param maxEffects how many effects one rule finds for one cause in one burst
 * @param lagWarning how long an event may wait to be linked before linking counts as lagging
 */
public record CorrelationSettings(
        boolean enabled,
        Optional<Path> rules,
        Map<String, String> parameters,
        Duration allowedLateness,
        Duration clockSkew,
        String clockSkewPairs,
        boolean correctClocks,
        int maxRemembered,
        int maxCauses,
        int maxEffects,
        Duration lagWarning) {

    public CorrelationSettings {
        parameters = Map.copyOf(parameters);
    }

    static CorrelationSettings from(Section section) {
        return new CorrelationSettings(
                section.flag("enabled", true),
                section.optionalText("rules").map(Path::of),
                GivenParameters.read(section),
                section.duration(
                        "allowed-lateness",
                        Duration.ofSeconds(30),
                        Duration.ZERO,
                        Duration.ofHours(1)),
                section.duration(
                        "clock-skew", Duration.ofMillis(100), Duration.ZERO, Duration.ofMinutes(1)),
                ClockSkewPairs.read(section),
                section.flag("correct-clocks", true),
                section.integer("max-remembered", 500_000, 1_000, 50_000_000),
                section.integer("max-causes", 32, 1, 1_000),
                section.integer("max-effects", 256, 1, 10_000),
                section.duration(
                        "lag-warning",
                        Duration.ofSeconds(30),
                        Duration.ofMillis(100),
                        Duration.ofHours(24)));
    }
}
