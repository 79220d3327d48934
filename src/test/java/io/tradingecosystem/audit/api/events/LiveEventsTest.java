package io.tradingecosystem.audit.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradingecosystem.audit.api.Live;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.IndexedField;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Selection;
import io.tradingecosystem.audit.store.ShortenedLog;
import io.tradingecosystem.audit.testing.ManualClock;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What a watcher hears of events that retention removed. */
class LiveEventsTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final MemoryStore store = MemoryStore.create(ManualClock.at(START), Set.of());

    @BeforeEach
    void fill() {
        for (int i = 1; i <= 8; i++) {
            store.append(
                    List.of(
                            AuditEvent.builder("service", i % 2 == 0 ? "even" : "odd")
                                    .id("e" + i)
                                    .occurredAt(START.plusSeconds(i))
                                    .build()));
        }
    }

    private LiveEvents events(Selection.Key... keys) {
        return new LiveEvents(
                new ShortenedLog(store, 5),
                new EventFilter(List.of(keys), Selection.BEGINNING, Selection.END));
    }

    @Test
    void shouldSayWhichEventsAreNotThereAnyMore() {
        Live.Batch<AuditEvent> batch = events().after(2, 100);

        assertThat(batch.entries()).hasSize(5);
        assertThat(batch.entries().getFirst()).isEqualTo(new Live.Skipped<AuditEvent>(3, 4));
        assertThat(batch.upTo()).isEqualTo(8);
    }

    @Test
    void shouldNotSaySoOfEventsThatAreNotWanted() {
        Live.Batch<AuditEvent> batch =
                events(Selection.Key.of(IndexedField.TYPE, "even")).after(5, 100);

        assertThat(batch.entries())
                .extracting(entry -> ((Live.Item<AuditEvent>) entry).place())
                .containsExactly(6L, 8L);
        assertThat(events().after(8, 100).entries()).isEmpty();
    }
}
