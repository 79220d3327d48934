package io.tradingecosystem.audit.store;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Bytes of all files below a directory, as they were a second ago at most; the file system is asked
 * when somebody asks, and no more often. Thread-safe.
 */
final class DiskUsage {
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Path directory;
    private final LongSupplier ticker;
    private volatile Measured last;

    private DiskUsage(Path directory, LongSupplier ticker) {
        this.directory = directory;
        this.ticker = ticker;
        this.last = measure();
    }

    private record Measured(long bytes, long tick) {}

    /**
     * Of a directory and what is below it.
     *
     * @param ticker monotonic time in nanoseconds
     */
    static DiskUsage of(Path directory, LongSupplier ticker) {
        return new DiskUsage(directory, ticker);
    }

    long bytes() {
        if (ticker.getAsLong() - last.tick() > FRESH.toNanos()) {
            last = measure();
        }
        return last.bytes();
    }

    private Measured measure() {
        Sum sum = new Sum();
        try {
            Files.walkFileTree(directory, sum);
        } catch (IOException e) {
            // Not a directory any more: what was found until then is what there is.
        }
        return new Measured(sum.bytes, ticker.getAsLong());
    }

    /** What goes meanwhile, as compaction removes files, counts for nothing. */
    private static final class Sum extends SimpleFileVisitor<Path> {
        private long bytes;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes += attributes.size();
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException reason) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException reason) {
            return FileVisitResult.CONTINUE;
        }
    }
}
