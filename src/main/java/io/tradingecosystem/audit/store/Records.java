package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.BigEndian;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.EventName;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The records of one batch of events, in the form in which RocksDB logs a write batch (its {@code
 * write_batch.cc}), so that the thread that commits only copies them and fills in what it alone
 * knows: positions, segment and time. Immutable once made.
 */
final class Records {
    /** Before the records of a write batch: sequence number (8 bytes), count (4 bytes). */
    static final int HEADER = Long.BYTES + Integer.BYTES;

    private static final int COUNT_AT = Long.BYTES;
    private static final int DELETE = 0x4;
    private static final int PUT = 0x5;
    private static final int DELETE_RANGE = 0xE;
    private static final int POSTING_KEY = Keys.POSTING_PREFIX + Postings.BUCKET_BYTES + Long.BYTES;
    private static final int KEYS_PER_EVENT = 10;
    private static final int BYTES_PER_EVENT = 512;

    private final ByteWriter out;
    private final IntList positionsAt;
    private final IntList offsets;
    private final IntList segmentsAt;
    private final IntList timesAt;
    private int count;

    private Records(int events) {
        out = new ByteWriter(events * BYTES_PER_EVENT);
        positionsAt = new IntList(events * 4);
        offsets = new IntList(events * 4);
        segmentsAt = new IntList(events * 2);
        timesAt = new IntList(events);
    }

    /**
     * Makes the records of events that will have positions one after the other.
     *
     * @param ids the keys of their ids, as {@link Keys#id} makes them
     * @throws IllegalArgumentException if an event cannot be stored
     */
    static Records of(List<AuditEvent> events, List<byte[]> ids, List<EventName> businessKeys) {
        Records records = new Records(Math.max(1, events.size()));
        PostingTable postings = new PostingTable(Math.max(1, events.size()) * KEYS_PER_EVENT);
        ByteWriter value = new ByteWriter(BYTES_PER_EVENT);
        for (int offset = 0; offset < events.size(); offset++) {
            AuditEvent event = events.get(offset);
            long nanos = EventCodec.nanos(event);
            int place = offset;
            Keys.hashes(event, businessKeys, hash -> postings.add(hash, nanos, place));
            value.clear();
            EventCodec.encode(event, value);
            records.event(offset, value);
        }
        for (int offset : inOrder(ids)) {
            records.id(offset, ids.get(offset));
        }
        for (int list : postings.inOrder()) {
            value.clear();
            postings.write(list, value);
            records.posting(postings.hash(list), postings.bucket(list), value);
        }
        return records;
    }

    private static int[] inOrder(List<byte[]> keys) {
        return IntStream.range(0, keys.size())
                .boxed()
                .sorted((one, other) -> Arrays.compareUnsigned(keys.get(one), keys.get(other)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    int size() {
        return out.size();
    }

    int count() {
        return count;
    }

    /**
     * Copies the records into a write batch.
     *
     * @param batch the whole write batch
     * @param at where these records go
     * @param base the position of the first event
     * @param segment the segment that the positions are in
     * @param recordedAt nanoseconds since the epoch
     */
    void copyTo(byte[] batch, int at, long base, int segment, long recordedAt) {
        System.arraycopy(out.array(), 0, batch, at, out.size());
        for (int i = 0; i < positionsAt.size(); i++) {
            BigEndian.setLong(batch, at + positionsAt.get(i), base + offsets.get(i));
        }
        for (int i = 0; i < segmentsAt.size(); i++) {
            BigEndian.setInt(batch, at + segmentsAt.get(i), segment);
        }
        for (int i = 0; i < timesAt.size(); i++) {
            BigEndian.setLong(batch, at + timesAt.get(i), recordedAt);
        }
    }

    /** Says how many records a write batch has; in it, this one number is little-endian. */
    static void setCount(byte[] batch, int count) {
        BigEndian.setInt(batch, COUNT_AT, Integer.reverseBytes(count));
    }

    /** Writes one record into a write batch. */
    static void put(ByteWriter out, int table, byte[] key, byte[] value) {
        out.octet(PUT);
        out.varint(table);
        out.count(key.length);
        out.octets(key);
        out.count(value.length);
        out.octets(value);
    }

    /** Writes the removal of one record into a write batch. */
    static void delete(ByteWriter out, int table, byte[] key) {
        out.octet(DELETE);
        out.varint(table);
        out.count(key.length);
        out.octets(key);
    }

    /** Writes the removal of the records from one key on and before another. */
    static void deleteRange(ByteWriter out, int table, byte[] from, byte[] to) {
        out.octet(DELETE_RANGE);
        out.varint(table);
        out.count(from.length);
        out.octets(from);
        out.count(to.length);
        out.octets(to);
    }

    private void event(int offset, ByteWriter value) {
        begin(Tables.EVENTS, Long.BYTES);
        position(offset);
        out.count(value.size());
        timesAt.add(out.size() + EventCodec.RECORDED_AT);
        out.octets(value.array(), 0, value.size());
    }

    private void id(int offset, byte[] key) {
        begin(Tables.IDS, key.length);
        out.octets(key);
        out.varint(Long.BYTES);
        position(offset);
    }

    private void posting(long hash, long bucket, ByteWriter value) {
        begin(Tables.POSTINGS, POSTING_KEY);
        segmentsAt.add(out.size());
        out.number32(0);
        out.number(hash);
        Postings.putBucket(out, bucket);
        position(0);
        out.count(value.size());
        out.octets(value.array(), 0, value.size());
    }

    private void begin(int table, int keyLength) {
        count++;
        out.octet(PUT);
        out.varint(table);
        out.varint(keyLength);
    }

    private void position(int offset) {
        positionsAt.add(out.size());
        offsets.add(offset);
        out.number(0);
    }
}
