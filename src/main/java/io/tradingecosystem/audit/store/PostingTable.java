package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.ByteWriter;

import java.util.Arrays;

/**
 * Gathers which events of one batch share what, so that a property that many of them have costs one
 * record and not one for each; see {@link Postings} for what is made of it. Open addressing over
 * plain arrays, because it sees some ten entries per event. Not thread-safe.
 */
final class PostingTable {
    private static final int NONE = -1;

    /** More lists than a batch can have. */
    private static final int LIST_BITS = 24;

    private final int mask;
    private final int[] slots;
    private int[] next;
    private long[] hashes;
    private long[] nanos;
    private int[] offsets;
    private int[] heads;
    private int[] tails;
    private int entries;
    private int lists;

    /**
     * @param expected about how many entries there will be
     */
    PostingTable(int expected) {
        int capacity = Integer.highestOneBit(Math.max(16, expected)) << 2;
        mask = capacity - 1;
        slots = new int[capacity];
        Arrays.fill(slots, NONE);
        next = new int[expected];
        hashes = new long[expected];
        nanos = new long[expected];
        offsets = new int[expected];
        heads = new int[expected];
        tails = new int[expected];
    }

    /**
     * Adds an entry.
     *
     * @param hash of the property
     * @param time occurred_at in nanoseconds since the epoch
     * @param offset the event's place in the batch
     */
    void add(long hash, long time, int offset) {
        if (entries == next.length) {
            grow();
        }
        int entry = entries++;
        hashes[entry] = hash;
        nanos[entry] = time;
        offsets[entry] = offset;
        next[entry] = NONE;
        long bucket = Postings.bucket(time);
        long mixed = hash ^ (bucket * 0x9e3779b97f4a7c15L);
        int slot = (int) (mixed >>> 20) & mask;
        while (true) {
            int list = slots[slot];
            if (list == NONE) {
                slots[slot] = lists;
                heads[lists] = entry;
                tails[lists] = entry;
                lists++;
                return;
            }
            int head = heads[list];
            if (hashes[head] == hash && Postings.bucket(nanos[head]) == bucket) {
                next[tails[list]] = entry;
                tails[list] = entry;
                return;
            }
            slot = (slot + 1) & mask;
        }
    }

    int lists() {
        return lists;
    }

    /**
     * The lists by their hashes, as the table has them, but for hashes that are nearly the same.
     */
    int[] inOrder() {
        long[] order = new long[lists];
        for (int list = 0; list < lists; list++) {
            order[list] = ((hash(list) ^ Long.MIN_VALUE) & -(1L << LIST_BITS)) | list;
        }
        Arrays.sort(order);
        int[] sorted = new int[lists];
        for (int i = 0; i < lists; i++) {
            sorted[i] = (int) order[i] & ((1 << LIST_BITS) - 1);
        }
        return sorted;
    }

    long hash(int list) {
        return hashes[heads[list]];
    }

    long bucket(int list) {
        return Postings.bucket(nanos[heads[list]]);
    }

    /** Writes the entries of a list as {@link Postings} reads them. */
    void write(int list, ByteWriter out) {
        long offset = 0;
        long time = Postings.start(bucket(list));
        for (int entry = heads[list]; entry != NONE; entry = next[entry]) {
            out.varint(offsets[entry] - offset);
            out.zigzag(nanos[entry] - time);
            offset = offsets[entry];
            time = nanos[entry];
        }
    }

    private void grow() {
        int length = entries * 2;
        next = Arrays.copyOf(next, length);
        hashes = Arrays.copyOf(hashes, length);
        nanos = Arrays.copyOf(nanos, length);
        offsets = Arrays.copyOf(offsets, length);
        heads = Arrays.copyOf(heads, length);
        tails = Arrays.copyOf(tails, length);
    }
}
