package io.tradingecosystem.audit.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.MemoryStore;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
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
}
