package io.tradingecosystem.audit.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.MemoryStore;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** Examples in comments of {@code projection}. */
class ProjectionExampleTest {

    @Test
    void shouldTakeTheLogToSomeWork() throws InterruptedException {
        MemoryStore store = MemoryStore.create(InstantSource.system(), Set.of());
        Counting work = new Counting();
        boolean done;
        // @start region="follower"
        try (LogFollower follower = new LogFollower("counting", store, work, 100)) {
            follower.start();
            store.append(List.of(AuditEvent.builder("risk-monitor", "alert").id("a").build()));
            done = follower.await(() -> work.count == 1, Duration.ofSeconds(10));
        }
        // @end
        assertThat(done).isTrue();
    }

    /** Counts events; a real work commits what it made of them with their position. */
    private static final class Counting implements LogFollower.Work {
        private volatile long count;
        private volatile long position;

        @Override
        public long position() {
            return position;
        }

        @Override
        public void take(List<AuditEvent> events) {
            position = events.getLast().position();
            count = position;
        }

        @Override
        public Duration settle(boolean caughtUp) {
            return Duration.ofSeconds(1);
        }

        @Override
        public void reopen() {}

        @Override
        public void skip(long to) {
            position = to;
        }
    }
}
