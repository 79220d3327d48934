package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.logging.EventLogger;

import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The native library, loaded when a log is opened and not before: from the Java library path if it
 * is there, otherwise from where it was unpacked below the log. RocksDB itself would unpack 17 MB
 * into the temporary directory at each start, and leave them there when it is killed.
 */
final class RocksLibrary {
    private static final EventLogger LOG = EventLogger.of(RocksLibrary.class);
    private static final String RESOURCE = Environment.getJniLibraryFileName("rocksdb");

    /** By this name, with a second "jni", RocksDB 11 looks for it in directories it is given. */
    private static final String FILE = Environment.getJniLibraryFileName("rocksdbjni");

    private static final ReentrantLock LOADING = new ReentrantLock();

    /** A process loads it once, as RocksDB does; whose log it was unpacked below is no matter. */
    private static boolean loaded;

    private RocksLibrary() {}

    /**
     * Loads it once.
     *
     * @param log the directory of the log that needs it
     * @throws StoreException if there is none for this machine, or it cannot be unpacked
     */
    static void load(Path log) {
        LOADING.lock();
        try {
            if (!loaded && !isInstalled()) {
                loadUnpacked(log.toAbsolutePath().resolve("native"));
            }
            RocksDB.loadLibrary();
            loaded = true;
        } catch (RuntimeException | UnsatisfiedLinkError e) {
            throw new StoreException(
                    "RocksDB's native library cannot be loaded ("
                            + e.getMessage()
                            + "); it is unpacked into "
                            + log.toAbsolutePath().resolve("native")
                            + ", else into "
                            + System.getProperty("java.io.tmpdir")
                            + "; in one of them there must be 20 MB and no noexec",
                    e);
        } finally {
            LOADING.unlock();
        }
    }

    /** What cannot be used there is left to RocksDB's own way. */
    private static void loadUnpacked(Path directory) {
        try {
            Path unpacked = UnpackedLibrary.of(RESOURCE, FILE).in(directory);
            RocksDB.loadLibrary(List.of(unpacked.toString()));
        } catch (IOException | UnsatisfiedLinkError e) {
            LOG.warn(
                    "store.library.elsewhere",
                    "instead_of",
                    directory,
                    "path",
                    System.getProperty("java.io.tmpdir"),
                    "reason",
                    e);
        }
    }

    private static boolean isInstalled() {
        return Arrays.stream(System.getProperty("java.library.path", "").split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .anyMatch(directory -> Files.exists(Path.of(directory, RESOURCE)));
    }
}
