package io.tradingecosystem.audit.store;

import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * Durable records that are derived from the log, such as links and verdicts, with the position up
 * to which the log has been worked into them. Position and records change together or not at all,
 * so that after a crash the work goes on where it stopped, with nothing lost and nothing done
 * twice.
 *
 * <p>Keys are compared as unsigned bytes. Reads are thread-safe; one thread at a time commits.
 */
public interface Projection {

    /** The position of the last event worked in; 0 for a new projection. */
    long position();

    /**
     * Writes changes and the new position in one atomic step. It survives the death of the process
     * at once; a power cut may lose the last commits as a whole, never part of one, and the log
     * still has what they were made from.
     */
    void commit(long position, Consumer<Changes> changes);

    /** The record with a key. */
    Optional<byte[]> get(byte[] key);

    /** The records with these keys, in their order; fetched at once, which is faster. */
    default List<Optional<byte[]>> get(List<byte[]> keys) {
        return keys.stream().map(this::get).toList();
    }

    /**
     * Visits records with a key prefix in ascending order of their keys until {@code visitor}
     * returns false.
     *
     * @param prefix the first bytes of the keys; empty means all
     * @param from start at the first key at or behind this one; empty means from the start
     */
    void scan(byte[] prefix, byte[] from, BiPredicate<byte[], byte[]> visitor);

    /**
     * Visits records with a key prefix in descending order of their keys until {@code visitor}
     * returns false.
     *
     * @param before start at the last key before this one
     */
    void scanBack(byte[] prefix, byte[] before, BiPredicate<byte[], byte[]> visitor);

    /** Visits the records of a table, that is, whose keys begin with a letter. */
    default void scan(char table, BiPredicate<byte[], byte[]> visitor) {
        byte[] prefix = {(byte) table};
        scan(prefix, prefix, visitor);
    }

    /** Removes every record and sets the position to 0, so that all can be derived anew. */
    void clear();

    /** Collects the changes of one commit, in order. */
    interface Changes {
        /** Writes a record, over an older one if there is one. */
        void put(byte[] key, byte[] value);

        /** Removes a record if it is there. */
        void delete(byte[] key);

        /** Removes every record from one key on and before another; costs the same for any. */
        void deleteRange(byte[] from, byte[] to);
    }
}
