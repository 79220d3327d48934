package io.tradingecosystem.audit.configuration;

import io.tradingecosystem.audit.configuration.ConfigurationStatistics.SnapshotState;
import io.tradingecosystem.audit.configuration.SnapshotFile.UnusableSnapshotException;
import io.tradingecosystem.audit.logging.EventLogger;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Keeps the service's answers over a restart. A failure here is logged once and costs nothing but
 * the snapshot. Thread-safe.
 */
final class Snapshots {
    private static final EventLogger LOG = EventLogger.of(Snapshots.class);

    private final Optional<SnapshotFile> file;
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicBoolean changed = new AtomicBoolean();
    private volatile SnapshotState state;
    private boolean failing;

    Snapshots(Optional<Path> file, String environment) {
        this.file = file.map(path -> new SnapshotFile(path, environment));
        this.state =
                this.file
                        .map(each -> new SnapshotState(each.path().toString(), 0, 0, 0))
                        .orElse(SnapshotState.NONE);
    }

    /** What an earlier process kept; nothing if it cannot be used. */
    List<ConfigurationValue> restore() {
        return file.map(this::restore).orElse(List.of());
    }

    /** Something is known that the file does not have. */
    void touch() {
        changed.set(true);
    }

    /** Writes if anything was touched since it was last written. */
    void save(Supplier<List<ConfigurationValue>> values) {
        file.ifPresent(
                each -> {
                    writing.lock();
                    try {
                        if (changed.getAndSet(false)) {
                            write(each, values.get());
                        }
                    } finally {
                        writing.unlock();
                    }
                });
    }

    SnapshotState state() {
        return state;
    }

    private List<ConfigurationValue> restore(SnapshotFile source) {
        try {
            // By the real clock, as the file system's times are.
            source.tidy(Instant.now());
            List<ConfigurationValue> values = source.read();
            state = new SnapshotState(source.path().toString(), values.size(), 0, 0);
            return values;
        } catch (UnusableSnapshotException e) {
            LOG.warn(
                    "configuration.snapshot_unusable",
                    "file",
                    source.path(),
                    "error",
                    String.valueOf(e.getMessage()),
                    "kept_as",
                    setAside(source));
        } catch (IOException e) {
            LOG.warn("configuration.snapshot_unusable", "file", source.path(), "error", e);
        }
        return List.of();
    }

    private static String setAside(SnapshotFile source) {
        try {
            return source.setAside().toString();
        } catch (IOException e) {
            return "nothing, for it cannot be moved: " + e;
        }
    }

    private void write(SnapshotFile target, List<ConfigurationValue> values) {
        SnapshotState before = state;
        try {
            int written =
                    target.write(
                            values.stream()
                                    .sorted(
                                            Comparator.comparing(ConfigurationValue::asOf)
                                                    .reversed())
                                    .toList());
            state =
                    new SnapshotState(
                            before.file(),
                            before.restored(),
                            before.written() + 1,
                            before.failed());
            if (failing) {
                LOG.info("configuration.snapshot_written_again", "file", target.path());
            }
            failing = false;
            if (written < values.size()) {
                LOG.debug("configuration.snapshot_full", "left_out", values.size() - written);
            }
        } catch (IOException e) {
            changed.set(true);
            state =
                    new SnapshotState(
                            before.file(),
                            before.restored(),
                            before.written(),
                            before.failed() + 1);
            if (!failing) {
                LOG.warn(
                        "configuration.snapshot_failed",
                        "file",
                        target.path(),
                        "error",
                        e,
                        "meaning",
                        "a restart while the service is away knows older values or none");
            }
            failing = true;
        }
    }
}
