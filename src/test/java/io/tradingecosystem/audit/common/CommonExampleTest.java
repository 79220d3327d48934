package io.tradingecosystem.audit.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** Examples in comments of {@code common}. */
class CommonExampleTest {

    @Test
    void shouldReadAndWriteDurations() {
        // @start region="durations"
        Duration timeout = Durations.parse("1m30s").orElseThrow();
        String text = Durations.format(timeout);
        // @end
        assertThat(timeout).isEqualTo(Duration.ofSeconds(90));
        assertThat(text).isEqualTo("1m30s");
    }
}
