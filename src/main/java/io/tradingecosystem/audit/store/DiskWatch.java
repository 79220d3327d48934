package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.settings.StoreSettings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Whether there is room to write. Used by one thread, but for {@link #shortage}. */
final class DiskWatch {
    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final int PROBE = 1 << 20;

    private final Path path;
    private final long min;
    private final LongSupplier ticker;
    private long looked;
    private boolean looking = true;

    DiskWatch(StoreSettings settings, LongSupplier ticker) {
        this.path = settings.path();
        this.min = settings.minFreeSpace();
        this.ticker = ticker;
    }

    /**
     * Passes while there is enough room; looks now and then.
     *
     * @throws DiskFullException if there is not
     */
    void requireSpace() {
        long now = ticker.getAsLong();
        if (looking || now - looked > INTERVAL.toNanos()) {
            looking = true;
            requireFree();
            looking = false;
            looked = now;
        }
    }

    /**
     * Passes if a file can be written now.
     *
     * @throws DiskFullException if it cannot
     */
    void requireWritable() {
        requireFree();
        Path probe = path.resolve("probe");
        try {
            try (FileChannel file =
                    FileChannel.open(
                            probe,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE)) {
                file.write(ByteBuffer.allocate(PROBE));
                file.force(true);
            } finally {
                Files.deleteIfExists(probe);
            }
        } catch (IOException e) {
            throw new DiskFullException(
                    "a file cannot be written in " + path + ": " + e.getMessage());
        }
    }

    /** Why nothing could be written now, if so. */
    Optional<String> shortage() {
        try {
            requireFree();
            return Optional.empty();
        } catch (DiskFullException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    private void requireFree() {
        long free;
        try {
            free = Files.getFileStore(path).getUsableSpace();
        } catch (IOException e) {
            throw new DiskFullException(
                    "the disk of " + path + " cannot be read: " + e.getMessage());
        }
        if (free < min) {
            throw new DiskFullException(
                    "the disk of "
                            + path
                            + " has "
                            + free
                            + " bytes free, and store.min-free-space keeps "
                            + min);
        }
    }
}
