package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.BigEndian;
import io.tradingecosystem.audit.common.ByteWriter;

import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * A projection in RocksDB. Its records share a table with those of others: key is the name, 0, then
 * 1 and the record's key, or 0 alone for the position (8 bytes). They are written without a sync,
 * behind the events they were made from in the same write-ahead log, so a power cut takes the end
 * of both or of the projection alone. Thread-safe.
 */
final class DurableProjection implements Projection {
    private static final byte END = 0;
    private static final byte POSITION = 0;
    private static final byte RECORD = 1;

    /** So few keys are looked up one by one. */
    private static final int FEW = 4;

    private static final int MIN_BATCH = 4_096;
    private static final int MAX_BATCH = 1 << 20;

    private final Database database;
    private final byte[] name;
    private final byte[] positionKey;
    private final ReentrantLock lock = new ReentrantLock();

    /** As long as the last batch and a little longer: it need not grow byte array by byte array. */
    private volatile int expected = MIN_BATCH;

    DurableProjection(Database database, String name) {
        this.database = database;
        this.name = name.getBytes(StandardCharsets.US_ASCII);
        this.positionKey = key(POSITION, new byte[0]);
    }

    /** The position of a projection in tables. */
    static long position(Tables tables, String name) throws RocksDBException {
        byte[] key = (name + "\0\0").getBytes(StandardCharsets.US_ASCII);
        byte[] value = tables.rocks().get(tables.of(Tables.PROJECTIONS), key);
        return value == null ? 0 : BigEndian.longAt(value, 0);
    }

    @Override
    public long position() {
        return database.use(
                tables -> {
                    byte[] value = tables.rocks().get(tables.of(Tables.PROJECTIONS), positionKey);
                    return value == null ? 0 : BigEndian.longAt(value, 0);
                });
    }

    @Override
    public void commit(long position, Consumer<Changes> changes) {
        ByteWriter batch = new ByteWriter(expected);
        batch.octets(new byte[Records.HEADER]);
        Collector collector = new Collector(batch);
        changes.accept(collector);
        collector.write(positionKey, BigEndian.of(position));
        byte[] bytes = batch.bytes();
        expected = Math.clamp(bytes.length * 5L / 4, MIN_BATCH, MAX_BATCH);
        Records.setCount(bytes, collector.count);
        lock.lock();
        try (WriteBatch write = new WriteBatch(bytes)) {
            database.write(write, false);
        } catch (RocksDBException e) {
            throw unwritable(e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
        return database.use(
                tables ->
                        Optional.ofNullable(
                                tables.rocks()
                                        .get(tables.of(Tables.PROJECTIONS), key(RECORD, key))));
    }

    @Override
    public List<Optional<byte[]>> get(List<byte[]> keys) {
        if (keys.size() < FEW) {
            return keys.stream().map(this::get).toList();
        }
        return database.use(
                tables -> {
                    try (SparseReader reader = new SparseReader(tables, Tables.PROJECTIONS)) {
                        List<Optional<byte[]>> found = new ArrayList<>(keys.size());
                        for (byte[] key : keys) {
                            found.add(reader.get(key(RECORD, key)));
                        }
                        return found;
                    }
                });
    }

    @Override
    public void scan(byte[] prefix, byte[] from, BiPredicate<byte[], byte[]> visitor) {
        byte[] first = Arrays.compareUnsigned(prefix, from) > 0 ? prefix : from;
        scan(prefix, records -> records.seek(key(RECORD, first)), RocksIterator::next, visitor);
    }

    @Override
    public void scanBack(byte[] prefix, byte[] before, BiPredicate<byte[], byte[]> visitor) {
        byte[] end = key(RECORD, before);
        scan(
                prefix,
                records -> {
                    records.seekForPrev(end);
                    if (records.isValid() && Arrays.equals(records.key(), end)) {
                        records.prev();
                    }
                },
                RocksIterator::prev,
                visitor);
    }

    private void scan(
            byte[] prefix,
            Consumer<RocksIterator> start,
            Consumer<RocksIterator> step,
            BiPredicate<byte[], byte[]> visitor) {
        byte[] within = key(RECORD, prefix);
        int head = name.length + 2;
        database.use(
                tables -> {
                    try (ReadOptions options = new ReadOptions();
                            RocksIterator records =
                                    tables.rocks()
                                            .newIterator(tables.of(Tables.PROJECTIONS), options)) {
                        start.accept(records);
                        while (records.isValid()) {
                            byte[] key = records.key();
                            if (!startsWith(key, within)
                                    || !visitor.test(
                                            Arrays.copyOfRange(key, head, key.length),
                                            records.value())) {
                                break;
                            }
                            step.accept(records);
                        }
                        records.status();
                    }
                    return true;
                });
    }

    @Override
    public void clear() {
        lock.lock();
        try (WriteBatch write = new WriteBatch()) {
            database.use(
                    tables -> {
                        write.deleteRange(
                                tables.of(Tables.PROJECTIONS),
                                positionKey,
                                key((byte) (RECORD + 1), new byte[0]));
                        return true;
                    });
            database.write(write, false);
        } catch (RocksDBException e) {
            throw unwritable(e);
        } finally {
            lock.unlock();
        }
    }

    private byte[] key(byte kind, byte[] key) {
        byte[] whole = Arrays.copyOf(name, name.length + 2 + key.length);
        whole[name.length] = END;
        whole[name.length + 1] = kind;
        System.arraycopy(key, 0, whole, name.length + 2, key.length);
        return whole;
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length
                && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static LogUnavailableException unwritable(RocksDBException e) {
        return new LogUnavailableException("a projection cannot be written: " + e.getMessage(), e);
    }

    private final class Collector implements Changes {
        private final ByteWriter batch;
        private int count;

        Collector(ByteWriter batch) {
            this.batch = batch;
        }

        @Override
        public void put(byte[] key, byte[] value) {
            write(key(RECORD, key), value);
        }

        @Override
        public void delete(byte[] key) {
            Records.delete(batch, Tables.PROJECTIONS, key(RECORD, key));
            count++;
        }

        @Override
        public void deleteRange(byte[] from, byte[] to) {
            Records.deleteRange(batch, Tables.PROJECTIONS, key(RECORD, from), key(RECORD, to));
            count++;
        }

        void write(byte[] key, byte[] value) {
            Records.put(batch, Tables.PROJECTIONS, key, value);
            count++;
        }
    }
}
