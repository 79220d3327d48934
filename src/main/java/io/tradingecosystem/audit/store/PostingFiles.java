package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.store.Postings.Places;

import org.rocksdb.LiveFileMetaData;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.SstFileReaderIterator;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * All places that the files of postings still have, of whatever property: an event stands in some
 * tens of them, far apart. Each file is read by itself. What follows damage is searched by halves,
 * which costs two hundred seeks at most, a thousand times in a file. For one thread.
 */
final class PostingFiles {
    private static final int LAST_BYTES = Long.BYTES;
    private static final int STEPPED_BYTES = Postings.KEY_BYTES - LAST_BYTES;
    private static final int STEPPED_BITS = STEPPED_BYTES * Byte.SIZE;

    /** So many damaged places of one file are passed. */
    private static final int MAX_DAMAGES = 1_000;

    private final List<LiveFileMetaData> files;

    PostingFiles(Tables tables) {
        this.files =
                tables.rocks().getLiveFilesMetaData().stream()
                        .filter(
                                file ->
                                        Arrays.equals(
                                                file.columnFamilyName(),
                                                Tables.name(Tables.POSTINGS)))
                        .toList();
    }

    /** Gives out what can be read. */
    void read(Places out) {
        for (LiveFileMetaData file : files) {
            read(file, out);
        }
    }

    private static void read(LiveFileMetaData file, Places out) {
        try (Options options = new Options();
                ReadOptions reading = new ReadOptions().setFillCache(false);
                SstFileReader reader = new SstFileReader(options)) {
            reader.open(Path.of(file.path(), file.fileName()).toString());
            Opened opened = new Opened(reader, reading);
            Optional<BigInteger> damaged = opened.readFrom(number(file.smallestKey()), out);
            for (int passed = 0; damaged.isPresent() && passed < MAX_DAMAGES; passed++) {
                damaged = opened.behind(damaged.get()).flatMap(at -> opened.readFrom(at, out));
            }
        } catch (RocksDBException e) {
            // It is damaged as a whole, which those who look through all files say.
        }
    }

    /** A file; an iterator that has met damage is not used any more. */
    private record Opened(SstFileReader reader, ReadOptions reading) {

        /** Gives out what can be read from a key on; behind which key it ends in damage, if so. */
        Optional<BigInteger> readFrom(BigInteger first, Places out) {
            try (SstFileReaderIterator records = reader.newIterator(reading)) {
                BigInteger at = first;
                records.seek(key(first));
                while (records.isValid()) {
                    byte[] found = records.key();
                    Postings.places(found, records.value(), out);
                    at = number(found);
                    records.next();
                }
                return isDamaged(records) ? Optional.of(at) : Optional.empty();
            }
        }

        /** The first key behind a damaged one at which there is something to read, or the end. */
        Optional<BigInteger> behind(BigInteger at) {
            int step = 0;
            while (step <= STEPPED_BITS && isDamagedAt(at.add(power(step)))) {
                step++;
            }
            if (step == 0 || step > STEPPED_BITS) {
                return step == 0 ? Optional.of(at.add(BigInteger.ONE)) : Optional.empty();
            }
            BigInteger damaged = at.add(power(step - 1));
            for (int half = step - 2; half >= 0; half--) {
                BigInteger between = damaged.add(power(half));
                damaged = isDamagedAt(between) ? between : damaged;
            }
            return Optional.of(damaged.add(BigInteger.ONE));
        }

        private boolean isDamagedAt(BigInteger at) {
            try (SstFileReaderIterator records = reader.newIterator(reading)) {
                records.seek(key(at));
                return isDamaged(records);
            }
        }
    }

    private static boolean isDamaged(SstFileReaderIterator records) {
        try {
            records.status();
            return false;
        } catch (RocksDBException e) {
            return true;
        }
    }

    private static BigInteger power(int step) {
        return BigInteger.ONE.shiftLeft(step);
    }

    /** A key without its last part, as a number: segment, property, bucket. */
    private static BigInteger number(byte[] key) {
        return new BigInteger(1, Arrays.copyOf(key, STEPPED_BYTES));
    }

    /** The first key of such a number, or the last there may be. */
    private static byte[] key(BigInteger number) {
        byte[] key = new byte[Postings.KEY_BYTES];
        if (number.bitLength() > STEPPED_BITS) {
            Arrays.fill(key, (byte) 0xff);
            return key;
        }
        byte[] bytes = number.toByteArray();
        int length = Math.min(bytes.length, STEPPED_BYTES);
        System.arraycopy(bytes, bytes.length - length, key, STEPPED_BYTES - length, length);
        return key;
    }
}
