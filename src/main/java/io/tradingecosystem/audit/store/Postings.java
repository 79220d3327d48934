package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.BigEndian;
import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;

/**
 * The form of the table of postings, which finds events by what they share. A record says which
 * events of one appended batch have a property and occurred within one bucket of time, about a
 * second:
 *
 * <pre>
 * key    segment (4 bytes), hash of the property (8), bucket (5), position of the batch (8)
 * value  for each event: offset from the batch's position, less that of the event before (varint);
 *        occurred_at, less that of the event before or of the bucket's start (zigzag)
 * </pre>
 *
 * <p>One record for many events makes what is shared by all, such as the time index, almost free to
 * write, and a few bytes per event on disk. The order within a bucket is made when it is read: its
 * records are scanned for the next few places, however many there are, in constant memory.
 *
 * <p>Segment comes first so that old segments are never touched again by compaction, and are
 * removed as whole files. The price is one seek per segment and question, which a bloom filter of
 * the prefix makes cheap; see {@link Retention} for how many segments there are.
 */
final class Postings {
    static final int BUCKET_BYTES = 5;

    static final int KEY_BYTES = Keys.POSTING_PREFIX + BUCKET_BYTES + Long.BYTES;

    private static final int BUCKET_BITS = 30;
    private static final long BIAS = 1L << (Long.SIZE - BUCKET_BITS - 1);

    private Postings() {}

    /** The bucket of a time in nanoseconds since the epoch. */
    static long bucket(long nanos) {
        return nanos >> BUCKET_BITS;
    }

    /** The first nanosecond of a bucket. */
    static long start(long bucket) {
        return bucket << BUCKET_BITS;
    }

    static void putBucket(ByteWriter out, long bucket) {
        long unsigned = bucket + BIAS;
        out.octet((int) (unsigned >>> 32));
        out.number32((int) unsigned);
    }

    static long bucketOf(byte[] key) {
        long high = key[Keys.POSTING_PREFIX] & 0xffL;
        long low = BigEndian.intAt(key, Keys.POSTING_PREFIX + 1) & 0xffff_ffffL;
        return (high << 32 | low) - BIAS;
    }

    /** The position of the batch that a record is of. */
    static long baseOf(byte[] key) {
        return BigEndian.longAt(key, Keys.POSTING_PREFIX + BUCKET_BYTES);
    }

    /** The first key of a segment. */
    static byte[] segmentKey(int segment) {
        ByteWriter key = new ByteWriter(Integer.BYTES);
        key.number32(segment);
        return key.array();
    }

    /** Receives one place after another. */
    @FunctionalInterface
    interface Places {
        void accept(long nanos, long position);
    }

    /** Gives out every place of a record. */
    static void places(byte[] key, byte[] value, Places out) {
        ByteReader entries = new ByteReader(value);
        long position = baseOf(key);
        long nanos = start(bucketOf(key));
        while (entries.hasMore()) {
            position += entries.varint();
            nanos += entries.zigzag();
            out.accept(nanos, position);
        }
    }

    /** A key at the start of a bucket, or at its end. */
    static byte[] key(int segment, long hash, long bucket, long base) {
        ByteWriter key = new ByteWriter(KEY_BYTES);
        key.number32(segment);
        key.number(hash);
        putBucket(key, bucket);
        key.number(base);
        return key.array();
    }
}
