package io.tradingecosystem.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.scenario.verdicts.Gap;
import io.tradingecosystem.audit.store.LostEvents;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** In which time lost events may have occurred. */
class GapTimesTest {
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant AFTER = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant UNTIL = AFTER.plusSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String REASON = "events 3 to 5 of the log were lost to damage";

    private static LostEvents lost(Instant since, Instant latest, boolean certain) {
        return new LostEvents(3, 5, since, latest, AFTER, UNTIL, certain);
    }

    private static GapTimes times(Optional<Duration> maxAge) {
        return new GapTimes(maxAge, HOUR);
    }

    @Test
    void shouldBeWhatAnIndexTells() {
        Instant since = AFTER.minus(Duration.ofDays(3));
        LostEvents lost = lost(since, UNTIL.minusSeconds(9), true);

        assertThat(times(Optional.of(HOUR)).all(lost))
                .containsExactly(new Gap(since, UNTIL, REASON));
    }

    @Test
    void shouldReachAheadWhereAClockDid() {
        LostEvents lost = lost(AFTER, UNTIL.plusSeconds(9), true);

        assertThat(times(Optional.empty()).all(lost))
                .containsExactly(
                        new Gap(AFTER, UNTIL, REASON),
                        new Gap(UNTIL, UNTIL.plusSeconds(9), REASON));
    }

    @Test
    void shouldBeAnyTimeWhereNoIndexTells() {
        LostEvents lost = lost(EARLIEST, UNTIL, false);

        assertThat(times(Optional.empty()).all(lost))
                .containsExactly(
                        new Gap(EARLIEST, UNTIL, REASON), new Gap(UNTIL, UNTIL.plus(HOUR), REASON));
        assertThat(times(Optional.empty()).clause(lost)).contains("at any time");
    }

    @Test
    void shouldBeWhatSomebodyWhoKnowsTheSendersSays() {
        LostEvents lost = lost(EARLIEST, UNTIL, false);
        Duration minute = Duration.ofMinutes(1);

        assertThat(times(Optional.of(minute)).all(lost))
                .containsExactly(
                        new Gap(AFTER.minus(minute), UNTIL, REASON),
                        new Gap(UNTIL, UNTIL.plus(minute), REASON));
        assertThat(times(Optional.of(Duration.ofDays(40_000))).gap(lost).from())
                .isEqualTo(EARLIEST);
        assertThat(times(Optional.of(Duration.ofDays(40_000))).ahead(lost))
                .map(Gap::to)
                .hasValue(UNTIL.plus(HOUR));
    }
}
