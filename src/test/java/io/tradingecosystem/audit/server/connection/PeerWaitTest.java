package io.tradingecosystem.audit.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerWaitTest {
    private final PeerWait wait = new PeerWait();

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000_000, Long.MAX_VALUE - 5, Long.MIN_VALUE, -1})
    void shouldNotEndAnEndlessWait(long now) {
        wait.begin(now + BoundedConnection.ENDLESS);

        // The watch may have looked at the clock before the wait began.
        assertThat(wait.expire(now - 1_000)).isFalse();
        assertThat(wait.expire(now)).isFalse();
        assertThat(wait.expire(now + 1_000_000_000_000_000_000L)).isFalse();
        assertThat(wait.end()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000_000, Long.MAX_VALUE - 5, Long.MIN_VALUE, -1})
    void shouldEndAWaitOnceAndTakeBackTheInterrupt(long now) {
        wait.begin(now + 10);

        assertThat(wait.expire(now + 10)).isFalse();
        assertThat(wait.expire(now + 11)).isTrue();
        assertThat(wait.expire(now + 12)).isFalse();
        assertThat(wait.end()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
