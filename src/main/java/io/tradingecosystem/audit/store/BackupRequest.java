package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.logging.EventLogger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** Asks the process that has a log open for a backup. For one thread. */
final class BackupRequest {
    private static final EventLogger LOG = EventLogger.of(BackupRequest.class);
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final BackupFiles files;
    private final Path target;

    private BackupRequest(BackupFiles files, Path target) {
        this.files = files;
        this.target = target;
    }

    /**
     * Asks for one, and waits for it.
     *
     * @param log its directory
     * @param patience how long until nobody is taken to answer
     * @return the last position that is certainly in it
     * @throws StoreException if it was not made, or nobody says that it was
     */
    static long ask(Path log, Path target, Duration patience) {
        BackupFiles files = new BackupFiles(log, UUID.randomUUID().toString());
        return new BackupRequest(files, target.toAbsolutePath()).ask(patience);
    }

    private long ask(Duration patience) {
        try {
            BackupFiles.write(files.request(), target.toString());
            return position(await(patience));
        } catch (IOException e) {
            throw new StoreException("no backup can be asked for in " + files.log() + ": " + e, e);
        } finally {
            withdraw();
        }
    }

    private long position(String said) {
        if (said.startsWith(BackupFiles.DONE)) {
            return Long.parseLong(said.substring(BackupFiles.DONE.length()));
        }
        // Where no answer could be written, the request stands in its place.
        throw new StoreException(
                said.equals(target.toString())
                        ? "the process that has the log open cannot write its answer, so the disk"
                                + " of the log may be full; what is in "
                                + target
                                + " may be a part of a backup"
                        : said);
    }

    private String await(Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (!Files.exists(files.answer())) {
            if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                throw new StoreException(silence(patience));
            }
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
        return Files.readString(files.answer());
    }

    private String silence(Duration patience) {
        String within = " within " + patience.toSeconds() + " s";
        if (Files.exists(files.request())) {
            return "the process that has the log open has not taken the request up"
                    + within
                    + "; it makes another backup, hangs, or has just ended";
        }
        return "the process that has the log open has taken the request up, but has not answered"
                + within
                + "; it is still at it, or has ended; a backup is whole once "
                + target.resolve("FORMAT")
                + " is there";
    }

    private void withdraw() {
        for (Path file : List.of(files.request(), files.taken(), files.answer())) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.debug("store.backup.not_withdrawn", "file", file, "reason", e);
            }
        }
    }
}
