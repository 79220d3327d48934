package io.tradingecosystem.audit.projection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tradingecosystem.audit.store.Projection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Changes to the projection that become visible together. Reads of single records see them; scans
 * see what was committed. For one thread.
 */
public final class StoreTransaction {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Projection projection;
    private final Map<byte[], Optional<byte[]>> changes = new TreeMap<>(Arrays::compareUnsigned);

    public StoreTransaction(Projection projection) {
        this.projection = projection;
    }

    public Optional<byte[]> bytes(byte[] key) {
        Optional<byte[]> changed = changes.get(key);
        return changed == null ? projection.get(key) : changed;
    }

    public Optional<JsonNode> get(byte[] key) {
        return bytes(key).map(StoreTransaction::json);
    }

    public void put(byte[] key, JsonNode value) {
        try {
            put(key, JSON.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void put(byte[] key, byte[] value) {
        changes.put(key, Optional.of(value));
    }

    public void delete(byte[] key) {
        changes.put(key, Optional.empty());
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Commits with a position and starts anew. */
    public void commit(long position) {
        projection.commit(
                position,
                out ->
                        changes.forEach(
                                (key, value) ->
                                        value.ifPresentOrElse(
                                                v -> out.put(key, v), () -> out.delete(key))));
        changes.clear();
    }

    /** Bytes that were written into JSON. */
    public static byte[] bytes(JsonNode node) {
        try {
            return node.binaryValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode json(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
