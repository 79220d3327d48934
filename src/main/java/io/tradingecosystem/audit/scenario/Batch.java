package io.tradingecosystem.audit.scenario;

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
final class Batch {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Projection projection;
    private final Map<byte[], Optional<byte[]>> changes = new TreeMap<>(Arrays::compareUnsigned);

    Batch(Projection projection) {
        this.projection = projection;
    }

    Optional<byte[]> bytes(byte[] key) {
        Optional<byte[]> changed = changes.get(key);
        return changed == null ? projection.get(key) : changed;
    }

    Optional<JsonNode> get(byte[] key) {
        return bytes(key).map(Batch::json);
    }

    void put(byte[] key, JsonNode value) {
        try {
            put(key, JSON.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    void put(byte[] key, byte[] value) {
        changes.put(key, Optional.of(value));
    }

    void delete(byte[] key) {
        changes.put(key, Optional.empty());
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Commits with a position and starts anew. */
    void commit(long position) {
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
    static byte[] bytes(JsonNode node) {
        try {
            return node.binaryValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
