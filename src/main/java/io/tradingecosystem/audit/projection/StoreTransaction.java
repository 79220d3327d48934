package io.tradingecosystem.audit.projection;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.store.Projection;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Changes to a projection that become visible together. Reads of single records see them; scans see
 * what was committed. For one thread.
 */
public final class StoreTransaction {
    private final Projection projection;
    private final List<Change> changes = new ArrayList<>();

    /** The latest change of each key, of as many changes as reads have asked for. */
    private final Map<ByteBuffer, Change> latest = new HashMap<>();

    private int indexed;

    public StoreTransaction(Projection projection) {
        this.projection = projection;
    }

    /** What is put, or null where the record is deleted, under a key. */
    private static final class Change {
        private final byte[] key;
        private final byte @Nullable [] value;

        /** Behind the last key, where a whole range is deleted. */
        private final byte @Nullable [] end;

        Change(byte[] key, byte @Nullable [] value, byte @Nullable [] end) {
            this.key = key;
            this.value = value;
            this.end = end;
        }
    }

    /** The position of the last commit. */
    public long position() {
        return projection.position();
    }

    public Optional<byte[]> bytes(byte[] key) {
        // Linking writes a lot and reads next to nothing, so changes are indexed when asked for.
        for (; indexed < changes.size(); indexed++) {
            Change change = changes.get(indexed);
            if (change.end == null) {
                latest.put(ByteBuffer.wrap(change.key), change);
            }
        }
        Change change = latest.get(ByteBuffer.wrap(key));
        return change == null ? projection.get(key) : Optional.ofNullable(change.value);
    }

    /** The record as it was with the last commit. */
    public Optional<byte[]> committed(byte[] key) {
        return projection.get(key);
    }

    public Optional<JsonNode> json(byte[] key) {
        return bytes(key).map(JsonRecord::read);
    }

    public void put(byte[] key, JsonNode value) {
        put(key, JsonRecord.write(value));
    }

    public void put(byte[] key, byte[] value) {
        changes.add(new Change(key, value, null));
    }

    public void delete(byte[] key) {
        changes.add(new Change(key, null, null));
    }

    /**
     * Deletes every record from one key on and before another. Of what was put there in this
     * transaction, reads of single records still see it.
     */
    public void deleteRange(byte[] from, byte[] to) {
        changes.add(new Change(from, null, to));
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Visits the committed records of a table until {@code visitor} returns false. */
    public void scan(char table, BiPredicate<byte[], byte[]> visitor) {
        projection.scan(table, visitor);
    }

    /** Visits committed records as {@link Projection#scan} does. */
    public void scan(byte[] prefix, byte[] from, BiPredicate<byte[], byte[]> visitor) {
        projection.scan(prefix, from, visitor);
    }

    /** Commits with a position and starts anew. */
    public void commit(long position) {
        projection.commit(position, this::write);
        changes.clear();
        latest.clear();
        indexed = 0;
    }

    /**
     * In the order of keys, which are written faster so; what a range is deleted of stays before or
     * behind it.
     */
    private void sort() {
        int from = 0;
        for (int i = 0; i <= changes.size(); i++) {
            if (i == changes.size() || changes.get(i).end != null) {
                changes.subList(from, i)
                        .sort((one, other) -> Arrays.compareUnsigned(one.key, other.key));
                from = i + 1;
            }
        }
    }

    private void write(Projection.Changes out) {
        sort();
        for (Change change : changes) {
            byte[] value = change.value;
            byte[] end = change.end;
            if (end != null) {
                out.deleteRange(change.key, end);
            } else if (value == null) {
                out.delete(change.key);
            } else {
                out.put(change.key, value);
            }
        }
    }
}
