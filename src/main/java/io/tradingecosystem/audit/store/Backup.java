package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.FileTree;

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
     * @throws StoreException if it cannot be made; then there is nothing of it, unless that cannot
     *     be removed
     */
    static void of(Database database, Path log, Path target, long last) {
        if (Files.exists(target)) {
            throw new StoreException(target + " is there already; a backup is made anew");
        }
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            database.use(tables -> link(tables, target));
            complete(log, target, last);
        } catch (IOException | LogUnavailableException e) {
            throw new StoreException("no backup can be made in " + target + ": " + e, e);
        }
    }

    private static boolean link(Tables tables, Path target) {
        try (Checkpoint checkpoint = Checkpoint.create(tables.rocks())) {
            checkpoint.createCheckpoint(target.toString());
            return true;
        } catch (RocksDBException e) {
            String reason = DataDirectory.withRemedy(String.valueOf(e.getMessage()));
            throw new StoreException("no backup can be made in " + target + ": " + reason, e);
        }
    }

    private static void complete(Path log, Path target, long last) throws IOException {
        try (HighWaterMarkFile tail = new HighWaterMarkFile(target)) {
            tail.noteClosed(last);
            DataDirectory.of(log).finishCopy(target);
        } catch (IOException e) {
            // A part of one would be in the way of the next.
            FileTree.remove(target);
            throw e;
        }
    }
}
