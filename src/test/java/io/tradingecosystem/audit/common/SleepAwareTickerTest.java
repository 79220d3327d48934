package io.tradingecosystem.audit.common;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.testing.ManualClock;
import io.tradingecosystem.audit.testing.ManualTicker;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class SleepAwareTickerTest {
    private final ManualClock clock = ManualClock.at(Instant.parse("2026-01-01T12:00:00Z"));
    private final ManualTicker ticker = new ManualTicker();
    private final Time time = new Time(clock, ticker).withSleep();
    private final long start = time.tick();

    private Duration passed() {
        return Duration.ofNanos(time.tick() - start);
    }

    private void pass(Duration distance) {
        clock.jump(distance);
        ticker.advance(distance);
    }

    @Test
    void shouldGoAsTheMonotonicClockGoes() {
        pass(Duration.ofMinutes(10));

        assertThat(passed()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void shouldGoOnWhileTheMonotonicClockStandsStill() {
        pass(Duration.ofSeconds(3));
        clock.jump(Duration.ofHours(8));
        pass(Duration.ofSeconds(2));

        assertThat(passed()).isEqualTo(Duration.ofHours(8).plusSeconds(5));
        pass(Duration.ofSeconds(1));
        assertThat(passed()).isEqualTo(Duration.ofHours(8).plusSeconds(6));
    }

    @Test
    void shouldNotMindAWallClockThatIsSetBackOrCorrectedALittle() {
        clock.jump(Duration.ofHours(-1));
        pass(Duration.ofSeconds(2));
        assertThat(passed()).isEqualTo(Duration.ofSeconds(2));

        for (int i = 0; i < 100; i++) {
            clock.jump(Duration.ofMillis(500));
            pass(Duration.ofSeconds(1));
            assertThat(passed()).isEqualTo(Duration.ofSeconds(3 + i));
        }
    }
}
