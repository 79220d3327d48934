package io.tradingecosystem.audit.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Map.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

class CorrelationSettingsTest {
    private static CorrelationSettings with(Map<String, String> environment) {
        return Settings.load(Optional.empty(), environment, new Properties())
                .settings()
                .correlation();
    }

    @Test
    void shouldHaveDefaults() {
        assertThat(with(Map.of()))
                .isEqualTo(
                        new CorrelationSettings(
                                true,
                                Optional.empty(),
                                Map.of(),
                                Duration.ofSeconds(30),
                                Duration.ofMillis(100),
                                "",
                                true,
                                500_000,
                                32,
                                256,
                                Duration.ofSeconds(30)));
    }

    @Test
    void shouldTakeEveryKey() {
        assertThat(
                        with(
                                Map.ofEntries(
                                        entry("CORRELATION_ENABLED", "false"),
                                        entry("CORRELATION_RULES", "/etc/audit/rules"),
                                        entry("CORRELATION_PARAMETERS", "within=5s, of = a=b"),
                                        entry("CORRELATION_ALLOWED_LATENESS", "2m"),
                                        entry("CORRELATION_CLOCK_SKEW", "1s"),
                                        entry("CORRELATION_CLOCK_SKEW_PAIRS", "a+b=20ms, c+d=1s"),
                                        entry("CORRELATION_CORRECT_CLOCKS", "false"),
                                        entry("CORRELATION_MAX_REMEMBERED", "1000"),
                                        entry("CORRELATION_MAX_CAUSES", "1"),
                                        entry("CORRELATION_MAX_EFFECTS", "10"),
                                        entry("CORRELATION_LAG_WARNING", "1m"))))
                .isEqualTo(
                        new CorrelationSettings(
                                false,
                                Optional.of(Path.of("/etc/audit/rules")),
                                Map.of("within", "5s", "of", "a=b"),
                                Duration.ofMinutes(2),
                                Duration.ofSeconds(1),
                                "a+b=20ms, c+d=1s",
                                false,
                                1_000,
                                1,
                                10,
                                Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=1s",
                "a+b",
                "a+b+c=1s",
                "a+=1s",
                "a+b=-1s",
                "a+b=soon",
                "a+b=61s",
                "a+b=1s=2s"
            })
    void shouldRefusePairsThatAreNone(String text) {
        assertThatThrownBy(() -> with(Map.of("CORRELATION_CLOCK_SKEW_PAIRS", text)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("correlation.clock-skew-pairs")
                .hasMessageContaining("market-data+risk-monitor=20ms");
    }

    @Test
    void shouldRefuseALimitThatForgetsEverything() {
        assertThatThrownBy(() -> with(Map.of("CORRELATION_MAX_REMEMBERED", "0")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("correlation.max-remembered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deadline", "=20s", "deadline=1s, deadline=2s"})
    void shouldRefuseParametersWithoutOneValue(String text) {
        assertThatThrownBy(() -> with(Map.of("CORRELATION_PARAMETERS", text)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("correlation.parameters");
    }
}
