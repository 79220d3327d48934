package io.tradingecosystem.audit.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.settings.LimitSettings.Rates;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;

class LimitSettingsTest {
    @TempDir private Path directory;

    @Test
    void shouldLimitNobodyByDefault() throws IOException {
        LimitSettings limits = limits("access: {mode: open}", Map.of());

        assertThat(limits.of("anybody").isUnlimited()).isTrue();
        assertThat(limits.callers()).isEmpty();
    }

    @Test
    void shouldTakeTheLimitsOfACallerOverThoseOfAll() throws IOException {
        LimitSettings limits =
                limits(
                        """
                        access:
                          limits:
                            events-per-second: 100
                            bytes-per-second: 1MiB
                            burst: 2s
                            callers:
                              risk-monitor: {events-per-second: 5000}
                              collector.eu: {events-per-second: off, burst: 1m}
                        """,
                        Map.of("ACCESS_LIMITS_EVENTS_PER_SECOND", "200"));

        assertThat(limits.of("anybody")).isEqualTo(rates(OptionalLong.of(200), 2));
        assertThat(limits.of("risk-monitor")).isEqualTo(rates(OptionalLong.of(5_000), 2));
        assertThat(limits.of("collector.eu")).isEqualTo(rates(OptionalLong.empty(), 60));
    }

    @Test
    void shouldNameWhatIsWrong() {
        assertThatThrownBy(
                        () ->
                                limits(
                                        """
                                        access:
                                          limits:
                                            events-per-second: none
                                            callers: {risk: {event-per-second: 1}}
                                        """,
                                        Map.of()))
                .hasMessageContaining("access.limits.events-per-second")
                .hasMessageContaining("off, or a whole number from 1 to 1000000000")
                .hasMessageContaining("access.limits.callers.risk.event-per-second");
    }

    private static Rates rates(OptionalLong events, long burst) {
        return new Rates(events, OptionalLong.of(1 << 20), Duration.ofSeconds(burst));
    }

    private LimitSettings limits(String file, Map<String, String> environment) throws IOException {
        Path path = Files.writeString(directory.resolve("app.yaml"), file);
        return Settings.load(Optional.of(path), environment, new Properties())
                .settings()
                .access()
                .limits();
    }
}
