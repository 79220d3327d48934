package io.tradingecosystem.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.settings.StoreSettings;
import io.tradingecosystem.audit.settings.StoreSettings.Durability;
import io.tradingecosystem.audit.store.EventIndex.Query;
import io.tradingecosystem.audit.testing.ManualClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
    void shouldLeaveNothingOfEventsThatAreGone() throws InterruptedException, IOException {
        try (EventStore store = Stores.open(settings(20L << 30), clock)) {
            for (int batch = 0; batch < 20; batch++) {
                append(store, batch);
            }
            assertThat(data()).isGreaterThan(8 * MIB);
            clock.jump(Duration.ofHours(2));
            store.enforceRetention();
            clock.jump(Duration.ofHours(25));
            store.enforceRetention();

            assertThat(store.statistics().events()).isZero();
            assertThat(data()).isLessThan(MIB / 4);
        }
    }

    @Test
    void shouldSayWhatIsGoneAndSinceWhenAlsoAfterAStart() throws InterruptedException {
        Optional<Removal> removal;
        try (EventStore store = Stores.open(settings(20L << 30), clock)) {
            assertThat(store.index().removed()).isEmpty();
            append(store, 0);
            clock.jump(Duration.ofHours(2));
            Instant rolled = clock.instant();
            store.enforceRetention();
            append(store, 1);
            clock.jump(Duration.ofHours(25));
            store.enforceRetention();

            removal = store.index().removed();
            assertThat(removal).contains(new Removal(BATCH, rolled, Optional.of(clock.instant())));
            assertThat(store.index().removed("e0")).isEmpty();
        }
        clock.jump(Duration.ofHours(1));
        try (EventStore store = Stores.open(settings(20L << 30), clock)) {
            assertThat(store.index().removed()).isEqualTo(removal);
        }
    }

    @Test
    void shouldMergeTheOldestRemovalsWhenThereAreMany() {
        Removals removals = new Removals(List.of());
        for (int i = 1; i <= 1_000; i++) {
            Instant at = Instant.ofEpochSecond(i);
            removals = removals.with(new Removal(i * 10L, at, Optional.of(at)));
        }
        Removals read = Removals.read(removals.bytes());

        assertThat(read.of(9_995).orElseThrow().upTo()).isEqualTo(10_000);
        // It went before that, and nobody knows better.
        assertThat(read.of(1).orElseThrow().upTo()).isEqualTo(7_450);
        assertThat(read.of(10_001)).isEmpty();
    }

    @Test
    void shouldNotWriteATableForEveryGroup() throws IOException {
        try (EventStore store = Stores.open(settings(64 * MIB), clock)) {
            for (int event = 0; event < 200; event++) {
                store.log().append(List.of(event(event)));
            }
            assertThat(files(name -> name.endsWith(".log"))).hasSizeLessThan(5);
            assertThat(files(name -> name.endsWith(".sst"))).hasSizeLessThan(5);
        }
    }

    @Test
    void shouldTellWhatTheDirectoryTakes() throws IOException {
        try (EventStore store = Stores.open(settings(16 * MIB), clock)) {
            append(store, 0);
        }
        try (EventStore store = Stores.open(settings(16 * MIB), clock)) {
            long all = 0;
            for (Path file : files(name -> true)) {
                all += Files.size(file);
            }
            assertThat(store.statistics().diskBytes()).isCloseTo(all, within(64L << 10));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldLetGoWhatCannotBeRead(boolean together) throws InterruptedException, IOException {
        try (EventStore store = Stores.open(settings(20L << 30), clock)) {
            append(store, 0);
            append(store, 1);
            if (!together) {
                store.flush();
            }
            clock.jump(Duration.ofHours(2));
            store.beginSegment();
            append(store, 2);
            store.flush();
        }
        Path table = DamagedDirectory.tableOf(directory.resolve("log"), "events");
        // In the part of the file that goes.
        DamagedDirectory.flip(table, Files.size(table) / 4);
        try (EventStore store = Stores.open(settings(20L << 30), clock)) {
            assertThatThrownBy(() -> readAll(store)).isInstanceOf(LogDamagedException.class);
            clock.jump(Duration.ofHours(25));
            enforceAndAppend(store, 3);

            assertThat(store.log().firstPosition()).isEqualTo(2 * BATCH + 1);
            assertThat(store.log().read(0, 1).getFirst().position()).isEqualTo(2 * BATCH + 1);
            assertThat(store.index().byId("e0")).isEmpty();
            append(store, 0);
            clock.jump(Duration.ofHours(2));
            store.beginSegment();
            clock.jump(Duration.ofHours(25));
            enforceAndAppend(store, 4);
            assertThat(store.log().firstPosition()).isEqualTo(5 * BATCH + 1);
        }
    }

    /** What meets damage opens the log anew, once. */
    private void enforceAndAppend(EventStore store, int batch) throws InterruptedException {
        try {
            store.enforceRetention();
        } catch (LogUnavailableException e) {
            assertThat(e).isInstanceOf(LogDamagedException.class);
        }
        await().ignoreExceptions().until(() -> append(store, batch));
        store.enforceRetention();
    }

    @Test
    void shouldFreeTheDisk() throws InterruptedException, IOException {
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
            // A round that was due anyway may come in between.
            await().untilAsserted(
                            () -> {
                                StoreStatistics now = store.statistics();
                                assertThat(found(store)).isEqualTo((int) now.events());
                                assertThat(store.log().read(0, 1).getFirst().position())
                                        .isEqualTo(now.firstPosition());
                            });
            assertThat(store.projections().projection("kept").position()).isEqualTo(7);
            assertThat(data()).isLessThan(24 * MIB);
        }
    }

    /** Bytes of events and what belongs to them, in tables and write-ahead logs. */
    private long data() throws IOException {
        long bytes = 0;
        for (Path file : files(name -> name.matches("\\d+\\.(log|sst)"))) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    private List<Path> files(Predicate<String> wanted) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("log"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> wanted.test(String.valueOf(file.getFileName())))
                    .toList();
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

    private boolean append(EventStore store, int batch) {
        store.log()
                .append(
                        IntStream.range(batch * BATCH, (batch + 1) * BATCH)
                                .mapToObj(this::event)
                                .toList());
        return true;
    }

    private static void readAll(EventStore store) {
        List<AuditEvent> some = store.log().read(0, BATCH);
        while (!some.isEmpty()) {
            some = store.log().read(some.getLast().position(), BATCH);
        }
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
