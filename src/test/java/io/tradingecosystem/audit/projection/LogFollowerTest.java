package io.tradingecosystem.audit.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.ShortenedLog;
import io.tradingecosystem.audit.testing.CapturedLog;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** What becomes of the events around one that cannot be worked on. */
class LogFollowerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MemoryStore store = MemoryStore.create(InstantSource.system(), Set.of());

    /** Commits what it was given at once, or nothing of it. */
    private static class Committing implements LogFollower.Work {
        final List<String> committed = new CopyOnWriteArrayList<>();
        final List<Long> skipped = new CopyOnWriteArrayList<>();
        private final String poison;
        private volatile long durable;
        private volatile long position;

        Committing(String poison) {
            this.poison = poison;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void take(List<AuditEvent> events) {
            List<String> taken = new ArrayList<>();
            for (AuditEvent event : events) {
                position = event.position();
                if (event.id().equals(poison)) {
                    throw new StackOverflowError("no end of it");
                }
                taken.add(event.id());
            }
            committed.addAll(taken);
            durable = position;
        }

        @Override
        public Duration settle(boolean caughtUp) {
            return Duration.ofMillis(10);
        }

        @Override
        public void reopen() {
            position = durable;
        }

        @Override
        public void skip(long to) {
            skipped.add(to);
            position = to;
            durable = to;
        }
    }

    private void append(int first, int last) {
        store.append(
                IntStream.rangeClosed(first, last)
                        .mapToObj(i -> AuditEvent.builder("s", "t").id("e" + i).build())
                        .toList());
    }

    @Test
    void shouldLeaveOutTheOneEventThatCannotBeWorkedOnAndNoOther() {
        append(1, 9);
        Committing work = new Committing("e5");
        try (LogFollower follower = new LogFollower("test", store, work, 100)) {
            follower.start();
            await().atMost(PATIENCE).until(() -> work.position() == 9);
        }

        assertThat(work.committed).containsExactly("e1", "e2", "e3", "e4", "e6", "e7", "e8", "e9");
        assertThat(work.skipped).containsExactly(5L);
    }

    /** Each of them once cost 1.4 s, in which nothing else was worked on. */
    @Test
    void shouldSetAsideAtOnceWhatCannotBeWorkedOn() {
        append(1, 1_000);
        Set<String> poison = new TreeSet<>();
        for (int i = 10; i <= 1_000; i += 10) {
            poison.add("e" + i);
        }
        Committing work =
                new Committing("") {
                    @Override
                    public void take(List<AuditEvent> events) {
                        LogFollower.each(events, event -> refuse(event, poison));
                        super.take(events);
                    }
                };
        try (CapturedLog log = CapturedLog.of(LogFollower.class.getPackage());
                LogFollower follower = new LogFollower("test", store, work, 300)) {
            follower.start();
            await().atMost(Duration.ofSeconds(10)).until(() -> work.position() == 1_000);
            assertThat(log.lines("test.skipped")).hasSize(100);
            assertThat(log.lines("test.skipped").getFirst())
                    .contains("position=10", "event=e10", "type=t");
        }

        assertThat(work.committed).hasSize(900).doesNotContainAnyElementsOf(poison);
        assertThat(work.skipped).hasSize(100);
    }

    private static void refuse(AuditEvent event, Set<String> poison) {
        if (poison.contains(event.id())) {
            throw new IllegalStateException("not this one");
        }
    }

    @Test
    void shouldLeaveOutTheLastEventOfTheLog() {
        append(1, 3);
        Committing work = new Committing("e3");
        try (LogFollower follower = new LogFollower("test", store, work, 100)) {
            follower.start();
            await().atMost(PATIENCE).until(() -> work.skipped.equals(List.of(3L)));
            append(4, 4);
            await().atMost(PATIENCE).until(() -> work.position() == 4);
        }

        assertThat(work.committed).containsExactly("e1", "e2", "e4");
    }

    /** It once looked again and again, as fast as it could. */
    @Test
    void shouldWaitBehindALogThatRetentionHasEmptied() {
        append(1, 3);
        AtomicInteger looks = new AtomicInteger();
        Committing work =
                new Committing("") {
                    @Override
                    public Duration settle(boolean caughtUp) {
                        looks.incrementAndGet();
                        return Duration.ofMillis(100);
                    }
                };
        ShortenedLog log = new ShortenedLog(store, 4);
        try (LogFollower follower = new LogFollower("test", log, work, 100)) {
            follower.start();
            await().pollDelay(Duration.ofSeconds(2)).until(() -> looks.get() > 1);
            assertThat(looks.get()).isLessThan(30);
            append(4, 4);
            await().atMost(PATIENCE).until(() -> work.position() == 4);
        }

        assertThat(work.committed).containsExactly("e4");
    }
}
