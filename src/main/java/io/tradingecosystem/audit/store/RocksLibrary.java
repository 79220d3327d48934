package io.tradingecosystem.audit.store;

import org.rocksdb.RocksDB;

/** The native library, loaded when a log is opened and not before. */
final class RocksLibrary {
    private RocksLibrary() {}

    /**
     * Loads it once.
     *
     * @throws StoreException if there is none for this machine, or it cannot be unpacked
     */
    static void load() {
        try {
            RocksDB.loadLibrary();
        } catch (RuntimeException | UnsatisfiedLinkError e) {
            throw new StoreException(
                    "RocksDB's native library cannot be loaded ("
                            + e.getMessage()
                            + "); it is unpacked into "
                            + System.getProperty("java.io.tmpdir")
                            + ", where there must be 20 MB and no noexec",
                    e);
        }
    }
}
