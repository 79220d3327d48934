package io.tradingecosystem.audit.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.projection.DecisionSettings;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

/** By how much clocks may differ, as settings say it. */
class ClockSkewTest {
    private static final ClockSkew PAIRS =
            new ClockSkew(
                    Duration.ofMillis(100),
                    Map.of("a+b", Duration.ofMillis(20), "c+d", Duration.ofSeconds(2)));

    private static ClockSkew skew(Duration usual, Map<String, Duration> pairs) {
        return new ClockSkew(usual, pairs);
    }

    private static DecisionSettings settings() {
        return DecisionSettings.of("scenario");
    }

    @Test
    void shouldNameAPairInOneWay() {
        assertThat(ClockSkew.pair("a", "b")).isEqualTo("a+b").isEqualTo(ClockSkew.pair("b", "a"));
        assertThat(ClockSkew.pair("a", "a")).isEqualTo("a+a");
    }

    @Test
    void shouldTellPairsFromOthers() {
        assertThat(PAIRS.between("b", "a")).isEqualTo(Duration.ofMillis(20));
        assertThat(PAIRS.between("a", "c")).isEqualTo(Duration.ofMillis(100));
        assertThat(ClockSkew.of(Duration.ofMillis(7)).between("a", "b"))
                .isEqualTo(Duration.ofMillis(7));
    }

    @Test
    void shouldKnowTheMostThatClocksMayDifferBy() {
        assertThat(PAIRS.max()).isEqualTo(Duration.ofSeconds(2));
        assertThat(skew(Duration.ofSeconds(3), PAIRS.between()).max())
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(ClockSkew.of(Duration.ZERO).max()).isEqualTo(Duration.ZERO);
    }

    @Test
    void shouldReadWhatItWrites() {
        assertThat(PAIRS.pairs()).isEqualTo("a+b=20ms, c+d=2s");
        assertThat(ClockSkew.parse(PAIRS.pairs())).contains(PAIRS.between());
        ClockSkew otherwise = ClockSkew.of(Duration.ofSeconds(9));
        assertThat(ClockSkew.read(PAIRS.addTo(settings()), otherwise)).contains(PAIRS);
        assertThat(ClockSkew.read(otherwise.addTo(settings()), PAIRS)).contains(otherwise);
    }

    @Test
    void shouldReadPairsWithBlanksAndZero() {
        assertThat(ClockSkew.parse(" b + a = 0s ,, ")).contains(Map.of("a+b", Duration.ZERO));
        assertThat(ClockSkew.parse("a+b=1s, c=1s")).as("one of them is none").isEmpty();
        assertThat(ClockSkew.parse("a+b=1s=2s")).isEmpty();
        assertThat(ClockSkew.parse("a+b+c=1s")).isEmpty();
    }

    @Test
    void shouldKeepWhatIsNotSaid() {
        assertThat(ClockSkew.read(settings(), PAIRS)).contains(PAIRS);
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        DecisionSettings hour = settings().with("clock-skew", Duration.ofHours(1));
        DecisionSettings more = settings().with("clock-skew", Duration.ofHours(1).plusNanos(1));
        DecisionSettings pairs = settings().with("clock-skew-pairs", "a+b=61m");

        assertThat(ClockSkew.read(hour, PAIRS)).isPresent();
        assertThat(ClockSkew.read(more, PAIRS)).isEmpty();
        assertThat(ClockSkew.read(pairs, PAIRS)).isEmpty();
        assertThat(ClockSkew.read(settings().with("clock-skew-pairs", "soon"), PAIRS)).isEmpty();
    }
}
