package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.RecurringTask;
import io.tradingecosystem.audit.logging.EventLogger;

import org.rocksdb.RocksDBException;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Makes the hashes of segments that are appended to no more, on a thread of its own, a few
 * megabytes at a time with pauses, so that nobody who appends waits for it.
 */
final class SealTask implements AutoCloseable {
    private static final EventLogger LOG = EventLogger.of(SealTask.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final long PORTION = 4L << 20;

    private final Database database;
    private final Segments segments;
    private final RecurringTask task;

    SealTask(Database database, Segments segments) {
        this.database = database;
        this.segments = segments;
        this.task = NativeTask.of("log-seal", INTERVAL, this::round, SealTask::failed);
    }

    void start() {
        task.start();
    }

    @Override
    public void close() {
        task.close();
    }

    private Duration round() throws InterruptedException {
        sealAll();
        return INTERVAL;
    }

    private static Duration failed(Throwable failure) {
        LOG.warn("store.seal.failed", "reason", failure);
        return INTERVAL.multipliedBy(60);
    }

    /** Makes those that are not there yet, the oldest first. */
    void sealAll() throws InterruptedException {
        List<Segment> kept = segments.kept();
        for (int i = 0; i + 1 < kept.size(); i++) {
            Segment segment = kept.get(i);
            if (database.use(tables -> SegmentSeal.read(tables, segment.number())).isEmpty()
                    && !seal(segment, kept.get(i + 1).first())) {
                return;
            }
        }
    }

    private boolean seal(Segment segment, long behind) throws InterruptedException {
        byte[] before =
                database.use(tables -> SegmentSeal.read(tables, segment.number() - 1))
                        .map(SegmentSeal::hash)
                        .orElseGet(() -> new byte[SegmentSeal.HASH_BYTES]);
        SegmentHash hash = new SegmentHash(segment.first(), behind, before);
        while (database.use(tables -> hash.take(tables, PORTION))) {
            if (task.pause(PAUSE)) {
                return false;
            }
        }
        SegmentSeal seal = hash.seal();
        database.use(tables -> put(tables, segment, seal));
        LOG.info(
                "store.segment.sealed",
                "segment",
                segment.number(),
                "sha256",
                HexFormat.of().formatHex(seal.hash()));
        return true;
    }

    private static Optional<SegmentSeal> put(Tables tables, Segment segment, SegmentSeal seal)
            throws RocksDBException {
        tables.rocks().put(tables.of(Tables.META), SegmentSeal.key(segment.number()), seal.bytes());
        return Optional.of(seal);
    }
}
