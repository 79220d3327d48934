package io.tradingecosystem.audit.store;

import org.rocksdb.Checkpoint;
import org.rocksdb.RocksDBException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A copy of a log that is in use, which is a log itself. */
final class Backup {
    private Backup() {}

    /**
     * Makes one. What says that it is complete comes last.
     *
     * @param log the directory of the log
     * @param target does not exist yet
     * @param last a position up to which it must go
     * @throws StoreException if it cannot be made; then there may be a part of it
     */
    static void of(Database database, Path log, Path target, long last) {
        try {
            if (Files.exists(target)) {
                throw new StoreException(target + " is there already; a backup is made anew");
            }
            Files.createDirectories(target.toAbsolutePath().getParent());
            database.use(tables -> link(tables, target));
            try (HighWaterMarkFile tail = new HighWaterMarkFile(target)) {
                tail.noteClosed(last);
            }
            DataDirectory.of(log).finishCopy(target);
        } catch (IOException | LogUnavailableException e) {
            throw new StoreException("no backup can be made in " + target + ": " + e, e);
        }
    }

    private static boolean link(Tables tables, Path target) throws RocksDBException {
        try (Checkpoint checkpoint = Checkpoint.create(tables.rocks())) {
            checkpoint.createCheckpoint(target.toString());
            return true;
        }
    }
}
