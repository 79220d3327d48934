package io.tradingecosystem.audit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** How often a watcher of something that does not move looks, and is spoken to. */
class WatchersTest {
    @Test
    void shouldPauseWhereWaitingEndsAtOnceAndNothingIsThere() throws Exception {
        Stuck stuck = new Stuck();
        Watchers watchers = new Watchers();
        CompletableFuture<Void> watching = CompletableFuture.runAsync(() -> watch(watchers, stuck));

        await().pollDelay(Duration.ofSeconds(3)).until(() -> stuck.reads.get() > 2);

        // Two looks for each pause of a second.
        assertThat(stuck.reads.get()).isLessThan(12);
        assertThat(stuck.keepAlives.get()).isZero();
        watchers.end();
        watching.get(5, TimeUnit.SECONDS);
    }

    private static void watch(Watchers watchers, Stuck stuck) {
        try {
            watchers.follow(stuck, 1, stuck);
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    /** Says that there is something, and has nothing. */
    private static final class Stuck implements Live<String>, Watchers.Watcher<String> {
        private final AtomicInteger reads = new AtomicInteger();
        private final AtomicInteger keepAlives = new AtomicInteger();

        @Override
        public Batch<String> after(long place, int limit) {
            reads.incrementAndGet();
            return new Batch<>(List.of(), place);
        }

        @Override
        public void await(long place, Duration timeout) {
            assertThat(timeout).isPositive();
        }

        @Override
        public String log() {
            return "stuck";
        }

        @Override
        public long last() {
            return 2;
        }

        @Override
        public boolean isOver() {
            return false;
        }

        @Override
        public boolean send(Item<String> item) {
            throw new AssertionError(item);
        }

        @Override
        public boolean skip(Skipped<String> places) {
            throw new AssertionError(places);
        }

        @Override
        public boolean lose(Lost<String> places) {
            throw new AssertionError(places);
        }

        @Override
        public void fail(RuntimeException failure) {
            throw failure;
        }

        @Override
        public void quiet(long place) {
            keepAlives.incrementAndGet();
        }
    }
}
