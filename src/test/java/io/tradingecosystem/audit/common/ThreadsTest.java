package io.tradingecosystem.audit.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

class ThreadsTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void shouldWaitForTheEnd() {
        Thread thread = Thread.startVirtualThread(() -> {});

        assertThat(Threads.join(thread, LONG)).isTrue();
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void shouldCountAThreadThatNeverStartedAsEnded() {
        assertThat(Threads.join(Thread.ofVirtual().unstarted(() -> {}), LONG)).isTrue();
    }

    @Test
    void shouldGiveUpWhenPatienceEnds() {
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = Thread.startVirtualThread(() -> Threads.untilInterrupted(end::await));

        assertThat(Threads.join(thread, Duration.ZERO)).isFalse();

        end.countDown();
        assertThat(Threads.join(thread, LONG)).isTrue();
    }

    @Test
    void shouldKeepAnInterruptPending() {
        CountDownLatch never = new CountDownLatch(1);
        Thread.currentThread().interrupt();

        boolean ran = Threads.untilInterrupted(never::await);

        assertThat(ran).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shouldSayWhenNothingWasCutShort() {
        assertThat(Threads.untilInterrupted(() -> {})).isTrue();
        assertThat(Thread.interrupted()).isFalse();
    }
}
