package io.tradingecosystem.audit.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.settings.PeerPolicy;
import io.tradingecosystem.audit.testing.ManualTicker;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class BreakerTest {
    private static final Duration OPEN = Duration.ofSeconds(5);
    private static final Duration MOMENT = Duration.ofNanos(1);

    private final ManualTicker ticker = new ManualTicker();
    private final List<String> changes = new ArrayList<>();
    private final Breaker breaker =
            new Breaker(
                    new PeerPolicy.Breaker(4, 0.5, OPEN, 2),
                    ticker,
                    (before, now) -> changes.add(before + " to " + now));

    @Test
    void shouldStayClosedUntilEnoughCallsAreKnown() {
        fail(3);

        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void shouldOpenWhenHalfOfTheLatestCallsFailed() {
        succeed(3);
        fail(1);
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);

        fail(1);

        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
        assertThat(breaker.untilTrial()).isEqualTo(OPEN);
    }

    @Test
    void shouldForgetOldFailures() {
        fail(1);
        succeed(4);
        fail(1);
        succeed(3);
        fail(1);

        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void shouldRejectCallsWhileOpen() {
        fail(4);

        ticker.advance(OPEN.minus(MOMENT));

        assertThat(breaker.tryAcquire()).isEmpty();
        assertThat(breaker.admits()).isFalse();
        assertThat(breaker.untilTrial()).isEqualTo(MOMENT);
    }

    @Test
    void shouldTryAsManyCallsAsMustSucceedWhenHalfOpen() {
        fail(4);
        ticker.advance(OPEN);

        Breaker.Permit first = breaker.tryAcquire().orElseThrow();
        Breaker.Permit second = breaker.tryAcquire().orElseThrow();

        assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
        assertThat(first.trial()).isTrue();
        assertThat(breaker.tryAcquire()).isEmpty();
        first.end(Outcome.SUCCEEDED);
        assertThat(breaker.tryAcquire()).isEmpty();
        second.end(Outcome.SUCCEEDED);
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(breaker.tryAcquire().orElseThrow().trial()).isFalse();
    }

    @Test
    void shouldOpenAgainWhenATrialFails() {
        fail(4);
        ticker.advance(OPEN);

        fail(1);

        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
        assertThat(breaker.untilTrial()).isEqualTo(OPEN);
    }

    @Test
    void shouldCloseWithACleanSlate() {
        fail(4);
        ticker.advance(OPEN);
        succeed(2);

        fail(3);

        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void shouldNotCountACallerWhoGivesUp() {
        end(4, Outcome.UNDECIDED);
        fail(3);
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        fail(1);
        ticker.advance(OPEN);

        end(5, Outcome.UNDECIDED);

        assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
        succeed(2);
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void shouldIgnoreTheEndOfCallsThatBeganInAnEarlierPhase() {
        Breaker.Permit slow = breaker.tryAcquire().orElseThrow();
        Breaker.Permit slower = breaker.tryAcquire().orElseThrow();
        fail(4);
        slow.end(Outcome.SUCCEEDED);
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
        ticker.advance(OPEN);
        assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);

        slower.end(Outcome.FAILED);

        assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
    }

    @Test
    void shouldTellEachChangeOnce() {
        fail(4);
        ticker.advance(OPEN);
        breaker.state();
        breaker.admits();
        succeed(2);

        assertThat(changes)
                .containsExactly("CLOSED to OPEN", "OPEN to HALF_OPEN", "HALF_OPEN to CLOSED");
    }

    private void succeed(int calls) {
        end(calls, Outcome.SUCCEEDED);
    }

    private void fail(int calls) {
        end(calls, Outcome.FAILED);
    }

    private void end(int calls, Outcome outcome) {
        for (int i = 0; i < calls; i++) {
            breaker.tryAcquire().orElseThrow().end(outcome);
        }
    }
}
