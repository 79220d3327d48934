package io.tradingecosystem.audit.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Projection;
import io.tradingecosystem.audit.testing.ManualClock;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Set;
import java.util.stream.IntStream;

class FollowerProgressTest {
    private final ManualClock clock = ManualClock.at(Instant.EPOCH);
    private final MemoryStore store = MemoryStore.create(clock, Set.of());
    private final Projection projection = store.store().projections().projection("follower");
    private final FollowerProgress progress =
            new FollowerProgress(store.store().log(), projection, clock);

    @Test
    void shouldBeFarBehindWhenMoreThanAMomentsWorkWaits() {
        store.append(
                IntStream.rangeClosed(1, 20_001)
                        .mapToObj(i -> AuditEvent.builder("service", "type").id("e" + i).build())
                        .toList());

        assertThat(progress.now()).isEqualTo(new Progress(0, 20_001));
        assertThat(progress.isFarBehind()).isTrue();

        projection.commit(1, changes -> {});

        assertThat(progress.now()).isEqualTo(new Progress(1, 20_000));
        assertThat(progress.isFarBehind()).isFalse();
    }
}
