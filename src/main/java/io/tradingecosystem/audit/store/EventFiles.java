package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.BigEndian;

import org.jspecify.annotations.Nullable;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.SstFileReaderIterator;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Looks events up where a part of the log is damaged. RocksDB looks for a key also in files that
 * cannot have it, as long as they are few ({@code FilePicker}, 11.8.1), and fails if it comes upon
 * damage there; so the one file that has it is asked by itself. To be closed. One thread.
 */
final class EventFiles implements AutoCloseable {
    private final Tables tables;
    private final List<LiveFileMetaData> files;
    private final Options options = new Options();
    private final ReadOptions reading = new ReadOptions().setFillCache(false);
    private Optional<Open> open = Optional.empty();

    EventFiles(Tables tables) {
        this.tables = tables;
        this.files =
                tables.rocks().getLiveFilesMetaData().stream()
                        .filter(EventFiles::hasEvents)
                        .toList();
    }

    private static boolean hasEvents(LiveFileMetaData file) {
        return Arrays.equals(file.columnFamilyName(), Tables.name(Tables.EVENTS));
    }

    /** A file that is being read. */
    private record Open(String name, SstFileReader reader, SstFileReaderIterator records) {
        void close() {
            records.close();
            reader.close();
        }
    }

    /**
     * The bytes of an event; null if there is nothing.
     *
     * @throws RocksDBException if it is damaged
     */
    byte @Nullable [] get(long position) throws RocksDBException {
        try {
            return tables.rocks().get(tables.of(Tables.EVENTS), BigEndian.of(position));
        } catch (RocksDBException e) {
            if (!DamageRegister.isDamage(e)) {
                throw e;
            }
            // What is in memory was found before any file was asked.
            Optional<LiveFileMetaData> file = fileOf(position);
            return file.isEmpty() ? null : get(file.get(), position);
        }
    }

    /** The last position of the file that has a position; empty if none has. */
    Optional<Long> endOfFile(long position) {
        return fileOf(position).map(file -> BigEndian.longAt(file.largestKey(), 0));
    }

    /** The last position of all files; 0 if there is none. */
    long last() {
        return files.stream()
                .mapToLong(file -> BigEndian.longAt(file.largestKey(), 0))
                .max()
                .orElse(0);
    }

    private Optional<LiveFileMetaData> fileOf(long position) {
        return files.stream()
                .filter(
                        file ->
                                BigEndian.longAt(file.smallestKey(), 0) <= position
                                        && position <= BigEndian.longAt(file.largestKey(), 0))
                .findFirst();
    }

    private byte @Nullable [] get(LiveFileMetaData file, long position) throws RocksDBException {
        SstFileReaderIterator records = records(file);
        byte[] key = BigEndian.of(position);
        records.seek(key);
        records.status();
        return records.isValid() && Arrays.equals(records.key(), key) ? records.value() : null;
    }

    private SstFileReaderIterator records(LiveFileMetaData file) throws RocksDBException {
        if (open.filter(other -> other.name().equals(file.fileName())).isEmpty()) {
            closeFile();
            SstFileReader reader = new SstFileReader(options);
            try {
                reader.open(Path.of(file.path(), file.fileName()).toString());
            } catch (RocksDBException e) {
                reader.close();
                throw e;
            }
            open = Optional.of(new Open(file.fileName(), reader, reader.newIterator(reading)));
        }
        return open.orElseThrow().records();
    }

    private void closeFile() {
        open.ifPresent(Open::close);
        open = Optional.empty();
    }

    @Override
    public void close() {
        closeFile();
        reading.close();
        options.close();
    }
}
