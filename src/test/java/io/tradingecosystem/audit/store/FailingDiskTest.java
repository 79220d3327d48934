package io.tradingecosystem.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.settings.StoreSettings;
import io.tradingecosystem.audit.settings.StoreSettings.Durability;
import io.tradingecosystem.audit.store.StoreStatistics.State;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** A disk that does not take what is written to it. */
class FailingDiskTest {
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int BATCH = 200;

    @TempDir Path directory;

    @Test
    void shouldRefuseWhileWritesFailAndGoOnWhenTheyDoNot() {
        AtomicBoolean failing = new AtomicBoolean();
        try (EventStore store =
                EventStore.open(
                        Stores.settings(directory.resolve("log"), Durability.FSYNC),
                        StoreObserver.NONE,
                        new Time(CLOCK, System::nanoTime),
                        sink ->
                                (batch, durable) -> {
                                    if (failing.get()) {
                                        throw new RocksDBException("IO error: input/output error");
                                    }
                                    sink.write(batch, durable);
                                })) {
            store.log().append(batch(0));
            failing.set(true);

            assertThatThrownBy(() -> store.log().append(batch(1)))
                    .isInstanceOf(LogUnavailableException.class)
                    .hasMessageContaining("input/output error");
            // It tries again at once, and may think for a moment that all is well.
            assertThat(store.log().read(0, 2 * BATCH)).hasSize(BATCH);

            failing.set(false);
            await().atMost(PATIENCE).until(() -> store.statistics().state() == State.OPEN);
            assertThat(store.log().append(batch(1)).getFirst())
                    .isEqualTo(new AppendOutcome.Stored(BATCH + 1));
            assertThat(store.log().append(batch(0)).getFirst())
                    .isEqualTo(new AppendOutcome.Duplicate(1));
        }
    }

    @Test
    void shouldSeeAFullDiskBeforeAnybodyAppends() {
        StoreSettings settings = settings(directory.resolve("log"), Long.MAX_VALUE);
        try (EventStore store = Stores.open(settings, CLOCK)) {
            assertThat(store.statistics().state()).isEqualTo(State.UNAVAILABLE);
        }
    }

    @Test
    void shouldAskForRoomWhenTheDiskIsTooFullToOpenTheLog()
            throws IOException, InterruptedException {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        mount(disk);
        try {
            StoreSettings settings = settings(disk.resolve("log"), 0);
            Stores.open(settings, CLOCK).close();
            assertThatThrownBy(() -> Files.write(disk.resolve("ballast"), new byte[64 << 20]))
                    .hasMessageContaining("No space left");

            assertThatThrownBy(() -> Stores.open(settings, CLOCK))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("make room")
                    .hasMessageNotContaining("restore");
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void shouldKeepSpaceFree() {
        StoreSettings settings = settings(directory.resolve("log"), Long.MAX_VALUE);
        try (EventStore store = Stores.open(settings, CLOCK)) {
            assertThatThrownBy(() -> store.log().append(batch(0)))
                    .isInstanceOf(LogUnavailableException.class)
                    .hasMessageContaining("store.min-free-space");
            assertThat(store.statistics().state()).isEqualTo(State.UNAVAILABLE);
            assertThat(store.statistics().trouble())
                    .hasValueSatisfying(t -> assertThat(t).contains("free"));
            assertThat(store.log().read(0, 10)).isEmpty();
        }
    }

    @Test
    void shouldSurviveAFullDisk() throws IOException, InterruptedException {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        mount(disk);
        try {
            Path ballast = Files.write(disk.resolve("ballast"), new byte[24 << 20]);
            int acknowledged = 0;
            StoreSettings settings = settings(disk.resolve("log"), 0);
            try (EventStore store = Stores.open(settings, CLOCK)) {
                acknowledged = fill(store);
                assertThat(store.log().read(0, 1)).hasSize(1);
                Files.delete(ballast);
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(store.statistics().trouble()).isEmpty());
                assertAllThere(store, acknowledged);
                store.log().append(batch(acknowledged++));
            }
            try (EventStore store = Stores.open(settings, CLOCK)) {
                assertAllThere(store, acknowledged);
            }
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void shouldReadWhileThereIsNoRoomToOpenTheLogAgain()
            throws IOException, InterruptedException, RocksDBException {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        mount(disk);
        Path ballast = disk.resolve("ballast");
        byte[] key = {'z'};
        try (Database database = Database.open(settings(disk.resolve("log"), 0));
                WriteBatch first = new WriteBatch();
                WriteBatch second = new WriteBatch()) {
            first.put(key, new byte[] {1});
            database.write(first, true);
            assertThatThrownBy(() -> Files.write(ballast, new byte[64 << 20]))
                    .hasMessageContaining("No space left");

            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(database::reopen).hasMessageContaining("No space left");
                byte[] read = database.use(tables -> tables.rocks().get(key));
                assertThat(read).containsExactly(1);
            }

            Files.delete(ballast);
            database.reopen();
            second.put(key, new byte[] {2});
            database.write(second, true);
            byte[] read = database.use(tables -> tables.rocks().get(key));
            assertThat(read).containsExactly(2);
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    /** Appends until the disk is full; gives how many batches got in. */
    private static int fill(EventStore store) {
        for (int batch = 0; batch < 10_000; batch++) {
            List<AuditEvent> events = batch(batch);
            Throwable failure = catchThrowable(() -> store.log().append(events));
            if (failure != null) {
                assertThat(failure)
                        .isInstanceOf(LogUnavailableException.class)
                        .hasMessageContaining("No space left");
                assertThat(store.statistics().state()).isEqualTo(State.UNAVAILABLE);
                return batch;
            }
        }
        throw new AssertionError("the disk is never full");
    }

    private static void assertAllThere(EventStore store, int batches) {
        List<String> ids = new ArrayList<>();
        long after = 0;
        List<AuditEvent> part = store.log().read(after, 1_000);
        while (!part.isEmpty()) {
            part.forEach(event -> ids.add(event.id()));
            after = part.getLast().position();
            part = store.log().read(after, 1_000);
        }
        Set<String> once = Set.copyOf(ids);
        assertThat(once).hasSameSizeAs(ids);
        assertThat(IntStream.range(0, batches * BATCH).mapToObj(n -> "e" + n))
                .allMatch(once::contains);
        assertThat(store.index().byId("e" + (batches * BATCH - 1))).isPresent();
    }

    private static List<AuditEvent> batch(int batch) {
        return IntStream.range(batch * BATCH, (batch + 1) * BATCH)
                .mapToObj(FailingDiskTest::event)
                .toList();
    }

    private static AuditEvent event(int number) {
        byte[] noise = new byte[500];
        new Random(number).nextBytes(noise);
        return AuditEvent.builder("exchange", "order.filled")
                .id("e" + number)
                .occurredAt(CLOCK.instant())
                .attribute("noise", AttributeValue.Bytes.of(noise))
                .build();
    }

    private static StoreSettings settings(Path path, long minFreeSpace) {
        return new StoreSettings(
                path,
                Durability.FSYNC,
                65_536,
                64 << 20,
                Set.of("order_id"),
                Duration.ofDays(90),
                // Keeps the write-ahead log small, as it is beside a real disk.
                100 << 20,
                OptionalLong.of(64 << 20),
                minFreeSpace);
    }

    private static void mount(Path disk) throws IOException, InterruptedException {
        int code = run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk.toString());
        assumeTrue(code == 0, "a small disk cannot be mounted here; that takes root");
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
