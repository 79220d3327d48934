package io.tradingecosystem.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.settings.StoreSettings.Durability;
import io.tradingecosystem.audit.testing.CapturedLog;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A log that is not whole is not opened, and never taken for an empty one. */
class DamageTest {
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
    private static final String REMEDY = "restore the directory from a backup";

    @TempDir Path directory;
    private Path log;

    /** What a killed process leaves behind: tables, and a write-ahead log that is not in them. */
    @BeforeEach
    void leaveALog() throws IOException {
        Path original = directory.resolve("original");
        log = Files.createDirectory(directory.resolve("log"));
        append(original, 0);
        try (EventStore store = Stores.open(original, CLOCK)) {
            store.flush();
            store.log().append(events(1_000));
            store.log().append(events(2_000));
            store.log().append(events(3_000));
            for (Path file : files(original, "")) {
                Files.copy(
                        file, log.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @Test
    void shouldOpenWhatAKilledProcessLeft() {
        try (EventStore store = Stores.open(log, CLOCK)) {
            assertThat(store.log().lastPosition()).isEqualTo(400);
        }
    }

    @Test
    void shouldOpenWithATornRecordAtTheEnd() throws IOException {
        Path wal = files(log, ".log").getLast();
        byte[] bytes = Files.readAllBytes(wal);
        Files.write(wal, Arrays.copyOf(bytes, bytes.length - 1_000));

        try (EventStore store = Stores.open(log, CLOCK)) {
            assertThat(store.log().lastPosition()).isEqualTo(300);
        }
    }

    @Test
    void shouldRefuseADamagedRecordBeforeOthers() throws IOException {
        Path wal = files(log, ".log").getLast();
        byte[] bytes = Files.readAllBytes(wal);
        bytes[bytes.length / 2] ^= 1;
        Files.write(wal, bytes);

        refuses(String.valueOf(wal.getFileName()));
    }

    @Test
    void shouldRefuseAMissingTable() throws IOException {
        Path table = files(log, ".sst").getFirst();
        Files.delete(table);

        refuses(String.valueOf(table.getFileName()));
    }

    @Test
    void shouldRefuseATableThatIsTooShort() throws IOException {
        Path table = files(log, ".sst").getFirst();
        Files.write(table, Arrays.copyOf(Files.readAllBytes(table), 100));

        refuses(String.valueOf(table.getFileName()));
    }

    @Test
    void shouldRefuseAMissingWriteAheadLog() throws IOException {
        Files.delete(files(log, ".log").getLast());
        Files.writeString(log.resolve("TAIL"), "position 400\n");

        refuses("*.log");
    }

    @Test
    void shouldRefuseAMissingWriteAheadLogBeforeAnother() throws IOException {
        Path left = files(log, ".log").getLast();
        append(log, 4_000);
        Files.delete(left);

        refuses("*.log");
    }

    @Test
    void shouldRefuseAWriteAheadLogThatIsCutBeforeAnother() throws IOException {
        Path left = files(log, ".log").getLast();
        append(log, 4_000);
        Files.write(left, Arrays.copyOf(Files.readAllBytes(left), 5_000));

        refuses("*.log");
    }

    @Test
    void shouldOpenHoweverOftenItWasOpenedBefore() throws IOException {
        for (int round = 0; round < 70; round++) {
            append(log, 10_000 + 100 * round);
        }

        try (EventStore store = Stores.open(log, CLOCK)) {
            assertThat(store.log().lastPosition()).isEqualTo(400 + 7_000);
        }
        assertThat(files(log, ".log")).hasSizeLessThan(64);
    }

    @Test
    void shouldNoteHowFarTheLogWent() throws IOException {
        Path path = directory.resolve("noted");
        try (EventStore store = Stores.open(Stores.settings(path, Durability.FSYNC), CLOCK)) {
            store.log().append(events(0));
        }
        assertThat(path.resolve("TAIL"))
                .content()
                .isEqualToIgnoringWhitespace("position 100 closed");
    }

    @Test
    void shouldNoteEachGroupSoThatAKilledProcessLosesNoneOfThemUnseen() throws IOException {
        Path path = directory.resolve("noted");
        log = Files.createDirectory(directory.resolve("killed"));
        try (EventStore store = Stores.open(Stores.settings(path, Durability.FSYNC), CLOCK)) {
            store.log().append(events(0));
            store.log().append(events(1_000));
            for (Path file : files(path, "")) {
                Files.copy(
                        file, log.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path wal = files(log, ".log").getLast();
        Files.write(wal, Arrays.copyOf(Files.readAllBytes(wal), (int) Files.size(wal) - 1_000));

        refuses("up to 200");
    }

    @Test
    void shouldSayThatALogWasNotClosedAndThatItsNoteIsMissing() throws IOException {
        Files.writeString(log.resolve("TAIL"), "position 400\n");
        assertThat(saidOfTheTail()).singleElement().asString().startsWith("store.not_closed");
        assertThat(saidOfTheTail()).as("closed in order").isEmpty();

        Files.writeString(log.resolve("TAIL"), "");
        assertThat(saidOfTheTail()).singleElement().asString().startsWith("store.tail.missing");
    }

    private List<String> saidOfTheTail() {
        try (CapturedLog captured = CapturedLog.of(HighWaterMarkFile.class.getPackage())) {
            Stores.open(Stores.settings(log, Durability.FSYNC), CLOCK).close();
            return captured.lines().stream()
                    .filter(line -> line.matches("store\\.(tail|not_closed).*"))
                    .toList();
        }
    }

    @Test
    void shouldSayWhoHasTheLogOnlyWhereAnotherHasIt() throws IOException {
        Path table = files(log, ".sst").getFirst();
        byte[] whole = Files.readAllBytes(table);
        for (int at = whole.length - 1; at > whole.length - 1_000; at -= 97) {
            byte[] bytes = whole.clone();
            bytes[at] ^= 1;
            Files.write(table, bytes);
            assertThat(messageOfOpening()).doesNotContain("in use");
        }
        Files.write(table, whole);
        try (EventStore store = Stores.open(log, CLOCK)) {
            assertThat(messageOfOpening()).contains("is in use by another process");
        }
    }

    /** Empty if it went well. */
    private String messageOfOpening() {
        try (EventStore store = Stores.open(log, CLOCK)) {
            return "";
        } catch (StoreException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void shouldRefuseAFormatThatNeverWas() throws IOException {
        Files.writeString(log.resolve("FORMAT"), "audit-log 0\n");

        refuses("there is no format 0");
    }

    @Test
    void shouldRefuseADamagedManifest() throws IOException {
        Path manifest = files(log, "MANIFEST").getLast();
        byte[] bytes = Files.readAllBytes(manifest);
        bytes[bytes.length / 2] ^= 1;
        Files.write(manifest, bytes);

        refuses("MANIFEST");
    }

    @Test
    void shouldNotTakeALogWithoutItsBeginningForAnEmptyOne() throws IOException {
        Files.delete(log.resolve("CURRENT"));
        refuses("CURRENT");

        Files.delete(log.resolve("FORMAT"));
        refuses("FORMAT");
    }

    @Test
    void shouldRefuseAFormatThatIsNewer() throws IOException {
        Files.writeString(log.resolve("FORMAT"), "audit-log 4\n");

        assertThatThrownBy(() -> Stores.open(log, CLOCK))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("format 3")
                .hasMessageContaining("up to format 3");
    }

    @Test
    void shouldRefuseALogThatIsInUse() {
        try (EventStore store = Stores.open(log, CLOCK)) {
            assertThatThrownBy(() -> Stores.open(log, CLOCK))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("in use");
            assertThat(store.log().append(events(5_000))).hasSize(100);
        }
    }

    @Test
    void shouldRefuseADirectoryThatIsAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> Stores.open(file, CLOCK))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("store.path");
    }

    @Test
    void shouldFinishALogThatWasNeverMadeWhole() throws IOException {
        Path begun = directory.resolve("begun");
        Stores.open(begun, CLOCK).close();
        Files.delete(begun.resolve("FORMAT"));
        for (Path file : files(begun, ".log")) {
            Files.write(file, new byte[0]);
        }

        try (EventStore store = Stores.open(begun, CLOCK)) {
            assertThat(store.log().append(events(0))).hasSize(100);
        }
    }

    private void refuses(String file) {
        assertThatThrownBy(() -> Stores.open(log, CLOCK))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(file)
                .hasMessageContaining(log.toString())
                .hasMessageContaining(REMEDY)
                .hasMessageNotContainingAny("\n");
    }

    private static void append(Path path, int from) {
        try (EventStore store = Stores.open(path, CLOCK)) {
            store.log().append(events(from));
        }
    }

    private static List<AuditEvent> events(int from) {
        return IntStream.range(from, from + 100)
                .mapToObj(
                        number ->
                                AuditEvent.builder("exchange", "order.filled")
                                        .id("e" + number)
                                        .occurredAt(CLOCK.instant())
                                        .build())
                .toList();
    }

    private static List<Path> files(Path path, String part) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> String.valueOf(file.getFileName()).contains(part))
                    .filter(file -> !file.endsWith("LOCK") && !file.endsWith("LOG"))
                    .sorted()
                    .toList();
        }
    }
}
