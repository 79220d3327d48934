package io.tradingecosystem.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Each request is answered once, and nobody waits for ever. */
class BackupRequestsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir private Path log;
    private final AtomicInteger made = new AtomicInteger();
    private final CountDownLatch hang = new CountDownLatch(1);
    private BackupRequests requests = new BackupRequests(Path.of(""), target -> 0);

    private void answerWith(BackupRequests.Maker maker) {
        requests =
                new BackupRequests(
                        log,
                        target -> {
                            made.incrementAndGet();
                            return maker.make(target);
                        });
        requests.start();
    }

    @AfterEach
    void close() {
        hang.countDown();
        requests.close();
    }

    private long ask(Duration patience) {
        return BackupRequest.ask(log, log.resolve("backup"), patience);
    }

    private List<String> files() {
        try (Stream<Path> files = Files.list(log)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String end) {
        return log.resolve(files().stream().filter(f -> f.endsWith(end)).findFirst().orElseThrow());
    }

    @Test
    void shouldSayUpToWhereABackupGoesAndLeaveNoFile() {
        answerWith(target -> 17);

        assertThat(ask(PATIENCE)).isEqualTo(17);

        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a\0b", "relative", "", "/\u00ff"})
    void shouldAnswerARequestThatIsNoPathOnceAndTheNext(String text) throws IOException {
        Files.write(log.resolve("x.backup-request"), text.getBytes(StandardCharsets.ISO_8859_1));
        answerWith(target -> 17);

        assertThat(ask(PATIENCE)).isEqualTo(17);

        await().until(() -> Files.exists(log.resolve("x.backup-answer")));
        assertThat(files()).containsExactly("x.backup-answer");
        assertThat(log.resolve("x.backup-answer")).content().contains("backup");
        assertThat(made).hasValue(1);
    }

    @Test
    void shouldAnswerWhateverGoesWrong() {
        List<Throwable> failures =
                List.of(
                        new StoreException("no room"),
                        new IllegalStateException("not thought of"),
                        new OutOfMemoryError("no heap"));
        answerWith(target -> fail(failures.get(made.get() - 1)));

        for (Throwable failure : failures) {
            assertThatThrownBy(() -> ask(PATIENCE))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(failure.getMessage());
        }
        assertThat(made).hasValue(3);
    }

    private static long fail(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    @Test
    void shouldTellWhoeverAsksThatNobodyTakesItUp() {
        assertThatThrownBy(() -> ask(Duration.ofMillis(1)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("has not taken the request up within 0 s");

        assertThat(files()).isEmpty();
    }

    @Test
    void shouldTellWhoeverAsksThatItTakesTooLongAndAnswerNobody() {
        CountDownLatch done = new CountDownLatch(1);
        answerWith(
                target -> {
                    awaitZero(hang);
                    done.countDown();
                    return 17;
                });

        assertThatThrownBy(() -> ask(Duration.ofSeconds(2)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("has taken the request up, but has not answered within 2 s")
                .hasMessageContaining("backup/FORMAT");

        hang.countDown();
        awaitZero(done);
        requests.close();
        assertThat(files()).isEmpty();
    }

    private static void awaitZero(CountDownLatch latch) {
        await().until(() -> latch.getCount() == 0);
    }

    @Test
    void shouldAnswerWhatAProcessTookUpThatEnded() throws IOException {
        Files.writeString(log.resolve("x.backup-taken"), "/somewhere");
        answerWith(target -> 17);

        await().until(() -> Files.exists(log.resolve("x.backup-answer")));

        assertThat(log.resolve("x.backup-answer")).content().contains("ended while it made");
        assertThat(made).hasValue(0);
        await().until(() -> files().equals(List.of("x.backup-answer")));
    }

    @Test
    void shouldAnswerWithoutRoomForAFile() {
        answerWith(
                target -> {
                    Path taken = file(".backup-taken");
                    Path draft = Path.of(taken.toString().replace("-taken", "-answer.new"));
                    draft.toFile().mkdir();
                    return 17;
                });

        assertThatThrownBy(() -> ask(PATIENCE))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot write its answer");
    }

    @Test
    void shouldRemoveWhatNobodyWaitsFor() throws IOException {
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
        for (String end : List.of("request", "answer", "taken", "request.new", "answer.new")) {
            Path file = Files.writeString(log.resolve("x.backup-" + end), "/somewhere");
            Files.setLastModifiedTime(file, old);
        }
        Files.writeString(log.resolve("y.backup-answer"), "done 1");
        answerWith(target -> 17);

        await().until(() -> files().equals(List.of("y.backup-answer")));

        assertThat(made).hasValue(0);
    }
}
