package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.store.EventIndex.Direction;

import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Goes through the postings of one property in one segment, bucket by bucket. One thread. */
final class PostingCursor implements AutoCloseable {
    private final RocksIterator records;
    private final int segment;
    private final long hash;
    private final Direction direction;

    PostingCursor(Tables tables, ReadOptions options, int segment, long hash, Direction direction) {
        this.records = tables.rocks().newIterator(tables.of(Tables.POSTINGS), options);
        this.segment = segment;
        this.hash = hash;
        this.direction = direction;
    }

    /** Goes to the first bucket that is not before this one. */
    void seek(long bucket) throws RocksDBException {
        if (direction == Direction.OLDEST_FIRST) {
            records.seek(Postings.key(segment, hash, bucket, 0));
        } else {
            // All ones are the end of the bucket.
            records.seekForPrev(Postings.key(segment, hash, bucket, -1));
        }
        records.status();
    }

    boolean isValid() {
        return records.isValid();
    }

    long bucket() {
        return Postings.bucketOf(records.key());
    }

    /** Receives one place after another. */
    @FunctionalInterface
    interface Places {
        void accept(long nanos, long position);
    }

    /** Gives out every place of the current bucket, in no order, and goes behind it. */
    void drain(long bucket, Places out) throws RocksDBException {
        while (records.isValid()) {
            byte[] key = records.key();
            if (Postings.bucketOf(key) != bucket) {
                return;
            }
            ByteReader entries = new ByteReader(records.value());
            long position = Postings.baseOf(key);
            long nanos = Postings.start(bucket);
            while (entries.hasMore()) {
                position += entries.getVarint();
                nanos += entries.getZigzag();
                out.accept(nanos, position);
            }
            if (direction == Direction.OLDEST_FIRST) {
                records.next();
            } else {
                records.prev();
            }
            records.status();
        }
    }

    @Override
    public void close() {
        records.close();
    }
}
