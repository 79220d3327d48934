package io.tradingecosystem.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.settings.StoreSettings;
import io.tradingecosystem.audit.store.EventStore;
import io.tradingecosystem.audit.store.LogReader;
import io.tradingecosystem.audit.store.LogRestore;
import io.tradingecosystem.audit.store.StoreException;
import io.tradingecosystem.audit.store.StoreObserver;
import io.tradingecosystem.audit.testing.ManualClock;
import io.tradingecosystem.audit.testing.TestSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Backups, exports, and what is made of them, in real directories. */
class CopiedLogTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final int BATCH = 50;

    private final ManualClock clock = ManualClock.at(START);
    private final CommandLine line = new CommandLine();
    @TempDir private Path folder;

    private Path log() {
        return folder.resolve("log");
    }

    private static StoreSettings settings(Path path) {
        return TestSettings.of(Map.of("store.path", path.toString())).store();
    }

    private EventStore open(Path path) {
        return EventStore.open(
                settings(path), StoreObserver.NONE, new Time(clock, System::nanoTime));
    }

    private static List<AuditEvent> batch(int number) {
        return IntStream.range(number * BATCH, (number + 1) * BATCH)
                .mapToObj(
                        each ->
                                AuditEvent.builder("exchange", "order.filled")
                                        .id("e" + each)
                                        .occurredAt(START.plusMillis(each))
                                        .attribute("order_id", each % 7)
                                        .attribute("ratio", new AttributeValue.Real(1.0 / each))
                                        .attribute("text", "\"é\u2028\\")
                                        .build())
                .toList();
    }

    /** Events of a door and of the correlator, in groups of some times. */
    private void write(int batches) {
        try (EventStore store = open(log())) {
            for (int number = 0; number < batches; number++) {
                store.log().append(batch(number));
                clock.jump(Duration.ofMillis(7));
            }
            AuditEvent own = AuditEvent.own("audit-correlator", "audit.rule").id("own").build();
            store.log().append(List.of(own));
        }
    }

    private static List<AuditEvent> all(Path path) {
        List<AuditEvent> all = new ArrayList<>();
        try (LogReader reader = LogReader.open(settings(path))) {
            List<AuditEvent> some = reader.from(0);
            while (!some.isEmpty()) {
                all.addAll(some);
                some = reader.from(some.getLast().position() + 1);
            }
        }
        return all;
    }

    private int run(String command, Path what, Path data) {
        return line.run(command, what.toString(), "--data", data.toString());
    }

    private Path export(Path path, String name) {
        Path file = folder.resolve(name);
        int code = line.run("export", "--out", file.toString(), "--data", path.toString());
        assertThat(code).as(line.err()).isZero();
        return file;
    }

    @Test
    void shouldBackUpWhatIsBeingWrittenAndRestoreTheSame() throws InterruptedException {
        Path backup = folder.resolve("backups/today");
        AtomicBoolean stop = new AtomicBoolean();
        long before;
        try (EventStore store = open(log())) {
            for (int number = 0; number < 20; number++) {
                store.log().append(batch(number));
            }
            Thread writer = Thread.ofPlatform().start(() -> writeOn(store, stop));
            before = store.log().lastPosition();

            assertThat(run("backup", backup, log())).as(line.err()).isZero();

            stop.set(true);
            writer.join();
        }
        Path restored = folder.resolve("restored");
        assertThat(run("restore", backup, restored)).as(line.err()).isZero();

        List<AuditEvent> events = all(restored);
        assertThat(events).hasSizeGreaterThanOrEqualTo((int) before);
        assertThat(all(log())).startsWith(events.toArray(AuditEvent[]::new));
        try (EventStore store = open(restored)) {
            assertThat(store.index().byId("e3").orElseThrow().position()).isEqualTo(4);
            assertThat(store.log().append(batch(10_000))).hasSize(BATCH);
        }
    }

    private static void writeOn(EventStore store, AtomicBoolean stop) {
        for (int number = 20; !stop.get(); number++) {
            store.log().append(batch(number));
        }
    }

    @Test
    void shouldBackUpALogThatNobodyHasOpen() {
        write(3);

        assertThat(run("backup", folder.resolve("backup"), log())).as(line.err()).isZero();

        assertThat(line.out()).contains("up to position 151");
        assertThat(all(folder.resolve("backup"))).isEqualTo(all(log()));
    }

    @Test
    void shouldWriteOverNothing() throws IOException {
        write(1);
        Path backup = folder.resolve("backup");
        assertThat(run("backup", backup, log())).isZero();

        assertThat(run("backup", backup, log())).isEqualTo(1);
        assertThat(line.err()).contains("is there already");
        assertThat(run("restore", backup, log())).isEqualTo(1);
        assertThat(line.err()).contains("nothing is written over it");
        assertThat(run("restore-events", export(log(), "x"), log())).isEqualTo(1);
        assertThat(line.err()).contains("nothing is written over it");
    }

    @Test
    void shouldLeaveNoPartOfABackupThatCannotBeMade() throws IOException {
        write(1);
        Path backup = folder.resolve("backup");
        try (EventStore store = open(log())) {
            Files.move(log().resolve("FORMAT"), folder.resolve("FORMAT"));

            assertThatThrownBy(() -> store.backup(backup))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("no backup can be made in " + backup);

            assertThat(backup).doesNotExist();
            Files.move(folder.resolve("FORMAT"), log().resolve("FORMAT"));
            assertThat(store.backup(backup)).isEqualTo(51);
        }
    }

    @Test
    void shouldCopyToADiskThatCannotHaveLinksToTheLog(@TempDir(factory = InMemory.class) Path other)
            throws IOException {
        assumeFalse(Files.getFileStore(other).equals(Files.getFileStore(folder)));
        write(3);
        try (EventStore store = open(log())) {
            assertThat(run("backup", other.resolve("a"), log())).as(line.err()).isZero();
            assertThat(all(other.resolve("a"))).isEqualTo(all(log()));
            assertThat(store.log().lastPosition()).isEqualTo(151);
        }
    }

    /** On another file system than usual, where the machine has one for everybody. */
    static final class InMemory implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
                throws IOException {
            Path memory = Path.of("/dev/shm");
            return Files.isWritable(memory)
                    ? Files.createTempDirectory(memory, "backup")
                    : Files.createTempDirectory("backup");
        }
    }

    @Test
    void shouldSayWhyTheRunningServiceCannotMakeABackup() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        try (EventStore store = open(log())) {
            assertThat(run("backup", file.resolve("a"), log())).isEqualTo(1);
            assertThat(line.err()).contains("no backup can be made in " + file.resolve("a"));
            assertThat(run("backup", file, log())).isEqualTo(1);
            assertThat(line.err()).contains("is there already");
            assertThat(store.log().lastPosition()).isZero();
        }
    }

    @Test
    void shouldNotTakeAPartOfABackupForABackup() throws IOException {
        write(1);
        Path backup = folder.resolve("backup");
        assertThat(run("backup", backup, log())).isZero();
        Files.delete(backup.resolve("FORMAT"));

        assertThat(run("restore", backup, folder.resolve("restored"))).isEqualTo(1);

        assertThat(line.err()).contains("there is no log in " + backup);
        assertThat(folder.resolve("restored")).doesNotExist();
        assertThat(run("backup", folder.resolve("other"), folder.resolve("nothing"))).isEqualTo(1);
        assertThat(folder.resolve("nothing")).doesNotExist();
    }

    @Test
    void shouldMakeTheSameLogOfAnExportButForItsOwnEvents() throws IOException {
        write(40);
        Path first = export(log(), "first.ndjson");
        Path restored = folder.resolve("restored");

        assertThat(run("restore-events", first, restored)).as(line.err()).isZero();

        String own = ",\"author\":\"own\"}";
        String unproven = ",\"author\":\"unproven\"}";
        String told = Files.readString(first);
        assertThat(told).contains(own).contains("\"position\":2001" + own);
        assertThat(Files.readString(export(restored, "second.ndjson")))
                .isEqualTo(told.replace(own, unproven));
        assertThat(run("restore-events", folder.resolve("second.ndjson"), folder.resolve("again")))
                .isZero();
        assertThat(Files.readString(export(folder.resolve("again"), "third.ndjson")))
                .isEqualTo(told.replace(own, unproven));
        try (EventStore store = open(restored)) {
            assertThat(store.log().lastPosition()).isEqualTo(2_001);
            assertThat(store.index().byId("e7").orElseThrow().recordedAt()).isEqualTo(START);
            assertThat(store.log().append(batch(0)).getFirst().toString()).contains("Duplicate");
        }
    }

    @Test
    void shouldExportNoLogThatIsWritten() throws IOException {
        write(1);
        Path lock = log().resolve("LOCK");
        try (FileChannel other = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock held = other.lock()) {
            assertThat(held.isValid()).isTrue();
            assertThat(line.run("export", "--data", log().toString())).isEqualTo(1);
        }
        assertThat(line.err()).contains("in use by another process").contains("backup DIR");
        assertThat(line.out()).isEmpty();
    }

    @Test
    void shouldExportBesideAnotherExportAndNotKeepTheServiceFromStarting() throws IOException {
        write(1);
        try (LogReader other = LogReader.open(settings(log()))) {
            assertThat(Files.readAllLines(export(log(), "x"))).hasSize(51);
            try (EventStore store = open(log())) {
                assertThat(store.log().append(batch(1))).hasSize(BATCH);
            }
            assertThat(other.from(0)).hasSize(51);
        }
    }

    @Test
    void shouldExportWhatNobodyMayWrite() throws IOException {
        write(1);
        Path backup = folder.resolve("backup");
        assertThat(run("backup", backup, log())).isZero();

        assertThat(Files.readAllLines(export(backup, "x"))).hasSize(51);

        assertThat(backup.resolve("LOCK")).doesNotExist();
    }

    @Test
    void shouldKeepPositionsOfALogWhoseBeginningAndSomeEventsAreGone() throws IOException {
        write(2);
        String told =
                Files.readString(export(log(), "all.ndjson"))
                        .lines()
                        .filter(each -> !each.matches("(?s).*\"position\":(\\d|1\\d|5\\d)[,}].*"))
                        .map(each -> each + "\n")
                        .collect(Collectors.joining());
        Path some = Files.writeString(folder.resolve("some.ndjson"), told);
        Path restored = folder.resolve("restored");

        assertThat(run("restore-events", some, restored)).as(line.err()).isZero();

        assertThat(Files.readString(export(restored, "again.ndjson")))
                .isEqualTo(told.replace("own\"}", "unproven\"}"));
        try (EventStore store = open(restored)) {
            assertThat(store.log().firstPosition()).isEqualTo(20);
            assertThat(store.index().removed().orElseThrow().upTo()).isEqualTo(19);
            assertThat(store.log().lastPosition()).isEqualTo(101);
        }
    }

    @Test
    void shouldWriteNothingOfAFileThatIsNoExport() throws IOException {
        Path file = folder.resolve("x.ndjson");
        for (String text : List.of("{\"service\":\"a\"", "{\"id\":\"a\",\"service\":\"a\"}", "")) {
            Files.writeString(file, text + "\n");

            assertThat(run("restore-events", file, folder.resolve("restored"))).isEqualTo(2);
            assertThat(line.err()).contains(file + ":1: ");
            assertThat(folder.resolve("restored")).doesNotExist();
        }
    }

    @Test
    void shouldNotOpenALogThatWasRestoredInPart() {
        write(1);
        Path restored = folder.resolve("restored");
        try (LogRestore log = LogRestore.begin(settings(restored), 51)) {
            all(log()).subList(0, 40).forEach(log::add);
        }

        assertThatThrownBy(() -> open(restored))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("there were events up to 51");
    }
}
