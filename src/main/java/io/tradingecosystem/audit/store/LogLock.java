package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.logging.EventLogger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The lock of a directory, as RocksDB takes it: nobody else has the log open meanwhile. */
final class LogLock implements AutoCloseable {
    private static final EventLogger LOG = EventLogger.of(LogLock.class);

    private final Optional<FileChannel> channel;

    private LogLock(Optional<FileChannel> channel) {
        this.channel = channel;
    }

    /**
     * Takes it.
     *
     * @throws LogInUseException if another process has it
     * @throws StoreException if the directory cannot be written
     */
    static LogLock of(Path directory) {
        try {
            return locked(
                    directory,
                    FileChannel.open(
                            directory.resolve("LOCK"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE),
                    false);
        } catch (IOException e) {
            throw unlockable(directory, e);
        }
    }

    /**
     * Takes it together with others who only read, and writes nothing: what nobody ever had open,
     * like a backup, has no lock.
     *
     * @throws LogInUseException if another process has it for itself
     * @throws StoreException if it cannot be read
     */
    static LogLock shared(Path directory) {
        Path file = directory.resolve("LOCK");
        try {
            return Files.exists(file)
                    ? locked(directory, FileChannel.open(file, StandardOpenOption.READ), true)
                    : new LogLock(Optional.empty());
        } catch (IOException e) {
            throw unlockable(directory, e);
        }
    }

    private static LogLock locked(Path directory, FileChannel channel, boolean shared)
            throws IOException {
        LogLock lock = new LogLock(Optional.of(channel));
        if (!isTaken(channel, shared)) {
            lock.close();
            throw new LogInUseException(
                    "the log in " + directory + " is in use by another process; stop it first",
                    new OverlappingFileLockException());
        }
        return lock;
    }

    private static boolean isTaken(FileChannel channel, boolean shared) throws IOException {
        try {
            return channel.tryLock(0, Long.MAX_VALUE, shared) != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static StoreException unlockable(Path directory, IOException e) {
        return new StoreException("the log in " + directory + " cannot be locked: " + e, e);
    }

    @Override
    public void close() {
        try {
            if (channel.isPresent()) {
                channel.get().close();
            }
        } catch (IOException e) {
            LOG.debug("store.lock.not_closed", "reason", e);
        }
    }
}
