package io.tradingecosystem.audit.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;

@Timeout(30)
class RecurringTaskTest {
    private static final Duration DELAY = Duration.ofHours(1);
    private static final Duration GAP = Duration.ofMinutes(1);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ManualClock clock = new ManualClock();
    private final BlockingQueue<String> happened = new LinkedBlockingQueue<>();
    private RecurringTask task = builder(() -> DELAY).build();

    @AfterEach
    void end() {
        task.close(Duration.ZERO);
    }

    @Test
    void shouldRunAtOnceThenAfterTheDelayOfTheStep() throws InterruptedException {
        start(builder(() -> step(DELAY)));
        expect("step");
        assertThat(clock.nextWait()).isEqualTo(DELAY);

        clock.advance(DELAY);

        expect("step");
    }

    @Test
    void shouldRunUntilClosed() throws InterruptedException {
        // @start region="task"
        RecurringTask refresh =
                RecurringTask.builder("refresh", () -> step(DELAY), failure -> DELAY).build();
        refresh.start();
        refresh.wake();
        // @end
        expect("step");
        refresh.close(PATIENCE);
        happened.clear();
        refresh.wake();
        assertThat(happened).isEmpty();
    }

    @Test
    void shouldPutTheFirstStepOff() throws InterruptedException {
        start(builder(() -> step(DELAY)).initialDelay(GAP));
        assertThat(clock.nextWait()).isEqualTo(GAP);
        assertThat(happened).isEmpty();

        clock.advance(GAP);

        expect("step");
    }

    @Test
    void shouldRunSoonerWhenWoken() throws InterruptedException {
        start(builder(() -> step(DELAY)));
        expect("step");
        clock.nextWait();

        task.wake();

        expect("step");
    }

    @Test
    void shouldKeepAGapBetweenAStepAndAWake() throws InterruptedException {
        start(builder(() -> step(DELAY)).minGap(GAP));
        expect("step");
        assertThat(clock.nextWait()).isEqualTo(DELAY);

        task.wake();
        assertThat(clock.nextWait()).isEqualTo(GAP);
        task.wake();
        assertThat(happened).isEmpty();

        clock.advance(GAP);
        expect("step");
        assertThat(clock.nextWait()).isEqualTo(DELAY);
        assertThat(happened).isEmpty();
    }

    @Test
    void shouldKeepNoGapWhenItIsUrgent() throws InterruptedException {
        start(builder(() -> step(DELAY)).minGap(GAP));
        expect("step");
        clock.nextWait();

        task.wakeUrgently();

        expect("step");
    }

    @Test
    void shouldNotPutTheFirstStepOffForAWakeBeforeTheStart() throws InterruptedException {
        task = builder(() -> step(DELAY)).minGap(GAP).build();
        task.wake();

        task.start();

        expect("step");
        assertThat(clock.nextWait()).isEqualTo(GAP);
    }

    @Test
    void shouldSurviveAFailureAndTellOfIt() throws InterruptedException {
        start(
                builder(
                        () -> {
                            step(DELAY);
                            throw new IllegalStateException("broken");
                        }));
        expect("step");
        expect("failed: broken");
        assertThat(clock.nextWait()).isEqualTo(AFTER_FAILURE);

        clock.advance(AFTER_FAILURE);

        expect("step");
    }

    @Test
    void shouldSayFarewellAtTheEnd() throws InterruptedException {
        start(builder(() -> step(DELAY)).farewell(() -> happened.add("farewell")));
        expect("step");
        clock.nextWait();

        assertThat(task.close(PATIENCE)).isTrue();

        expect("farewell");
        assertThat(task.isClosing()).isTrue();
    }

    @Test
    void shouldLetARunningStepEndWhenItIsClosed() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        start(
                builder(
                        () -> {
                            running.countDown();
                            happened.add("closing: " + task.pause(DELAY));
                            return DELAY;
                        }));
        running.await();

        task.close();

        expect("closing: true");
    }

    @Test
    void shouldInterruptWhenPatienceEnds() throws InterruptedException {
        AtomicReference<Thread> thread = new AtomicReference<>(Thread.currentThread());
        CountDownLatch running = new CountDownLatch(1);
        start(
                builder(
                                () -> {
                                    thread.set(Thread.currentThread());
                                    running.countDown();
                                    new CountDownLatch(1).await();
                                    return DELAY;
                                })
                        .farewell(() -> happened.add("farewell")));
        running.await();

        assertThat(task.close(Duration.ZERO)).isFalse();

        assertThat(thread.get().join(PATIENCE)).isTrue();
        assertThat(happened).isEmpty();
    }

    @Test
    void shouldCloseWhatNeverStarted() {
        assertThat(task.close(PATIENCE)).isTrue();
        task.close();
    }

    private RecurringTask.Builder builder(RecurringTask.Step step) {
        return RecurringTask.builder("test-task", step, this::failed).clock(clock);
    }

    private void start(RecurringTask.Builder builder) {
        task = builder.build();
        task.start();
    }

    private Duration step(Duration delay) {
        happened.add("step");
        return delay;
    }

    private Duration failed(Throwable failure) {
        happened.add("failed: " + failure.getMessage());
        return AFTER_FAILURE;
    }

    private void expect(String event) throws InterruptedException {
        assertThat(happened.poll(20, TimeUnit.SECONDS)).isEqualTo(event);
    }

    /** Time that passes when a test says so. */
    private static final class ManualClock implements RecurringTask.Clock {
        private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(1);

        private final AtomicLong now = new AtomicLong();
        private final BlockingQueue<Duration> waits = new LinkedBlockingQueue<>();
        private long awaited = -1;

        @Override
        public long nanos() {
            return now.get();
        }

        /** Comes back every now and then, as a condition may, so that the task looks again. */
        @Override
        @SuppressWarnings("WaitNotInLoop") // Whoever calls it loops.
        public long await(Condition condition, long nanos) throws InterruptedException {
            long end = now.get() + nanos;
            if (end != awaited) {
                awaited = end;
                waits.add(Duration.ofNanos(nanos));
            }
            assertThat(condition.awaitNanos(LOOK)).isLessThanOrEqualTo(LOOK);
            return end - now.get();
        }

        void advance(Duration time) {
            now.addAndGet(time.toNanos());
        }

        /** What the task waits for now. */
        Duration nextWait() throws InterruptedException {
            Duration wait = waits.poll(20, TimeUnit.SECONDS);
            assertThat(wait).isNotNull();
            return wait;
        }
    }
}
