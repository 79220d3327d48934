package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.logging.EventLogger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The lock of a directory, as RocksDB takes it: nobody else has the log open meanwhile. */
final class LogLock implements AutoCloseable {
    private static final EventLogger LOG = EventLogger.of(LogLock.class);

    private final FileChannel channel;

    private LogLock(FileChannel channel) {
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
            FileChannel channel =
                    FileChannel.open(
                            directory.resolve("LOCK"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            LogLock lock = new LogLock(channel);
            if (!lock.isTaken()) {
                lock.close();
                throw new LogInUseException(directory);
            }
            return lock;
        } catch (IOException e) {
            throw new StoreException("the log in " + directory + " cannot be locked: " + e, e);
        }
    }

    private boolean isTaken() throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("store.lock.not_closed", "reason", e);
        }
    }
}
