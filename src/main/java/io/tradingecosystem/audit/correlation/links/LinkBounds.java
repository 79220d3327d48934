package io.tradingecosystem.audit.correlation.links;

import static java.util.Objects.requireNonNull;

import io.tradingecosystem.audit.matching.ClockSkew;

import java.time.Duration;

/**
 * How exact the world is taken to be, and how much of it is remembered.
 *
 * @param allowedLateness how long after it occurred an event may arrive; one that comes later may
 *     miss its links
 * @param clockSkew by how much clocks may differ: an effect may be stamped so much before a cause
 *     of another clock
 * @param maxRemembered how many events are remembered for causes and effects that are still to
 *     come; the oldest are forgotten first
 * @param maxCauses how many causes one rule finds for one effect: the latest up to the effect, then
 *     the next behind it
 * @param maxEffects how many effects one rule finds for one cause in one burst: the earliest from
 *     the cause on, and as many of the last before it
 */
public record LinkBounds(
        Duration allowedLateness,
        ClockSkew clockSkew,
        int maxRemembered,
        int maxCauses,
        int maxEffects) {
    public static final LinkBounds DEFAULT =
            new LinkBounds(
                    Duration.ofSeconds(30), ClockSkew.of(Duration.ofMillis(100)), 500_000, 32, 256);

    public LinkBounds {
        requireNonNull(allowedLateness, "allowedLateness is null");
        requireNonNull(clockSkew, "clockSkew is null");
    }

    /** The same bounds for other clocks. */
    public LinkBounds withClockSkew(ClockSkew skew) {
        return new LinkBounds(allowedLateness, skew, maxRemembered, maxCauses, maxEffects);
    }

    /** The allowed lateness in nanoseconds. */
    public long lateness() {
        return allowedLateness.toNanos();
    }

    /** The most that any two clocks may differ by, in nanoseconds. */
    public long maxSkew() {
        return clockSkew.max().toNanos();
    }
}
