package io.tradingecosystem.audit.access.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.helidon.common.media.type.MediaTypes;
import io.tradingecosystem.audit.access.log.AccessQuery.Order;
import io.tradingecosystem.audit.access.log.Question.Asker;
import io.tradingecosystem.audit.access.log.Question.What;
import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.monitoring.Meters;
import io.tradingecosystem.audit.testing.CapturedLog;
import io.tradingecosystem.audit.testing.KilledProcess;
import io.tradingecosystem.audit.testing.ManualClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Files, their rotation and retention, and what is left after an end that was none. */
@Timeout(60)
class AccessLogTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final long MIB = 1 << 20;
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir private Path directory;
    private final Meters meters = Meters.create();

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void shouldWriteFilesThatOnlyTheirOwnerReads() throws IOException {
        Path files = directory.resolve("access-log");
        try (AccessLog log = start(files)) {
            log.note(question("x"), new Answer("200"));
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files)))
                .isEqualTo("rwx------");
        for (Path file : files(files)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(files(files)).hasSize(1);
    }

    @Test
    void shouldPageThroughFilesInBothOrders() throws IOException {
        AccessSegments segments =
                new AccessSegments(directory, DAY, 8 * 4_000, ManualClock.at(NOW));
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            segments.append(record("key-" + i).line());
            written.add("key-" + i);
        }
        assertThat(files(directory)).hasSizeGreaterThan(1);

        AccessLogReader reader = new AccessLogReader(segments, System::nanoTime);
        assertThat(pages(reader, Order.OLDEST_FIRST)).isEqualTo(written);
        assertThat(pages(reader, Order.NEWEST_FIRST)).isEqualTo(written.reversed());
        assertThatThrownBy(() -> reader.find(query(Order.NEWEST_FIRST, "nonsense")))
                .isInstanceOf(InvalidQuestionException.class);
        segments.close();
    }

    @Test
    void shouldRemoveTheOldestBySizeAndByAge() throws IOException {
        ManualClock clock = ManualClock.at(NOW);
        AccessSegments segments = new AccessSegments(directory, DAY, 8 * 4_000, clock);
        for (int i = 0; i < 500; i++) {
            segments.append(record("key-" + i).line());
        }
        assertThat(size(directory)).isBetween(4 * 4_000L, 8 * 4_000L);
        assertThat(pages(new AccessLogReader(segments, System::nanoTime), Order.NEWEST_FIRST))
                .startsWith("key-499")
                .doesNotContain("key-0");

        // when a file was written last before what is kept
        Path oldest = files(directory).getFirst();
        Files.setLastModifiedTime(oldest, FileTime.from(NOW.minus(DAY).minusSeconds(1)));
        segments.removeOld();
        assertThat(oldest).doesNotExist();
        segments.close();
    }

    @Test
    void shouldBeginAnotherFileAfterADayAndNeverOneBeforeTheLast() throws IOException {
        ManualClock clock = ManualClock.at(NOW);
        AccessSegments segments = new AccessSegments(directory, DAY.multipliedBy(9), MIB, clock);
        segments.append(record("first").line());
        clock.jump(DAY);
        segments.append(record("second").line());
        segments.close();
        AccessSegments setBack =
                new AccessSegments(
                        directory, DAY.multipliedBy(9), MIB, ManualClock.at(NOW.minusSeconds(60)));
        setBack.append(record("third").line());

        assertThat(files(directory)).hasSize(3);
        assertThat(pages(new AccessLogReader(setBack, System::nanoTime), Order.OLDEST_FIRST))
                .containsExactly("first", "second", "third");
        setBack.close();
    }

    @Test
    void shouldSkipALineThatACrashCutAndSayHowMany() throws IOException {
        try (AccessLog log = start(directory)) {
            log.note(question("whole"), new Answer("200"));
        }
        byte[] line = record("cut").line();
        Files.write(
                files(directory).getFirst(),
                Arrays.copyOf(line, line.length / 2),
                StandardOpenOption.APPEND);
        try (AccessLog log = start(directory)) {
            log.note(question("after"), new Answer("200"));
        }

        try (AccessLog log = start(directory)) {
            AccessPage page = log.find(query(Order.OLDEST_FIRST, ""));
            assertThat(page.unreadable()).isEqualTo(1);
            assertThat(page.records())
                    .extracting(each -> each.keys().get("name"))
                    .containsExactly("whole", "after");
        }
    }

    @Test
    void shouldLoseNoMoreThanTheLastSecondsToAKill() throws Exception {
        List<String> told =
                new KilledProcess(Noting.class, directory)
                        .run(1, directory.resolve("log").toString());

        try (AccessLog log = start(directory.resolve("log"))) {
            assertThat(log.find(query(Order.OLDEST_FIRST, "")).records())
                    .extracting(each -> each.keys().get("name"))
                    .contains(told.getFirst());
        }
    }

    /** Notes a question, and tells it when a line is there. */
    static final class Noting {
        private Noting() {}

        public static void main(String[] arguments) throws IOException {
            Path files = Path.of(arguments[0]);
            AccessLog log = AccessLog.start(files, DAY, 256 * MIB, Meters.create(), Time.system());
            log.note(question("early"), new Answer("200"));
            await().atMost(Duration.ofSeconds(20)).until(() -> size(files) > 0);
            System.out.println(KilledProcess.line("early"));
            await().atMost(Duration.ofMinutes(1)).until(() -> false);
        }
    }

    @Test
    void shouldGoOnWithoutADiskCountWhatIsLostAndTellOfItAfterwards() throws IOException {
        Path blocked = Files.writeString(directory.resolve("access-log"), "no directory");
        try (CapturedLog said = CapturedLog.of(AccessLog.class.getPackage());
                AccessLog log = start(blocked)) {
            for (int i = 0; i < 50; i++) {
                log.note(question("lost"), new Answer("200"));
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> lost() == 50);
            Files.delete(blocked);
            log.note(question("kept"), new Answer("200"));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !log.find(query(Order.OLDEST_FIRST, "")).records().isEmpty());

            List<AccessRecord> records = log.find(query(Order.OLDEST_FIRST, "")).records();
            assertThat(records.getFirst().what()).isEqualTo("loss");
            assertThat(records.getFirst().answers()).isEqualTo(50);
            assertThat(records.getLast().keys()).containsEntry("name", "kept");
            assertThat(said.lines("access.log.lost")).hasSize(1);
        }
    }

    private long lost() {
        String metrics = String.valueOf(meters.format(MediaTypes.TEXT_PLAIN));
        return metrics.lines()
                .filter(line -> line.startsWith("access_log_lost_total"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .mapToLong(text -> (long) Double.parseDouble(text))
                .findFirst()
                .orElse(0);
    }

    private AccessLog start(Path files) {
        return AccessLog.start(files, DAY, 256 * MIB, meters, Time.system());
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".ndjson")).sorted().toList();
        }
    }

    private static long size(Path directory) throws IOException {
        long size = 0;
        if (Files.isDirectory(directory)) {
            for (Path file : files(directory)) {
                size += Files.size(file);
            }
        }
        return size;
    }

    private static List<String> pages(AccessLogReader reader, Order order) {
        List<String> found = new ArrayList<>();
        String token = "";
        do {
            AccessPage page = reader.find(query(order, token));
            assertThat(page.unreadable()).isZero();
            page.records().forEach(each -> found.add(each.keys().get("name")));
            token = page.nextPageToken();
        } while (!token.isEmpty());
        return found;
    }

    private static AccessQuery query(Order order, String token) {
        return new AccessQuery(Instant.EPOCH, Instant.MAX, "", "", order, 7, token);
    }

    private static AccessRecord record(String name) {
        return AccessRecord.of(question(name), new Answer("200"), Told.NOTHING, 1, NOW, NOW);
    }

    private static Question question(String name) {
        return new Question(
                What.READ,
                new Asker("risk", "token", "10.0.0.1"),
                "GET /api/v1/rules/{name}",
                Map.of("name", name));
    }
}
