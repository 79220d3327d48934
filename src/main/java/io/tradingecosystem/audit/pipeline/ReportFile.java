package io.tradingecosystem.audit.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.LongFunction;

/** A file that is there whole or not at all. */
public final class ReportFile {
    private ReportFile() {}

    /**
     * Adds to the summary of a job's step, as much as there is room for.
     *
     * @param text gives what has at most so many bytes
     * @throws IOException if it cannot be written
     */
    public static void append(Path file, LongFunction<String> text) throws IOException {
        long size = Files.exists(file) ? Files.size(file) : 0;
        Files.writeString(
                file,
                text.apply(GitHub.MAX_SUMMARY - size),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /**
     * Writes a file beside its place and moves it there.
     *
     * @throws IOException if it cannot be written; what was there stays
     */
    public static void write(Path file, String text) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(beside, text);
            Files.move(
                    beside,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
