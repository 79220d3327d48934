package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.Time;
import io.tradingecosystem.audit.settings.StoreSettings;

import java.nio.file.Path;
import java.time.Duration;

/** Backups of a log and what is made of them, for whoever is not the process that has it open. */
public final class LogCopies {
    private LogCopies() {}

    /**
     * Copies a log to a directory: by asking the process that has it open, or itself where there is
     * none.
     *
     * @param target does not exist yet; seen from that process
     * @param patience how long that process may take
     * @return the last position that is certainly in the copy
     * @throws StoreException if it cannot be made
     */
    public static long backup(StoreSettings settings, Path target, Duration patience) {
        // Opening would make a log where there is none.
        DataDirectory.of(settings.path()).requireLog();
        try (EventStore store = EventStore.open(settings, StoreObserver.NONE, Time.system())) {
            return store.backup(target);
        } catch (LogInUseException e) {
            return BackupRequest.ask(settings.path(), target, patience);
        }
    }

    /**
     * Copies a backup to where the settings have the log, and opens it.
     *
     * @return the last position in it
     * @throws StoreException if there is a log already, or the backup is none or is not whole
     */
    public static long restore(Path backup, StoreSettings settings) {
        DataDirectory.of(backup).copyTo(DataDirectory.of(settings.path()));
        try (EventStore store = EventStore.open(settings, StoreObserver.NONE, Time.system())) {
            return store.log().lastPosition();
        }
    }
}
