package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.RecurringTask;
import io.tradingecosystem.audit.logging.EventLogger;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads every file of every table once a day, on a thread of its own and so slowly that nobody
 * notices, to find damage before somebody needs what is damaged. What it finds is noted with the
 * database.
 */
final class TableSweep implements AutoCloseable {
    private static final EventLogger LOG = EventLogger.of(TableSweep.class);
    private static final long BYTES_PER_SECOND = 2L << 20;
    private static final Duration FIRST = Duration.ofMinutes(10);
    private static final Duration BETWEEN_FILES = Duration.ofSeconds(1);
    private static final Duration BETWEEN_SWEEPS = Duration.ofDays(1);

    private final Database database;
    private final RecurringTask task;
    private String last = "";

    TableSweep(Database database) {
        this.database = database;
        this.task = NativeTask.of("log-sweep", FIRST, this::step, TableSweep::failed);
    }

    void start() {
        task.start();
    }

    @Override
    public void close() {
        task.close();
    }

    /** Reads the next file; gives how long to wait for the one after. */
    Duration step() {
        Optional<TableFile> next =
                files().stream().filter(file -> file.name().compareTo(last) > 0).findFirst();
        if (next.isEmpty()) {
            last = "";
            return BETWEEN_SWEEPS;
        }
        last = next.get().name();
        read(next.get());
        return BETWEEN_FILES.plusSeconds(next.get().size() / BYTES_PER_SECOND);
    }

    private List<TableFile> files() {
        return database.use(
                tables ->
                        tables.rocks().getLiveFilesMetaData().stream()
                                .map(TableFile::new)
                                .sorted(Comparator.comparing(TableFile::name))
                                .toList());
    }

    /** A file that was compacted away meanwhile is not damaged. */
    private void read(TableFile file) {
        Optional<Damage> damage = file.read();
        boolean live = files().stream().anyMatch(other -> other.name().equals(file.name()));
        if (damage.isPresent() && live) {
            database.note(damage.get());
            LOG.warn(
                    "store.file.damaged",
                    "file",
                    file.name(),
                    "table",
                    file.table(),
                    "reason",
                    damage.get().reason());
        }
    }

    private static Duration failed(Throwable failure) {
        LOG.warn("store.sweep.failed", "reason", failure);
        return BETWEEN_SWEEPS;
    }
}
