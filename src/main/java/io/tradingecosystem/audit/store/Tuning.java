package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.ProcessFiles;
import io.tradingecosystem.audit.settings.StoreSettings;

import org.rocksdb.AbstractImmutableNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.SstPartitionerFixedPrefixFactory;
import org.rocksdb.WALRecoveryMode;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;

/** How RocksDB is set up, and why. Closed after the database. */
final class Tuning implements AutoCloseable {
    private static final long MIB = 1L << 20;

    /** The level of ZSTD. */
    private static final int FAST = 1;

    private static final int FILTER_BITS = 10;

    /** A part of an index or a filter. */
    private static final int PARTITION = 4 * 1024;

    /** As RocksDB chooses. */
    private static final int SHARD_BITS = -1;

    /** Of the cache, for indexes and filters, which blocks of data do not push out of it. */
    private static final double FOR_FILTERS = 0.5;

    private static final long MANY_FILES = 1 << 16;
    private static final int ALL = -1;
    private static final int MIN_TABLES = 20;

    private final Deque<AbstractImmutableNativeReference> owned = new ArrayDeque<>();
    private final DBOptions database;
    private final long unflushed;
    private final Cache cache;
    private final BloomFilter filter;

    private Tuning(StoreSettings settings, boolean create) {
        RocksLibrary.load(settings.path());
        MemoryShares memory = MemoryShares.of(settings);
        unflushed = memory.unflushed();
        cache = own(new LRUCache(memory.cache(), SHARD_BITS, false, FOR_FILTERS));
        filter = own(new BloomFilter(FILTER_BITS));
        database =
                own(verifyingWriteAheadLogs())
                        .setCreateIfMissing(create)
                        .setCreateMissingColumnFamilies(create)
                        // A torn record at the end was never acknowledged; a damaged one in the
                        // middle was, so the start must fail instead of leaving out what follows.
                        .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                        .setParanoidChecks(true)
                        .setAvoidFlushDuringRecovery(true)
                        .setMaxTotalWalSize(unflushed)
                        .setMaxBackgroundJobs(
                                Math.max(2, Runtime.getRuntime().availableProcessors() / 2))
                        // Spreads what the kernel writes, so that a sync of the log does not wait
                        // behind a large flush.
                        .setBytesPerSync(MIB)
                        // What is not written takes no disk; a sync takes as long without.
                        .setAllowFAllocate(false)
                        // One thread writes; what makes concurrent writers fast costs it.
                        .setAllowConcurrentMemtableWrite(false)
                        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                        .setMaxOpenFiles(openTables(ProcessFiles.now()))
                        .setKeepLogFileNum(4)
                        .setMaxLogFileSize(4 * MIB)
                        .setStatsDumpPeriodSec(0);
    }

    /** The manifest lists finished write-ahead logs; one that is gone is missed at the start. */
    private static DBOptions verifyingWriteAheadLogs() {
        Properties properties = new Properties();
        properties.setProperty("track_and_verify_wals_in_manifest", "true");
        return DBOptions.getDBOptionsFromProps(properties);
    }

    /** How many tables may be open at once: all, or an eighth of what may still be opened. */
    static int openTables(ProcessFiles files) {
        return files.free() > MANY_FILES ? ALL : Math.max(MIN_TABLES, (int) files.free() / 8);
    }

    static Tuning of(StoreSettings settings, boolean create) {
        return new Tuning(settings, create);
    }

    DBOptions database() {
        return database;
    }

    ColumnFamilyOptions family(int table) {
        return switch (table) {
            case Tables.EVENTS ->
                    // Keys ascend, so files never overlap: they are compressed once, when they are
                    // written, and only moved later.
                    // LZ4 takes half the time to read, and a fifth more room; ZSTD's usual level
                    // saves one more byte of forty. Blocks of half the size with a dictionary for
                    // each file take as much room, twice the time to write, and a fifth less to
                    // read one event here and one there.
                    common(unflushed / 4, table(16 * 1024))
                            .setCompressionType(CompressionType.ZSTD_COMPRESSION)
                            .setCompressionOptions(fast());
            case Tables.IDS ->
                    common(unflushed / 8, table(4 * 1024).setFilterPolicy(filter))
                            .setCompressionType(CompressionType.LZ4_COMPRESSION)
                            .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION)
                            // Nearly every id that is looked up is new.
                            .setMemtableWholeKeyFiltering(true)
                            .setMemtablePrefixBloomSizeRatio(0.1);
            case Tables.POSTINGS ->
                    common(
                                    unflushed / 4,
                                    table(8 * 1024)
                                            .setFilterPolicy(filter)
                                            .setWholeKeyFiltering(false))
                            // Times and hashes have few repetitions: LZ4 takes a third more room
                            // and hardly less time.
                            .setCompressionType(CompressionType.ZSTD_COMPRESSION)
                            .setCompressionOptions(fast())
                            .useFixedLengthPrefixExtractor(Keys.POSTING_PREFIX)
                            .setMemtablePrefixBloomSizeRatio(0.1)
                            // A dropped segment is whole files, which are unlinked at once.
                            .setSstPartitionerFactory(
                                    own(new SstPartitionerFixedPrefixFactory(Integer.BYTES)));
            case Tables.PROJECTIONS ->
                    // A window is written again and again until its verdict is final: what is
                    // still here then is never written to a file.
                    common(unflushed / 4, table(4 * 1024).setFilterPolicy(filter))
                            .setCompressionType(CompressionType.LZ4_COMPRESSION)
                            .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION);
            default ->
                    common(unflushed / 16, table(4 * 1024).setFilterPolicy(filter))
                            .setCompressionType(CompressionType.LZ4_COMPRESSION);
        };
    }

    @Override
    public void close() {
        while (!owned.isEmpty()) {
            owned.pop().close();
        }
    }

    private CompressionOptions fast() {
        return own(new CompressionOptions()).setEnabled(true).setLevel(FAST);
    }

    private ColumnFamilyOptions common(long memory, BlockBasedTableConfig table) {
        return own(insertingInOrder())
                .setWriteBufferSize(memory)
                .setMaxWriteBufferNumber(4)
                .setLevel0FileNumCompactionTrigger(6)
                .setLevel0SlowdownWritesTrigger(30)
                .setLevel0StopWritesTrigger(50)
                .setTargetFileSizeBase(64 * MIB)
                .setMaxBytesForLevelBase(256 * MIB)
                .setTableFormatConfig(table);
    }

    /**
     * Looks for the place of a key from that of the key before on, in each table or projection:
     * batches have their keys in order, so it is not far.
     */
    private static ColumnFamilyOptions insertingInOrder() {
        Properties properties = new Properties();
        properties.setProperty(
                "memtable_insert_with_hint_prefix_extractor", "rocksdb.FixedPrefix.1");
        return ColumnFamilyOptions.getColumnFamilyOptionsFromProps(properties);
    }

    private BlockBasedTableConfig table(long blockSize) {
        return new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setBlockSize(blockSize)
                // Of a large file only the parts of its index and filter that are asked are read.
                .setIndexType(IndexType.kTwoLevelIndexSearch)
                .setPartitionFilters(true)
                .setMetadataBlockSize(PARTITION)
                .setPinTopLevelIndexAndFilter(true)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinL0FilterAndIndexBlocksInCache(true)
                .setFormatVersion(6);
    }

    private <T extends AbstractImmutableNativeReference> T own(T reference) {
        owned.push(reference);
        return reference;
    }
}
