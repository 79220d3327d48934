package io.tradingecosystem.audit.event;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

import java.time.Instant;

/** A time is written as {@link Instant} writes it. */
class TimesTest {
    private static final long YEAR_0 = -62_167_219_200L;
    private static final long YEAR_10000 = 253_402_300_800L;

    @Property(tries = 2_000)
    void shouldWriteTimesAsInstantsAreWritten(
            @ForAll @LongRange(min = 2 * YEAR_0, max = 2 * YEAR_10000) long seconds,
            @ForAll @IntRange(max = 999_999) int fine,
            @ForAll @IntRange(min = 1, max = 1_000) int coarse) {
        assertAsInstant(Instant.ofEpochSecond(seconds, fine * (long) coarse % 1_000_000_000));
    }

    @Example
    void shouldWriteNoMoreDigitsThanAreNeeded() {
        for (int nanos :
                new int[] {0, 1, 10, 1_000, 999_000, 1_000_000, 500_000_000, 999_999_999}) {
            assertAsInstant(Instant.ofEpochSecond(1_769_860_800, nanos));
            assertAsInstant(Instant.ofEpochSecond(-1, nanos));
        }
    }

    @Example
    void shouldLeaveYearsOfOtherThanFourDigitsToInstants() {
        assertAsInstant(Instant.ofEpochSecond(YEAR_0));
        assertAsInstant(Instant.ofEpochSecond(YEAR_0 - 1));
        assertAsInstant(Instant.ofEpochSecond(YEAR_10000 - 1));
        assertAsInstant(Instant.ofEpochSecond(YEAR_10000));
        assertAsInstant(Instant.MIN);
        assertAsInstant(Instant.MAX);
    }

    private static void assertAsInstant(Instant time) {
        assertThat(Times.format(time)).isEqualTo(time.toString());
    }
}
