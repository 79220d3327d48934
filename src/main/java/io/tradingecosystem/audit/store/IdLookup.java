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
    private IdLookup() {}

    /**
     * The position of each id in the log; 0 where there is none.
     *
     * @param keys of the ids of the events, as {@link Keys#id} makes them
     * @throws RocksDBException if one of them cannot be told
     */
    static long[] positions(
            Tables tables, Segments segments, List<AuditEvent> events, List<byte[]> keys)
            throws RocksDBException {
        long[] positions = positions(tables, keys);
        if (segments.haveLongIds()) {
            addLongIds(tables, events, positions);
        }
        return positions;
    }

    private static void addLongIds(Tables tables, List<AuditEvent> events, long[] positions)
            throws RocksDBException {
        List<byte[]> keys = new ArrayList<>(events.size());
        for (AuditEvent event : events) {
            keys.add(Keys.longId(event.id()));
        }
        long[] others = positions(tables, keys);
        for (int i = 0; i < positions.length; i++) {
            positions[i] = Math.max(positions[i], others[i]);
        }
    }

    private static long[] positions(Tables tables, List<byte[]> keys) throws RocksDBException {
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
        return positions(tables, asked, answers);
    }

    private static long[] positions(Tables tables, List<ByteBuffer> asked, List<ByteBuffer> answers)
            throws RocksDBException {
        List<ColumnFamilyHandle> ids = Collections.nCopies(asked.size(), tables.of(Tables.IDS));
        long[] positions = new long[asked.size()];
        try (ReadOptions options = new ReadOptions()) {
            List<ByteBufferGetStatus> found =
                    tables.rocks().multiGetByteBuffers(options, ids, asked, answers);
            for (int i = 0; i < positions.length; i++) {
                positions[i] = position(found.get(i).status, answers.get(i));
            }
        }
        return positions;
    }

    private static long position(Status status, ByteBuffer answer) throws RocksDBException {
        return switch (status.getCode()) {
            case Ok -> answer.getLong(0);
            case NotFound -> 0;
            default -> throw new RocksDBException(String.valueOf(status.getState()), status);
        };
    }
}
