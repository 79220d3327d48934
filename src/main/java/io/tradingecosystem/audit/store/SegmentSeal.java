package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;

import org.rocksdb.RocksDBException;

import java.util.Arrays;
import java.util.Optional;

/**
 * The hash of a segment that is appended to no more, as the table {@code meta} has it, under {@code
 * h} and the number of the segment (4 bytes): the last position and the number of events (8 bytes
 * each), the hash of the segment before (32), or zeros if that has none, and the hash of this one
 * (32): SHA-256 over the hash of the segment before and, for each event in the order of positions,
 * its position (8), the number of its bytes (4) and its bytes, as they are stored. So each hash
 * stands for all segments up to its own. The hash of a segment that is removed stays.
 */
final class SegmentSeal {
    static final int HASH_BYTES = 32;

    private static final int KEY = 'h';

    private final long last;
    private final long events;
    private final byte[] before;
    private final byte[] hash;

    SegmentSeal(long last, long events, byte[] before, byte[] hash) {
        this.last = last;
        this.events = events;
        this.before = before;
        this.hash = hash;
    }

    static byte[] key(int segment) {
        return new ByteWriter(1 + Integer.BYTES).octet(KEY).number32(segment).bytes();
    }

    static Optional<SegmentSeal> read(Tables tables, int segment) throws RocksDBException {
        byte[] value = tables.rocks().get(tables.of(Tables.META), key(segment));
        return Optional.ofNullable(value).map(SegmentSeal::read);
    }

    private static SegmentSeal read(byte[] value) {
        ByteReader in = new ByteReader(value);
        return new SegmentSeal(
                in.number(), in.number(), in.octets(HASH_BYTES), in.octets(HASH_BYTES));
    }

    byte[] bytes() {
        return new ByteWriter(2 * Long.BYTES + 2 * HASH_BYTES)
                .number(last)
                .number(events)
                .octets(before)
                .octets(hash)
                .bytes();
    }

    /** The last position of the segment. */
    long last() {
        return last;
    }

    byte[] before() {
        return before;
    }

    byte[] hash() {
        return hash;
    }

    /** Whether two are of the same events. */
    boolean isSame(SegmentSeal other) {
        return last == other.last
                && events == other.events
                && Arrays.equals(before, other.before)
                && Arrays.equals(hash, other.hash);
    }
}
