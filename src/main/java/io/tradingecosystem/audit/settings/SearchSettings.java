package io.tradingecosystem.audit.settings;

import java.time.Duration;

/**
 * How far one question for events may read where no index decides. What is left is in the answer,
 * with a token to go on.
 *
 * @param maxEvents after so many events an answer is given
 * @param maxTime after so long an answer is given
 * @param maxConcurrent so many questions read at one time; others wait for their turn
 */
public record SearchSettings(int maxEvents, Duration maxTime, int maxConcurrent) {
    static SearchSettings from(Section section) {
        return new SearchSettings(
                section.integer("max-events", 1_000_000, 1_000, 1_000_000_000),
                section.duration(
                        "max-time",
                        Duration.ofSeconds(5),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(1)),
                section.integer("max-concurrent", 2, 1, 64));
    }
}
