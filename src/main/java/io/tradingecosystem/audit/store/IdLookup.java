package io.tradingecosystem.audit.store;

import org.rocksdb.ByteBufferGetStatus;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

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
     * @param keys of ids, as {@link Keys#id} makes them
     * @param unreadable hears why
     */
    static long[] positions(Tables tables, List<byte[]> keys, Consumer<RocksDBException> unreadable)
            throws RocksDBException {
        if (keys.isEmpty()) {
            // RocksDB takes that for a mistake.
            return new long[0];
        }
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
            Tables tables,
            List<ByteBuffer> asked,
            List<ByteBuffer> answers,
            Consumer<RocksDBException> unreadable)
            throws RocksDBException {
        List<ColumnFamilyHandle> ids = Collections.nCopies(asked.size(), tables.of(Tables.IDS));
        long[] positions = new long[asked.size()];
        try (ReadOptions options = new ReadOptions()) {
            List<ByteBufferGetStatus> found =
                    tables.rocks().multiGetByteBuffers(options, ids, asked, answers);
            for (int i = 0; i < positions.length; i++) {
                positions[i] = position(found.get(i).status, answers.get(i), unreadable);
            }
        }
        return positions;
    }

    private static long position(
            Status status, ByteBuffer answer, Consumer<RocksDBException> unreadable)
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
                unreadable.accept(reason);
                yield UNREADABLE;
            }
        };
    }
}
