package io.tradingecosystem.audit.settings;

import java.time.Duration;

/**
 * How long who logs in to the page is known by its session.
 *
 * @param idle without a request
 * @param max in any case
 */
public record SessionSettings(Duration idle, Duration max) {

    static SessionSettings from(Section section) {
        return new SessionSettings(
                section.duration(
                        "idle",
                        Duration.ofMinutes(30),
                        Duration.ofSeconds(1),
                        Duration.ofHours(12)),
                section.duration(
                        "max", Duration.ofHours(12), Duration.ofSeconds(1), Duration.ofDays(1)));
    }
}
