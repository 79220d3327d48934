package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.RecurringTask;
import io.tradingecosystem.audit.logging.EventLogger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Backups of a log that another process has open. Who may write in the directory of the log may ask
 * for one, with a file there that says where to; the answer is another. So there is no door for it
 * that a stranger could knock at. Thread-safe.
 */
final class BackupRequests implements AutoCloseable {
    private static final EventLogger LOG = EventLogger.of(BackupRequests.class);
    private static final String REQUEST = ".backup-request";
    private static final String ANSWER = ".backup-answer";
    private static final String DONE = "done ";
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final Path log;
    private final Maker maker;
    private final RecurringTask task;

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
        // Its time goes by in native code, which a virtual thread would hold its carrier for.
        this.task =
                RecurringTask.builder("log-backup", this::look, BackupRequests::failed)
                        .initialDelay(INTERVAL)
                        .platformThread()
                        .build();
    }

    void start() {
        task.start();
    }

    @Override
    public void close() {
        task.close();
    }

    /**
     * Asks the process that has a log open for a backup, and waits for it.
     *
     * @param patience how long until nobody is taken to answer
     * @return the last position that is certainly in it
     * @throws StoreException if it was not made
     */
    static long ask(Path log, Path target, Duration patience) {
        String name = UUID.randomUUID().toString();
        Path request = log.resolve(name + REQUEST);
        Path answer = log.resolve(name + ANSWER);
        try {
            write(request, target.toAbsolutePath().toString());
            String said = await(answer, patience);
            Files.deleteIfExists(answer);
            if (!said.startsWith(DONE)) {
                throw new StoreException(said);
            }
            return Long.parseLong(said.substring(DONE.length()));
        } catch (IOException e) {
            throw new StoreException("no backup can be asked for in " + log + ": " + e, e);
        } finally {
            withdraw(request);
        }
    }

    private static String await(Path answer, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (!Files.exists(answer)) {
            if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                throw new StoreException(
                        "the process that has the log open has not answered within "
                                + patience.toSeconds()
                                + " s; it may be an older version");
            }
            LockSupport.parkNanos(INTERVAL.toNanos() / 5);
        }
        return Files.readString(answer);
    }

    private static void withdraw(Path request) {
        try {
            Files.deleteIfExists(request);
        } catch (IOException e) {
            LOG.debug("store.backup.not_withdrawn", "request", request, "reason", e);
        }
    }

    private Duration look() {
        try (DirectoryStream<Path> requests = Files.newDirectoryStream(log, "*" + REQUEST)) {
            for (Path request : requests) {
                answer(request);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return INTERVAL;
    }

    private void answer(Path request) throws IOException {
        Path target = Path.of(Files.readString(request));
        Files.delete(request);
        Path answer = log.resolve(String.valueOf(request.getFileName()).replace(REQUEST, ANSWER));
        write(answer, made(target));
    }

    private String made(Path target) {
        try {
            long last = maker.make(target);
            LOG.info("store.backup.made", "path", target, "last_position", last);
            return DONE + last;
        } catch (StoreException e) {
            LOG.warn("store.backup.failed", "path", target, "reason", e);
            return String.valueOf(e.getMessage());
        }
    }

    /** Whoever sees the file sees all of it. */
    private static void write(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Duration failed(Throwable failure) {
        LOG.debug("store.backup.not_looked", "reason", failure);
        return INTERVAL;
    }
}
