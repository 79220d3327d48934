package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The keys of the tables.
 *
 * <p>An event id is {@code u} and 16 bytes if it is a UUID, else {@code t} and UTF-8. What events
 * share is kept as 64 bits of hash, so that keys are short whatever senders write; whoever finds
 * events by a hash looks whether they have the property, so two values with one hash do no harm.
 */
final class Keys {
    /** Bytes of a posting's key that say which list it is of: segment and hash. */
    static final int POSTING_PREFIX = Integer.BYTES + Long.BYTES;

    private static final char ALL = 'a';
    private static final char SERVICE_AND_TYPE = 'x';
    private static final char BUSINESS = 'b';
    private static final IndexedField[] FIELDS = IndexedField.values();
    private static final int UUID_KEY = 17;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final char END = '\0';

    private Keys() {}

    static byte[] id(String id) {
        if (HexIds.isUuid(id)) {
            Bytes key = new Bytes(UUID_KEY);
            key.put('u');
            HexIds.put(key, id);
            return key.array();
        }
        byte[] text = id.getBytes(StandardCharsets.UTF_8);
        Bytes key = new Bytes(text.length + 1);
        key.put('t');
        key.put(text);
        return key.array();
    }

    /** Receives one hash after another. */
    @FunctionalInterface
    interface Hashes {
        void add(long hash);
    }

    /**
     * The hashes of the keys that {@link Selection.Key#forEach} gives, without the keys, because
     * this runs for each event that is stored.
     */
    static void hashes(AuditEvent event, Set<String> businessKeys, Hashes out) {
        out.add(hash(ALL, ""));
        out.add(hash(SERVICE_AND_TYPE, event.service(), event.type()));
        for (IndexedField field : FIELDS) {
            String value = field.of(event);
            if (!value.isEmpty()) {
                out.add(hash(field.letter(), value));
            }
        }
        if (!event.attributes().isEmpty()) {
            for (String name : businessKeys) {
                AttributeValue value = event.attributes().get(name);
                if (value != null) {
                    out.add(hash(BUSINESS, name, value.asText()));
                }
            }
        }
    }

    /** The hash of a property. */
    static long hash(Selection.Key key) {
        return switch (key) {
            case Selection.Key.All all -> hash(ALL, "");
            case Selection.Key.Of(IndexedField field, String value) -> hash(field.letter(), value);
            case Selection.Key.ServiceAndType both ->
                    hash(SERVICE_AND_TYPE, both.service(), both.type());
            case Selection.Key.Business business ->
                    hash(BUSINESS, business.name(), business.value());
        };
    }

    private static long hash(char kind, String value) {
        return mixed(fnv(fnv(FNV_OFFSET, kind), value));
    }

    private static long hash(char kind, String name, String value) {
        return mixed(fnv(fnv(fnv(fnv(FNV_OFFSET, kind), name), END), value));
    }

    /** FNV-1a over UTF-16 code units. */
    private static long fnv(long start, String text) {
        long hash = start;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    private static long fnv(long start, char unit) {
        return (start ^ unit) * FNV_PRIME;
    }

    /** The finalizer of MurmurHash3, because the upper bits of FNV-1a are weak. */
    private static long mixed(long hash) {
        long h = hash;
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }
}
