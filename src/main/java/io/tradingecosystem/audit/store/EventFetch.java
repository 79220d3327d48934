package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.BigEndian;
import io.tradingecosystem.audit.event.AuditEvent;

import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Reads the events at many positions. What costs is to find, unpack and decode them, each by
 * itself, so several processors share it where there are enough of them.
 */
final class EventFetch {
    /** Fewer are not worth a thread. */
    private static final int SHARE = 128;

    private static final int MAX_READERS =
            Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);

    private EventFetch() {}

    /**
     * What is at a position.
     *
     * @param event null if there is nothing
     * @param size in bytes, as stored
     */
    record Fetched(long position, @Nullable AuditEvent event, int size) {}

    /** What is at each position, in their order. */
    static List<Fetched> of(Tables tables, List<Long> positions) throws RocksDBException {
        if (positions.isEmpty()) {
            // RocksDB takes that for a mistake.
            return List.of();
        }
        int readers = Math.clamp(positions.size() / SHARE, 1, MAX_READERS);
        if (readers == 1) {
            return read(tables, positions);
        }
        List<CompletableFuture<List<Fetched>>> others = new ArrayList<>(readers - 1);
        for (int i = 1; i < readers; i++) {
            List<Long> share = share(positions, i, readers);
            others.add(
                    CompletableFuture.supplyAsync(
                            () -> readUnchecked(tables, share), EventFetch::start));
        }
        List<Fetched> all = new ArrayList<>(positions.size());
        try {
            all.addAll(read(tables, share(positions, 0, readers)));
        } finally {
            // The others must not use the tables once the caller has let go of them.
            others.forEach(other -> other.exceptionally(failed -> List.of()).join());
        }
        for (CompletableFuture<List<Fetched>> other : others) {
            all.addAll(joined(other));
        }
        return all;
    }

    private static List<Long> share(List<Long> positions, int number, int of) {
        return positions.subList(
                positions.size() * number / of, positions.size() * (number + 1) / of);
    }

    private static void start(Runnable reading) {
        Thread.ofVirtual().name("event-fetch").start(reading);
    }

    private static List<Fetched> joined(CompletableFuture<List<Fetched>> reading)
            throws RocksDBException {
        try {
            return reading.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case Unreadable unreadable -> throw unreadable.reason;
                case RuntimeException broken -> throw broken;
                case null, default -> throw e;
            }
        }
    }

    private static List<Fetched> readUnchecked(Tables tables, List<Long> positions) {
        try {
            return read(tables, positions);
        } catch (RocksDBException e) {
            throw new Unreadable(e);
        }
    }

    private static List<Fetched> read(Tables tables, List<Long> positions) throws RocksDBException {
        List<byte[]> keys = positions.stream().map(BigEndian::of).toList();
        List<Fetched> fetched = new ArrayList<>(keys.size());
        boolean many = keys.size() >= SHARE;
        if (many) {
            // So that at least the index of the file stays in the cache.
            tables.rocks().get(tables.of(Tables.EVENTS), keys.getFirst());
        }
        // What is read for a few events each would only drive out what is read often.
        try (ReadOptions options = new ReadOptions().setFillCache(!many)) {
            List<byte[]> values =
                    tables.rocks()
                            .multiGetAsList(
                                    options,
                                    Collections.nCopies(keys.size(), tables.of(Tables.EVENTS)),
                                    keys);
            for (int i = 0; i < values.size(); i++) {
                byte[] value = values.get(i);
                if (value == null) {
                    value = certainly(tables, positions.get(i));
                }
                long position = positions.get(i);
                fetched.add(
                        value == null
                                ? new Fetched(position, null, 0)
                                : new Fetched(
                                        position,
                                        EventCodec.decode(position, value),
                                        value.length));
            }
        }
        return fetched;
    }

    /**
     * RocksDB's Java says of many records at once that one is not there when it cannot be read, too
     * (11.8.1, {@code RocksDB.multiGetAsList}); of one alone it tells the two apart.
     */
    private static byte @Nullable [] certainly(Tables tables, long position)
            throws RocksDBException {
        return EventScan.one(tables, position);
    }

    /** Carries a failure to the thread that asked. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient RocksDBException reason;

        Unreadable(RocksDBException reason) {
            super(reason);
            this.reason = reason;
        }
    }
}
