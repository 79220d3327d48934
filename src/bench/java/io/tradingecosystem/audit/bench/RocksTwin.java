package io.tradingecosystem.audit.bench;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Times;
import io.tradingecosystem.audit.event.json.EventJsonWriter;

import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What one would write instead for this one expectation: a program that joins in memory, and writes
 * each event as JSON, its id, and each verdict into RocksDB, in one synced batch of all that waits.
 * It looks for no duplicates, finds no event by a field, knows one kind of question, and is never
 * in doubt.
 */
final class RocksTwin implements AutoCloseable {
    private static final long WITHIN = Orders.WITHIN.toNanos();
    private static final long MEMORY = 32L << 20;

    private record Waiting(List<AuditEvent> events, CompletableFuture<Void> written) {}

    private record Open(String order, String trigger, long until) {}

    private final Path folder = Files.createTempDirectory("twin");
    private final ColumnFamilyOptions family =
            new ColumnFamilyOptions()
                    .setWriteBufferSize(MEMORY)
                    .setCompressionType(CompressionType.LZ4_COMPRESSION);
    private final DBOptions options =
            new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true);
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final List<ColumnFamilyHandle> tables = new ArrayList<>();
    private final RocksDB database;
    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final Thread thread;

    private final Map<String, Open> open = new HashMap<>();
    private final Map<String, Long> early = new HashMap<>();
    private final Queue<Open> byTime = new ArrayDeque<>();
    private long position;
    private int passed;

    RocksTwin() throws IOException, RocksDBException {
        RocksDB.loadLibrary();
        List<ColumnFamilyDescriptor> names = new ArrayList<>();
        for (String name : List.of("default", "events", "ids", "verdicts")) {
            names.add(new ColumnFamilyDescriptor(octets(name), family));
        }
        database = RocksDB.open(options, folder.toString(), names, tables);
        thread = Thread.ofPlatform().daemon().start(this::run);
    }

    /** Appends; returns when all is on disk, verdicts included. */
    void append(List<AuditEvent> events) {
        Waiting waiting = new Waiting(events, new CompletableFuture<>());
        queue.add(waiting);
        waiting.written().join();
    }

    /** How many verdicts say that all is well; to be asked when every append has returned. */
    int passed() {
        return passed;
    }

    private void run() {
        List<Waiting> group = new ArrayList<>();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                group.add(queue.take());
                queue.drainTo(group);
                write(group);
                group.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(List<Waiting> group) {
        try (WriteBatch batch = new WriteBatch()) {
            for (Waiting waiting : group) {
                for (AuditEvent event : waiting.events()) {
                    add(batch, event);
                }
            }
            database.write(synced, batch);
            group.forEach(waiting -> waiting.written().complete(null));
        } catch (RocksDBException e) {
            group.forEach(waiting -> waiting.written().completeExceptionally(e));
        }
    }

    private void add(WriteBatch batch, AuditEvent event) throws RocksDBException {
        byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(++position).array();
        batch.put(tables.get(1), key, EventJsonWriter.bytes(event));
        batch.put(tables.get(2), octets(event.id()), key);
        long at = Times.toEpochNanos(event.occurredAt());
        expire(batch, at);
        switch (event.type()) {
            case "order.placed" -> placed(batch, event, at);
            case "order.filled" -> filled(batch, event, at);
            default -> {}
        }
    }

    private void placed(WriteBatch batch, AuditEvent event, long at) throws RocksDBException {
        String order = event.attribute("order_id");
        Open opened = new Open(order, event.id(), at + WITHIN);
        Long effect = early.remove(order);
        if (effect != null && effect >= at && effect <= opened.until()) {
            decide(batch, opened, "PASSED");
        } else {
            open.put(order, opened);
            byTime.add(opened);
        }
    }

    private void filled(WriteBatch batch, AuditEvent event, long at) throws RocksDBException {
        Open opened = open.remove(event.attribute("order_id"));
        if (opened == null) {
            early.put(event.attribute("order_id"), at);
        } else {
            decide(batch, opened, at <= opened.until() ? "PASSED" : "FAILED");
        }
    }

    private void expire(WriteBatch batch, long now) throws RocksDBException {
        Open oldest = byTime.peek();
        while (oldest != null && oldest.until() < now) {
            if (open.remove(oldest.order(), oldest)) {
                decide(batch, oldest, "FAILED");
            }
            byTime.remove();
            oldest = byTime.peek();
        }
    }

    private void decide(WriteBatch batch, Open opened, String status) throws RocksDBException {
        batch.put(tables.get(3), octets(opened.trigger()), octets(status));
        passed += status.equals("PASSED") ? 1 : 0;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
        tables.forEach(ColumnFamilyHandle::close);
        database.close();
        synced.close();
        options.close();
        family.close();
        Folders.delete(folder);
    }
}
