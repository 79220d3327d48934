package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.BigEndian;
import io.tradingecosystem.audit.common.ByteWriter;

import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Reads the events of a segment from beginning to end, as {@link SegmentSeal} has them. What is
 * read stays out of the cache. For one thread.
 */
final class SegmentHash {
    private static final int READ_AHEAD = 1 << 20;

    private final MessageDigest digest = sha256();
    private final byte[] before;
    private final long behind;
    private long next;
    private long events;

    /**
     * A hash of nothing yet.
     *
     * @param first the first position of the segment
     * @param behind the first position behind it
     * @param before the hash of the segment before
     */
    SegmentHash(long first, long behind, byte[] before) {
        this.next = first;
        this.behind = behind;
        this.before = before;
        digest.update(before);
    }

    /**
     * Takes in the next events, about so many bytes of them.
     *
     * @return whether there are more
     */
    boolean take(Tables tables, long bytes) throws RocksDBException {
        try (Slice bound = new Slice(BigEndian.of(behind));
                ReadOptions options =
                        new ReadOptions()
                                .setFillCache(false)
                                .setReadaheadSize(READ_AHEAD)
                                .setIterateUpperBound(bound);
                RocksIterator records =
                        tables.rocks().newIterator(tables.of(Tables.EVENTS), options)) {
            long taken = 0;
            records.seek(BigEndian.of(next));
            while (records.isValid() && taken < bytes) {
                byte[] value = records.value();
                add(records.key(), value);
                taken += value.length;
                records.next();
            }
            records.status();
            return records.isValid();
        }
    }

    private void add(byte[] position, byte[] value) {
        digest.update(position);
        digest.update(new ByteWriter(Integer.BYTES).number32(value.length).bytes());
        digest.update(value);
        next = BigEndian.longAt(position, 0) + 1;
        events++;
    }

    /** What came of it; to be called once, behind the last event. */
    SegmentSeal seal() {
        return new SegmentSeal(behind - 1, events, before, digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
