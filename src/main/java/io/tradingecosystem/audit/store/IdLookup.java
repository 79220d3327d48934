package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.event.AuditEvent;

import org.rocksdb.ByteBufferGetStatus;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Positions by ids, many at once. Of each RocksDB says whether it is not there or cannot be read;
 * {@code RocksDB.multiGetAsList} (11.8.1) does not tell the two apart.
 */
final class IdLookup {
    /** Stands for a position of which it cannot be told whether there is one. */
    static final long UNREADABLE = -1;

    private IdLookup() {}

    /**
     * The position of each id in the log; 0 where there is none, {@link #UNREADABLE} where it
     * cannot be told.
     *
     * @param keys of the ids of the events, as {@link Keys#id} makes them
     * @param unreadable hears of which event its position cannot be told, and why
     */
    static long[] positions(
            Tables tables,
            Segments segments,
            List<AuditEvent> events,
            List<byte[]> keys,
            Unreadable unreadable)
            throws RocksDBException {
        long[] positions = positions(tables, keys, unreadable);
        if (segments.haveLongIds()) {
            addLongIds(tables, events, positions, unreadable);
        }
        return positions;
    }

    /** Hears of what cannot be read. */
    @FunctionalInterface
    interface Unreadable {
        /** Hears of an event by its place in the batch. */
        void accept(int event, RocksDBException reason);
    }

    private static void addLongIds(
            Tables tables, List<AuditEvent> events, long[] positions, Unreadable unreadable)
            throws RocksDBException {
        List<byte[]> keys = new ArrayList<>(events.size());
        for (AuditEvent event : events) {
            keys.add(Keys.longId(event.id()));
        }
        long[] others = positions(tables, keys, unreadable);
        for (int i = 0; i < positions.length; i++) {
            positions[i] = either(positions[i], others[i]);
        }
    }

    /** The one that is there; that neither is can be told only if both can. */
    private static long either(long position, long other) {
        return Math.max(position, other) > 0
                ? Math.max(position, other)
                : Math.min(position, other);
    }

    private static long[] positions(Tables tables, List<byte[]> keys, Unreadable unreadable)
            throws RocksDBException {
        int length = 0;
        for (byte[] key : keys) {
            length += key.length;
        }
        ByteBuffer memory = ByteBuffer.allocateDirect(length + keys.size() * Long.BYTES);
        List<ByteBuffer> asked = new ArrayList<>(keys.size());
        List<ByteBuffer> answers = new ArrayList<>(keys.size());
        for (byte[] key : keys) {
            int at = memory.position();
            memory.put(key);
            asked.add(memory.slice(at, key.length));
            answers.add(memory.slice(memory.position(), Long.BYTES));
            memory.position(memory.position() + Long.BYTES);
        }
        return positions(tables, asked, answers, unreadable);
    }

    private static long[] positions(
            Tables tables, List<ByteBuffer> asked, List<ByteBuffer> answers, Unreadable unreadable)
            throws RocksDBException {
        List<ColumnFamilyHandle> ids = Collections.nCopies(asked.size(), tables.of(Tables.IDS));
        long[] positions = new long[asked.size()];
        try (ReadOptions options = new ReadOptions()) {
            List<ByteBufferGetStatus> found =
                    tables.rocks().multiGetByteBuffers(options, ids, asked, answers);
            for (int i = 0; i < positions.length; i++) {
                positions[i] = position(i, found.get(i).status, answers.get(i), unreadable);
            }
        }
        return positions;
    }

    private static long position(int event, Status status, ByteBuffer answer, Unreadable unreadable)
            throws RocksDBException {
        return switch (status.getCode()) {
            case Ok -> answer.getLong(0);
            case NotFound -> 0;
            default -> {
                RocksDBException reason =
                        new RocksDBException(String.valueOf(status.getState()), status);
                if (!DamageRegister.isDamage(reason)) {
                    throw reason;
                }
                unreadable.accept(event, reason);
                yield UNREADABLE;
            }
        };
    }
}
