package io.tradingecosystem.audit.projection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tradingecosystem.audit.event.Times;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * Records of a projection that are JSON: the same tree always gives the same bytes. Members that
 * are asked for must be there, since only this program writes them.
 */
public final class JsonRecord {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonRecord() {}

    public static byte[] write(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode read(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(JsonNode node, String name) {
        return node.required(name).textValue();
    }

    public static Instant time(JsonNode node, String name) {
        return Times.parse(text(node, name)).orElseThrow();
    }

    public static long number(JsonNode node, String name) {
        return node.required(name).longValue();
    }

    /** Bytes that were written into JSON. */
    public static byte[] octets(JsonNode node) {
        try {
            return node.binaryValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
