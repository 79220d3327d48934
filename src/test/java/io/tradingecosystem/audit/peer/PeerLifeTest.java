package io.tradingecosystem.audit.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A peer is alive if one of its instances is, and dead if all were asked and none is. */
class PeerLifeTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private static PeerLife.State of(int unasked, PeerHealth.State... states) {
        return PeerLife.of(
                        "risk",
                        Arrays.stream(states).map(PeerLifeTest::health).toList(),
                        unasked,
                        NOW)
                .state();
    }

    private static PeerHealth health(PeerHealth.State state) {
        return new PeerHealth(
                "risk",
                Optional.of("risk-1"),
                state,
                Optional.empty(),
                Duration.ofSeconds(1),
                NOW,
                "");
    }

    @Test
    void shouldBeAliveIfOneInstanceAnswers() {
        assertThat(of(0, PeerHealth.State.UNREACHABLE, PeerHealth.State.SERVING))
                .isEqualTo(PeerLife.State.ALIVE);
        assertThat(of(3, PeerHealth.State.NOT_SERVING, PeerHealth.State.UNKNOWN))
                .isEqualTo(PeerLife.State.ALIVE);
    }

    @Test
    void shouldBeDeadIfAllWereAskedAndNoneServes() {
        assertThat(of(0, PeerHealth.State.UNREACHABLE, PeerHealth.State.NOT_SERVING))
                .isEqualTo(PeerLife.State.DEAD);
        assertThat(of(1, PeerHealth.State.UNREACHABLE)).isEqualTo(PeerLife.State.UNKNOWN);
        assertThat(of(1)).isEqualTo(PeerLife.State.UNKNOWN);
        assertThat(of(0)).isEqualTo(PeerLife.State.ABSENT);
    }

    @Test
    void shouldHaveBeenAliveWhenItWasAsked() {
        PeerLife life = PeerLife.of("risk", List.of(health(PeerHealth.State.SERVING)), 0, NOW);

        assertThat(life.asked()).isEqualTo(NOW.minusSeconds(1));
        assertThat(life.at()).isEqualTo(NOW);
    }
}
