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

    /** The key of the record that it stands on; copied once, because that costs a native call. */
    private final byte[] key = new byte[Postings.KEY_BYTES];

    private boolean valid;

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
        load();
    }

    private void load() throws RocksDBException {
        valid = records.isValid();
        if (valid) {
            records.key(key);
        } else {
            records.status();
        }
    }

    boolean isValid() {
        return valid;
    }

    long bucket() {
        return Postings.bucketOf(key);
    }

    /** Gives out every place of the current bucket, in no order, and goes behind it. */
    void drain(long bucket, Postings.Places out) throws RocksDBException {
        while (valid && bucket() == bucket) {
            Postings.places(key, records.value(), out);
            if (direction == Direction.OLDEST_FIRST) {
                records.next();
            } else {
                records.prev();
            }
            load();
        }
    }

    @Override
    public void close() {
        records.close();
    }
}
