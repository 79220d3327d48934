package io.tradingecosystem.audit.store;

import java.util.List;
import java.util.Optional;

/** Puts the records of a group together into one write batch. */
final class GroupBatch {
    private GroupBatch() {}

    /**
     * A write batch in RocksDB's form.
     *
     * @param group whose events are written, in order
     * @param first the position of the first event
     * @param segment where they go
     * @param begun the same segment if it begins with them
     * @param recordedAt nanoseconds since the epoch
     */
    static byte[] of(
            List<Append> group,
            long first,
            Segment segment,
            Optional<Segment> begun,
            long recordedAt) {
        Bytes head = new Bytes(64);
        begun.ifPresent(
                next -> Records.put(head, Tables.META, Segments.key(next), Segments.value(next)));
        int size = Records.HEADER + head.size();
        int count = begun.isPresent() ? 1 : 0;
        for (Append append : group) {
            size += append.plan().records().size();
            count += append.plan().records().count();
        }
        byte[] batch = new byte[size];
        Records.setCount(batch, count);
        System.arraycopy(head.array(), 0, batch, Records.HEADER, head.size());
        int at = Records.HEADER + head.size();
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
