package io.tradingecosystem.audit.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.testing.ManualTicker;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** What a bucket gives, whatever is asked of it and when. */
class TokenBucketProperties {
    private static final Duration BURST = Duration.ofSeconds(2);

    @Property
    void shouldGiveNoMoreInTheLongRunThanItsRate(
            @ForAll @IntRange(min = 1, max = 1_000_000) int rate,
            @ForAll @Size(max = 50) List<@IntRange(max = 100_000) Integer> amounts,
            @ForAll @IntRange(max = 3_000) int millis) {
        ManualTicker ticker = new ManualTicker();
        TokenBucket bucket = TokenBucket.of(OptionalLong.of(rate), BURST, ticker);
        long given = 0;
        long last = 0;
        double seconds = 0;
        for (int amount : amounts) {
            if (bucket.take(amount).isZero()) {
                given += amount;
                last = amount;
                // All but the last was within what the bucket had.
                assertThat((double) given - last).isLessThanOrEqualTo(rate * (2 + seconds) + 1);
            }
            ticker.advance(Duration.ofMillis(millis));
            seconds += millis / 1e3;
        }
    }

    @Property
    void shouldGiveWhateverIsAskedForWhenThatTimeIsOver(
            @ForAll @IntRange(min = 1, max = 1_000_000) int rate,
            @ForAll @IntRange(max = 1_000_000_000) int charged,
            @ForAll @IntRange(max = 1_000_000_000) int asked) {
        ManualTicker ticker = new ManualTicker();
        TokenBucket bucket = TokenBucket.of(OptionalLong.of(rate), BURST, ticker);
        bucket.charge(charged);

        Duration owed = bucket.owed();
        if (!owed.isZero()) {
            assertThat(bucket.take(asked)).isEqualTo(owed);
            ticker.advance(owed.minusNanos(1));
            assertThat(bucket.take(asked)).isEqualTo(Duration.ofNanos(1));
            ticker.advance(Duration.ofNanos(1));
        }
        assertThat(bucket.take(asked)).isZero();
    }
}
