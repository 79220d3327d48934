package io.tradingecosystem.audit.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;

class TimestampsTest {
    private static final Instant MOMENT = Instant.parse("2026-01-30T10:00:00.250Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-30T10:00:00.250Z",
                "2026-01-30T10:00:00.25z",
                "2026-01-30t10:00:00.25Z",
                "2026-01-30t11:00:00.250+01:00",
                "2026-01-30T05:00:00.250-05:00",
                "2026-01-30 10:00:00.250",
                "2026-01-30T10:00:00.250",
                "1769767200.25",
                "1.76976720025e9",
                "1769767200250",
            })
    void shouldReadAMoment(String text) {
        assertThat(Timestamps.parse(text)).contains(MOMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-01-30", "-1", "1e99", "1769767200250000000"})
    void shouldReadNothingElse(String text) {
        assertThat(Timestamps.parse(text)).isEmpty();
    }

    @Test
    void shouldWriteTheSecondsOfTheEpoch() {
        assertThat(Timestamps.epochSeconds(MOMENT)).isEqualTo("1769767200.250");
    }
}
