package io.tradingecosystem.audit.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.store.MemoryStore;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Set;

class ReplayTest {
    @Test
    void shouldCountMoreDifferencesThanItNames() {
        Replay replay =
                new Replay(MemoryStore.create(() -> Instant.EPOCH, Set.of()).store(), "links");
        for (int i = 0; i < 25; i++) {
            replay.differs("difference " + i);
        }

        assertThat(replay.outcome().different()).isEqualTo(25);
        assertThat(replay.outcome().differences()).hasSize(20).contains("difference 0");
    }
}
