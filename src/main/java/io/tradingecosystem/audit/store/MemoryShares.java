package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.MachineMemory;
import io.tradingecosystem.audit.settings.StoreSettings;

/**
 * What the store's memory is used for. What is unflushed is written again after a crash and is a
 * part of the log, so neither it may be large, whatever the memory is.
 *
 * @param unflushed bytes that wait in memory to be written to tables, and of the write-ahead log
 *     that has them meanwhile
 * @param cache bytes for what is read from tables, their indexes and filters
 */
record MemoryShares(long unflushed, long cache) {
    private static final long MIB = 1L << 20;

    /**
     * What a start after a crash reads again at most, a fraction of a second's work. It also bounds
     * the unflushed tables, because a full write-ahead log flushes them.
     */
    private static final long WRITE_AHEAD_LOG = 128 * MIB;

    /** A small log must not consist of what is to be written again. */
    private static final int OF_THE_LOG = 8;

    private static final int OF_THE_MEMORY = 4;

    /** Beside a heap that takes the most of it, and what else the process needs. */
    private static final int OF_THE_MACHINE = 8;

    private static final long MIN_AUTO = 64 * MIB;

    /** More makes nothing faster that was measured. */
    private static final long MAX_AUTO = 4096 * MIB;

    static MemoryShares of(StoreSettings settings) {
        long memory = settings.memory().orElseGet(() -> auto(MachineMemory.total()));
        long unflushed =
                Math.min(
                        WRITE_AHEAD_LOG,
                        Math.min(memory / OF_THE_MEMORY, settings.retentionSize() / OF_THE_LOG));
        return new MemoryShares(unflushed, memory - unflushed);
    }

    /** The memory on a machine that has so many bytes, where no setting says it. */
    static long auto(long machine) {
        return Math.clamp(machine / OF_THE_MACHINE, MIN_AUTO, MAX_AUTO);
    }
}
