package io.tradingecosystem.audit.common;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Against what Go 1.22's {@code time} says. */
class GoDurationsProperties {
    @Example
    void shouldWriteAsGoDoes() {
        Map.of(
                        Duration.ZERO,
                        "0s",
                        Duration.ofNanos(1),
                        "1ns",
                        Duration.ofNanos(1_100),
                        "1.1µs",
                        Duration.ofMillis(250),
                        "250ms",
                        Duration.ofMillis(1_500),
                        "1.5s",
                        Duration.ofSeconds(60),
                        "1m0s",
                        Duration.ofMinutes(90),
                        "1h30m0s",
                        Duration.ofHours(1),
                        "1h0m0s",
                        Duration.ofDays(1),
                        "24h0m0s",
                        Duration.ofHours(2).plusMillis(1),
                        "2h0m0.001s")
                .forEach(
                        (duration, text) ->
                                assertThat(GoDurations.format(duration)).isEqualTo(text));
    }

    @Example
    void shouldReadAsGoDoes() {
        assertThat(GoDurations.parse("1.5h")).contains(Duration.ofMinutes(90));
        assertThat(GoDurations.parse(".5s")).contains(Duration.ofMillis(500));
        assertThat(GoDurations.parse("1.s")).contains(Duration.ofSeconds(1));
        assertThat(GoDurations.parse("1h15m30.918s"))
                .contains(Duration.ofMinutes(75).plusMillis(30_918));
        for (String none :
                List.of("", "1", "1d", ".s", "1.5", "-1h", "h", "1 h", "٣h", "2562048h")) {
            assertThat(GoDurations.parse(none)).as(none).isEmpty();
        }
    }

    @Property
    void shouldReadWhatItWrites(@ForAll @LongRange(min = 0) long nanos) {
        Duration duration = Duration.ofNanos(nanos);

        assertThat(GoDurations.parse(GoDurations.format(duration)))
                .isEqualTo(Optional.of(duration));
    }

    @Property
    void shouldNeverThrow(@ForAll String text) {
        assertThat(GoDurations.parse(text)).isNotNull();
    }
}
