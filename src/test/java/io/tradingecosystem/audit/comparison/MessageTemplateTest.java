package io.tradingecosystem.audit.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTemplateTest {

    @ParameterizedTest
    @CsvSource({
        "order 17 rejected, order # rejected",
        "order 4bf92f35-77b3-4da6-a3ce-929d0e0e4736 rejected, order # rejected",
        "took 12.5 ms, took # ms",
        "at 2026-01-01T12:00:00Z, at #",
        "peer 10.0.0.1:8083 is down, peer # is down",
        "trace deadbeefcafe ended, trace # ended",
        "a bad cafe, a bad cafe",
        "order_17 rejected, # rejected",
        "'no variable: here.', 'no variable: here.'"
    })
    void shouldMaskWhatVaries(String message, String template) {
        assertThat(MessageTemplate.of(message)).isEqualTo(template);
    }

    @Test
    void shouldTakeTheBeginningOfALongMessage() {
        assertThat(MessageTemplate.of("word! ".repeat(100_000))).hasSizeLessThan(210);
        assertThat(MessageTemplate.of("")).isEmpty();
    }
}
