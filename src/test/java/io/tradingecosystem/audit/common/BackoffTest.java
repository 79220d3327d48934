package io.tradingecosystem.audit.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

class BackoffTest {
    @Test
    void shouldDoubleUpToTheLast() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

        assertThat(next(backoff, 6))
                .extracting(Duration::toMillis)
                .containsExactly(100L, 200L, 400L, 800L, 1_000L, 1_000L);
    }

    @Test
    void shouldStartOver() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
        next(backoff, 3);

        backoff.reset();

        assertThat(backoff.afterFailure()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void shouldNotExceedALastThatIsShorterThanTheFirst() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMillis(200));

        assertThat(next(backoff, 2)).containsOnly(Duration.ofMillis(200));
    }

    @Test
    void shouldShortenByUpToAFifth() {
        RandomGenerator random = new Random(7);
        Duration whole = Duration.ofSeconds(10);

        List<Duration> times =
                Stream.generate(() -> Backoff.jittered(whole, random)).limit(1_000).toList();

        assertThat(times)
                .allSatisfy(
                        time ->
                                assertThat(time)
                                        .isBetween(whole.dividedBy(10).multipliedBy(8), whole));
        assertThat(times.stream().distinct().count()).isGreaterThan(900);
    }

    @Test
    void shouldDoubleTheWholeAndNotWhatTheJitterLeft() {
        // The longest jitter that this source of bits gives: nearly a fifth.
        RandomGenerator ones = () -> -1L;
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(4), ones);

        assertThat(next(backoff, 3))
                .extracting(Duration::toMillis)
                .containsExactly(800L, 1_600L, 3_200L);
    }

    private static List<Duration> next(Backoff backoff, int count) {
        return Stream.generate(backoff::afterFailure).limit(count).toList();
    }
}
