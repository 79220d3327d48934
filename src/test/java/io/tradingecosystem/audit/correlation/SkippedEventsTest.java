package io.tradingecosystem.audit.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.correlation.links.LinkBounds;
import io.tradingecosystem.audit.correlation.links.LinkObserver;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Store;
import io.tradingecosystem.audit.testing.ManualClock;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An event that could not be linked stays told of, as what was linked without it stays. */
class SkippedEventsTest {
    private final ManualClock clock = ManualClock.at(Instant.parse("2026-01-01T12:00:00Z"));
    private final MemoryStore store = MemoryStore.create(clock, Set.of());

    private LinkProcessor started() {
        LinkProcessor started =
                new LinkProcessor(
                        new Store(store, store, store),
                        store.projection("links"),
                        new LinkSetup("audit", Optional.empty(), LinkBounds.DEFAULT),
                        LinkObserver.NONE,
                        new Time(clock, System::nanoTime));
        started.open();
        return started;
    }

    @Test
    void shouldCountWhatCouldNotBeLinkedOverARestart() {
        store.append(List.of(AuditEvent.builder("s", "t").id("e").build()));
        started().skip(1);

        LinkProcessor after = started();
        after.settle(false);
        assertThat(after.position()).isEqualTo(1);
        assertThat(after.statistics().skipped()).isEqualTo(1);
    }

    @Test
    void shouldReadWhatWasWrittenBeforeItWasCounted() {
        byte[] bytes = new LinkCounters().bytes();

        assertThat(LinkCounters.read(Arrays.copyOf(bytes, bytes.length - Long.BYTES)).skipped)
                .isZero();
    }
}
