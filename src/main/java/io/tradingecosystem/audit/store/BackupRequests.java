package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.RecurringTask;
import io.tradingecosystem.audit.logging.EventLogger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes backups of a log that other processes ask for. Who may write in the directory of the log
 * may ask for one, with a {@linkplain BackupFiles file} there; so there is no door for it that a
 * stranger could knock at. Each request is answered once, whatever becomes of it, unless whoever
 * asked has left. Thread-safe.
 */
final class BackupRequests implements AutoCloseable {
    private static final EventLogger LOG = EventLogger.of(BackupRequests.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);

    /** Whoever asked so long ago does not wait any more. */
    private static final Duration STALE = Duration.ofDays(1);

    private final Path log;
    private final Maker maker;
    private final RecurringTask task;
    private boolean complained;

    /** Makes one, and gives the last position in it. */
    @FunctionalInterface
    interface Maker {
        long make(Path target);
    }

    /**
     * @param log its directory
     */
    BackupRequests(Path log, Maker maker) {
        this.log = log;
        this.maker = maker;
        this.task = NativeTask.of("log-backup", INTERVAL, this::look, this::failed);
    }

    void start() {
        task.start();
    }

    @Override
    public void close() {
        task.close();
    }

    private Duration look() {
        List<IOException> failures = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(log, "*.backup-*")) {
            for (Path file : files) {
                looked(file).ifPresent(failures::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        complained &= !failures.isEmpty();
        failures.forEach(this::failed);
        return INTERVAL;
    }

    /** What went wrong with one is no matter of the others. */
    private Optional<IOException> looked(Path file) {
        try {
            look(file);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    private void look(Path file) throws IOException {
        if (isStale(file)) {
            Files.deleteIfExists(file);
            LOG.info("store.backup.stale", "file", file);
        } else if (file.toString().endsWith(BackupFiles.REQUEST)) {
            take(BackupFiles.of(file));
        } else if (file.toString().endsWith(BackupFiles.TAKEN)) {
            // By a process before this one, for this thread leaves none.
            answer(
                    BackupFiles.of(file),
                    "the process that had the log open ended while it made the backup, or could"
                            + " not answer; what is in its directory may be a part of one");
        }
    }

    private static boolean isStale(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(Instant.now().minus(STALE));
        } catch (IOException e) {
            // Gone meanwhile: whoever asked has left.
            return false;
        }
    }

    private void take(BackupFiles files) throws IOException {
        if (isTaken(files)) {
            answer(files, outcome(files.taken()));
        }
    }

    private static boolean isTaken(BackupFiles files) throws IOException {
        try {
            Files.move(files.request(), files.taken(), StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException e) {
            // Whoever asked has left.
            return false;
        }
    }

    private String outcome(Path request) {
        try {
            Path target = Path.of(Files.readString(request));
            if (!target.isAbsolute()) {
                throw new StoreException("a backup goes to an absolute path, not " + target);
            }
            long last = maker.make(target);
            LOG.info("store.backup.made", "path", target, "last_position", last);
            return BackupFiles.DONE + last;
        } catch (StoreException e) {
            LOG.warn("store.backup.failed", "request", request, "reason", e);
            return String.valueOf(e.getMessage());
        } catch (IOException | RuntimeException | Error e) {
            // Whoever asked waits for a word, whatever it was.
            LOG.warn("store.backup.failed", "request", request, "reason", e);
            return "no backup can be made: " + e;
        }
    }

    private static void answer(BackupFiles files, String text) throws IOException {
        try {
            BackupFiles.write(files.answer(), text);
            if (!Files.deleteIfExists(files.taken())) {
                Files.deleteIfExists(files.answer());
            }
        } catch (IOException e) {
            // A full disk has room for another name.
            LOG.warn("store.backup.not_answered", "request", files.taken(), "reason", e);
            Files.move(files.taken(), files.answer(), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private Duration failed(Throwable failure) {
        if (!complained) {
            LOG.warn("store.backup.not_looked", "path", log, "reason", failure);
        }
        complained = true;
        return INTERVAL;
    }
}
