package io.tradingecosystem.audit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.projection.DecisionSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Optional;

/** The settings of verdicts that a log has, and those that make no sense. */
class VerdictSettingsTest {
    private static final DecisionSettings NOTHING = DecisionSettings.of("scenario");

    private static Optional<VerdictSettings> read(DecisionSettings said) {
        return VerdictSettings.read(said, Scene.EXACT, VerdictBounds.DEFAULT);
    }

    @Test
    void shouldReadWhatItWrites() {
        VerdictSettings own = new VerdictSettings(Scene.EXACT, VerdictBounds.DEFAULT);

        assertThat(read(NOTHING)).contains(own);
        assertThat(read(VerdictSettings.of(own.tolerances(), own.bounds()))).contains(own);
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2147483647, true", "2147483648, false"})
    void shouldRefuseABudgetThatIsNoInt(long budget, boolean accepted) {
        Optional<VerdictSettings> read = read(NOTHING.with("search-budget", budget));

        assertThat(read.isPresent()).isEqualTo(accepted);
        assertThat(read.map(said -> (long) said.bounds().searchBudget()))
                .isEqualTo(accepted ? Optional.of(budget) : Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"PT0S, true", "P1D, true", "P1DT0.001S, false", "PT-0.001S, false"})
    void shouldRefuseToWaitForMoreThanADay(Duration time, boolean accepted) {
        assertThat(read(NOTHING.with("allowed-lateness", time)).isPresent()).isEqualTo(accepted);
        assertThat(read(NOTHING.with("catch-up", time)).isPresent()).isEqualTo(accepted);
    }
}
