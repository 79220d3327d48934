package io.tradingecosystem.audit.common;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "100ms, PT0.1S",
        "30s, PT30S",
        "5m, PT5M",
        "1h30m, PT1H30M",
        "90d, PT2160H",
        "0s, PT0S",
        "PT15S, PT15S",
    })
    void shouldParse(String text, Duration expected) {
        assertThat(Durations.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "1.5s", "-1s", "5 s", "1w", "PT", "9999999999999s"})
    void shouldNotParse(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @Test
    void shouldNotParseWhatIsTooLongAltogether() {
        assertThat(Durations.parse("999999999999d".repeat(200))).isEmpty();
    }

    @Property
    void shouldReadWhatItWrites(@ForAll @LongRange(min = 0) long nanos) {
        Duration duration = Duration.ofNanos(nanos);

        assertThat(Durations.parse(Durations.format(duration))).contains(duration);
    }
}
