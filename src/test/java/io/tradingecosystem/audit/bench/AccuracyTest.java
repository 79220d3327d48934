package io.tradingecosystem.audit.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.bench.AccuracyBench.Accuracy;
import io.tradingecosystem.audit.bench.ChaosLoad.Load;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.time.Duration;

/** The goals of {@link AccuracyBench}, on less. */
class AccuracyTest {
    private static final int RUNS = 300;

    @ParameterizedTest
    @CsvSource({
        "true, 1, 0, 0.99",
        "true, 100, 0, 0.99",
        "true, 100, 500, 0.99",
        "false, 10, 0, 0.95",
        "false, 10, 500, 0.95"
    })
    void shouldJudgeRightly(boolean keys, double concurrent, long skewMillis, double goal)
            throws IOException {
        Load load = new Load(RUNS, concurrent, Duration.ofMillis(skewMillis), keys, 0.1, 0.005, 11);

        Accuracy accuracy = AccuracyBench.measure(load);

        assertThat(accuracy.precision()).isGreaterThanOrEqualTo(goal);
        assertThat(accuracy.recall()).isGreaterThanOrEqualTo(goal);
        assertThat(accuracy.right() + accuracy.wrong() + accuracy.unsure()).isEqualTo(2 * RUNS);
        if (keys) {
            assertThat(accuracy.criticalMissed()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, 1, 0, 0.99",
        "true, 100, 500, 0.99",
        "true, 1000, 500, 0.99",
        "false, 10, 0, 0.95",
        "false, 10, 500, 0.95"
    })
    void shouldLinkRightly(boolean keys, double concurrent, long skewMillis, double goal)
            throws IOException {
        Load load = new Load(RUNS, concurrent, Duration.ofMillis(skewMillis), keys, 0.1, 0.005, 11);

        LinkAccuracy accuracy = LinkAccuracy.measure(load);

        assertThat(accuracy.precision()).isGreaterThanOrEqualTo(goal);
        assertThat(accuracy.recall()).isGreaterThanOrEqualTo(goal);
        assertThat(accuracy.right()).isGreaterThan(RUNS / 2);
    }
}
