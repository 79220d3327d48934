package io.tradingecosystem.audit.store;

import java.util.List;

/** Puts the records of a group together into one write batch. */
final class GroupBatch {
    private GroupBatch() {}

    /**
     * A write batch in RocksDB's form.
     *
     * @param group whose events are written, in order
     * @param first the position of the first event
     * @param segment where they go
     * @param recordedAt nanoseconds since the epoch
     */
    static byte[] of(List<Append> group, long first, Segment segment, long recordedAt) {
        int size = Records.HEADER;
        int count = 0;
        for (Append append : group) {
            size += append.plan().records().size();
            count += append.plan().records().count();
        }
        byte[] batch = new byte[size];
        Records.setCount(batch, count);
        int at = Records.HEADER;
        long base = first;
        for (Append append : group) {
            Records records = append.plan().records();
            records.copyTo(batch, at, base, segment.number(), recordedAt);
            at += records.size();
            base += append.fresh();
        }
        return batch;
    }
}
