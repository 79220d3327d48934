package io.tradingecosystem.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.settings.StoreSettings;
import io.tradingecosystem.audit.settings.StoreSettings.Durability;
import io.tradingecosystem.audit.store.EventIndex.Query;
import io.tradingecosystem.audit.testing.ManualClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

class RetentionTest {
    private static final long MIB = 1 << 20;
    private static final int BATCH = 500;

    private final ManualClock clock = ManualClock.at(Instant.parse("2026-01-01T00:00:00Z"));
    private final Random random = new Random(1);

    @TempDir Path directory;

    @Test
    void shouldLetGoWhatIsTooOld() throws InterruptedException {
        try (EventStore store = Stores.open(settings(20L << 30), clock)) {
            append(store, 0);
            clock.jump(Duration.ofHours(2));
            store.enforceRetention();
            append(store, 1);
            clock.jump(Duration.ofHours(25));
            store.enforceRetention();

            assertThat(store.log().firstPosition()).isEqualTo(BATCH + 1);
            assertThat(store.log().lastPosition()).isEqualTo(2 * BATCH);
            assertThat(store.log().read(0, 1).getFirst().position()).isEqualTo(BATCH + 1);
            assertThat(store.index().byId("e0")).isEmpty();
            assertThat(store.index().at(1)).isEmpty();
            assertThat(found(store)).isEqualTo(BATCH);
        }
    }

    @Test
    void shouldObeyAnAgeThatChangesWhileItRuns() throws InterruptedException {
        try (EventStore store = Stores.open(settings(20L << 30), clock)) {
            append(store, 0);
            clock.jump(Duration.ofHours(2));
            store.enforceRetention();
            append(store, 1);
            clock.jump(Duration.ofHours(10));
            store.enforceRetention();
            assertThat(store.log().firstPosition()).isEqualTo(1);

            store.keepFor(Duration.ofHours(9));
            store.enforceRetention();

            assertThat(store.log().firstPosition()).isEqualTo(BATCH + 1);
            assertThat(store.index().byId("e0")).isEmpty();
        }
    }

    @Test
    void shouldLetGoOfTheLastEventsOfASilentLogAndKeepCounting() throws InterruptedException {
        String id;
        try (EventStore store = Stores.open(settings(20L << 30), clock)) {
            id = store.log().id();
            append(store, 0);
            clock.jump(Duration.ofHours(2));
            store.enforceRetention();
            clock.jump(Duration.ofHours(25));
            store.enforceRetention();
            assertThat(store.log().read(0, 10)).isEmpty();
        }
        try (EventStore store = Stores.open(settings(20L << 30), clock)) {
            assertThat(store.log().id()).isEqualTo(id).matches("[0-9a-f]{12}");
            assertThat(store.log().lastPosition()).isEqualTo(BATCH);
            assertThat(store.log().firstPosition()).isEqualTo(BATCH + 1);
            append(store, 1);
            assertThat(store.log().lastPosition()).isEqualTo(2 * BATCH);
        }
    }

    @Test
    void shouldTakeAnIdThatIsGoneAsNew() throws InterruptedException {
        try (EventStore store = Stores.open(settings(20L << 30), clock)) {
            append(store, 0);
            store.beginSegment();
            clock.jump(Duration.ofHours(25));
            append(store, 1);
            store.enforceRetention();

            AuditEvent again = event(0);
            assertThat(store.log().append(List.of(again)))
                    .containsExactly(new AppendOutcome.Stored(2 * BATCH + 1));
            store.enforceRetention();

            assertThat(store.index().byId(again.id()).orElseThrow().position())
                    .isEqualTo(2 * BATCH + 1);
        }
    }

    @Test
    void shouldFreeTheDisk() throws InterruptedException {
        try (EventStore store = Stores.open(settings(16 * MIB), clock)) {
            store.projections().projection("kept").commit(7, changes -> {});
            for (int batch = 0; batch < 120; batch++) {
                append(store, batch);
                if (batch % 10 == 0) {
                    store.enforceRetention();
                }
            }
            store.enforceRetention();
            StoreStatistics statistics = store.statistics();
            // What was written cannot be compressed, so all of it would take 48 MiB.
            assertThat(statistics.writtenBytes()).isGreaterThan(48 * MIB);
            assertThat(statistics.firstPosition()).isGreaterThan(BATCH * 60);
            assertThat(statistics.events()).isGreaterThan(BATCH * 25);
            assertThat(found(store)).isEqualTo((int) statistics.events());
            assertThat(store.log().read(0, 1).getFirst().position())
                    .isEqualTo(statistics.firstPosition());
            assertThat(store.projections().projection("kept").position()).isEqualTo(7);
        }
        // The write-ahead log goes when the log is opened again.
        try (EventStore store = Stores.open(settings(16 * MIB), clock)) {
            await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> {
                                store.enforceRetention();
                                return store.statistics().diskBytes() < 24 * MIB;
                            });
            assertThat(store.statistics().events()).isGreaterThan(BATCH * 25);
        }
    }

    @Test
    void shouldLetNoEventGoForWhatOthersTakeOfTheDisk() throws InterruptedException {
        try (EventStore store = Stores.open(settings(16 * MIB), clock)) {
            byte[] noise = new byte[40 << 20];
            random.nextBytes(noise);
            store.projections()
                    .projection("large")
                    .commit(1, changes -> changes.put(new byte[] {1}, noise));
            for (int batch = 0; batch < 20; batch++) {
                append(store, batch);
                store.beginSegment();
                store.enforceRetention();
            }

            assertThat(store.statistics().events()).isEqualTo(20 * BATCH);
        }
    }

    private void append(EventStore store, int batch) {
        store.log()
                .append(
                        IntStream.range(batch * BATCH, (batch + 1) * BATCH)
                                .mapToObj(this::event)
                                .toList());
    }

    private AuditEvent event(int number) {
        byte[] noise = new byte[800];
        random.nextBytes(noise);
        return AuditEvent.builder("exchange", "order.filled")
                .id("e" + number)
                .occurredAt(clock.instant())
                .attribute("noise", AttributeValue.Bytes.of(noise))
                .build();
    }

    private static int found(EventStore store) {
        int found = 0;
        Query query =
                Query.of(Selection.of(Selection.Key.of(IndexedField.SERVICE, "exchange")), 1_000);
        EventIndex.Page page = store.index().find(query);
        found += page.events().size();
        while (!page.nextPageToken().isEmpty()) {
            page = store.index().find(query.from(page.nextPageToken()));
            found += page.events().size();
        }
        return found;
    }

    private StoreSettings settings(long size) {
        return new StoreSettings(
                directory.resolve("log"),
                Durability.OS,
                65_536,
                64 * MIB,
                Set.of("order_id"),
                Duration.ofHours(24),
                size,
                OptionalLong.of(64 * MIB),
                0);
    }
}
