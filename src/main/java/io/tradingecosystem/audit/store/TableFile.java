package io.tradingecosystem.audit.store;

import org.rocksdb.LiveFileMetaData;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** A file of a table, as the database lists it. */
final class TableFile {
    private final LiveFileMetaData file;

    TableFile(LiveFileMetaData file) {
        this.file = file;
    }

    String name() {
        return file.fileName().replace("/", "");
    }

    /** The name of the table. */
    String table() {
        return new String(file.columnFamilyName(), StandardCharsets.US_ASCII);
    }

    long size() {
        return file.size();
    }

    /**
     * Reads every block of it, also those that are not data, past all caches; says what is wrong.
     */
    Optional<Damage> read() {
        try (Options options = new Options();
                SstFileReader reader = new SstFileReader(options)) {
            reader.open(Path.of(file.path(), file.fileName()).toString());
            reader.verifyChecksum();
            return Optional.empty();
        } catch (RocksDBException e) {
            return Optional.of(new Damage(name(), 0, 0, String.valueOf(e.getMessage())));
        }
    }
}
