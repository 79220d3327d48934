package io.tradingecosystem.audit.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(30)
class SignalTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Signal signal = new Signal();
    private final AtomicBoolean so = new AtomicBoolean();

    @Test
    void shouldNotWaitForWhatIsSo() throws InterruptedException {
        so.set(true);

        assertThat(signal.await(so::get, Duration.ZERO)).isTrue();
        signal.await(so::get);
    }

    @Test
    void shouldGiveUpWhenTheTimeIsOver() throws InterruptedException {
        assertThat(signal.await(so::get, Duration.ZERO)).isFalse();
        assertThat(signal.await(so::get, Duration.ofNanos(1))).isFalse();
    }

    @Test
    void shouldWakeAllWhoWait() throws Exception {
        CountDownLatch looked = new CountDownLatch(2);
        CompletableFuture<Boolean> one = waiter(looked);
        CompletableFuture<Boolean> other = waiter(looked);
        looked.await();

        so.set(true);
        signal.raise();

        assertThat(one.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(other.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldWaitOnWhenItIsNotSoYet() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(2);
        CompletableFuture<Void> waiter = new CompletableFuture<>();
        Thread.startVirtualThread(
                () -> {
                    Threads.untilInterrupted(
                            () ->
                                    signal.await(
                                            () -> {
                                                looks.incrementAndGet();
                                                first.countDown();
                                                second.countDown();
                                                return so.get();
                                            }));
                    waiter.complete(null);
                });
        first.await();
        signal.raise();
        second.await();
        assertThat(waiter).isNotDone();

        so.set(true);
        signal.raise();

        waiter.get(20, TimeUnit.SECONDS);
        assertThat(looks.get()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void shouldEndWithAnInterrupt() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> signal.await(so::get, LONG))
                .isInstanceOf(InterruptedException.class);
    }

    private CompletableFuture<Boolean> waiter(CountDownLatch looked) {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        Thread.startVirtualThread(
                () ->
                        Threads.untilInterrupted(
                                () ->
                                        result.complete(
                                                signal.await(
                                                        () -> {
                                                            looked.countDown();
                                                            return so.get();
                                                        },
                                                        LONG))));
        return result;
    }
}
