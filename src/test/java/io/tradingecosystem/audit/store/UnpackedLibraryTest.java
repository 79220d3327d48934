package io.tradingecosystem.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.util.Environment;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class UnpackedLibraryTest {
    private static final String RESOURCE = Environment.getJniLibraryFileName("rocksdb");
    private static final String NAME = "library.so";

    @TempDir Path directory;

    @Test
    void shouldUnpackOnceAndUseItAgain() throws IOException {
        Path first = unpack();
        FileTime written = Files.getLastModifiedTime(first);
        Object inode = Files.getAttribute(first, "unix:ino");

        Path second = unpack();

        assertThat(second).isEqualTo(first).hasFileName(NAME);
        assertThat(Files.getAttribute(second, "unix:ino")).isEqualTo(inode);
        assertThat(Files.getLastModifiedTime(second)).isEqualTo(written);
        assertThat(files()).containsExactly(first);
    }

    @Test
    void shouldReplaceAFileThatWasCut() throws IOException {
        Path file = unpack();
        byte[] whole = Files.readAllBytes(file);
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(whole.length / 2);
        }

        unpack();

        assertThat(file).hasBinaryContent(whole);
    }

    /** What a power cut leaves: the length is there, the blocks are not. */
    @Test
    void shouldReplaceAFileOfTheRightSizeWithOtherBytes() throws IOException {
        Path file = unpack();
        byte[] whole = Files.readAllBytes(file);
        try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
            damaged.seek(whole.length / 2);
            damaged.write(new byte[4096]);
        }

        unpack();

        assertThat(file).hasBinaryContent(whole);
    }

    @Test
    void shouldRemoveOtherVersionsAndWhatDeadProcessesLeft() throws IOException {
        Path version = Files.createDirectories(directory.resolve("cafe-17"));
        Files.writeString(version.resolve(NAME), "of another version");
        Path draft = Files.writeString(directory.resolve("draft1.tmp"), "half");
        Path fresh = Files.writeString(directory.resolve("draft2.tmp"), "another process's");
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
        Files.setLastModifiedTime(version, old);
        Files.setLastModifiedTime(draft, old);

        Path file = unpack();

        assertThat(files()).containsExactlyInAnyOrder(file, fresh);
        assertThat(version).doesNotExist();
    }

    @Test
    void shouldServeSeveralWhoStartAtOnce() throws Exception {
        UnpackedLibrary library = UnpackedLibrary.of(RESOURCE, NAME);
        try (ExecutorService starters = Executors.newFixedThreadPool(4)) {
            List<Future<Path>> files =
                    IntStream.range(0, 4)
                            .mapToObj(
                                    i -> starters.submit(() -> library.in(directory).resolve(NAME)))
                            .toList();
            for (Future<Path> file : files) {
                assertThat(file.get()).exists();
            }
            assertThat(files()).containsExactly(files.getFirst().get());
        }
    }

    @Test
    void shouldSayWhatTheJarDoesNotHave() {
        assertThatThrownBy(() -> UnpackedLibrary.of("librocksdbjni-cray.so", "any.so"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("librocksdbjni-cray.so");
    }

    private Path unpack() throws IOException {
        return UnpackedLibrary.of(RESOURCE, NAME).in(directory).resolve(NAME);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
