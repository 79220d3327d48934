package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.common.Hash;
import io.tradingecosystem.audit.common.Hex;
import io.tradingecosystem.audit.common.Uuids;
import io.tradingecosystem.audit.event.AttributeValue;
import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.event.Decimal;
import io.tradingecosystem.audit.event.EventName;
import io.tradingecosystem.audit.event.ValueKey;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of the tables.
 *
 * <p>An event id is {@code u} and 16 bytes if it is a UUID; {@code s}, 16 and 8 bytes, and UTF-8 of
 * what follows if it begins as a span's does, with a trace id, a dash and a span id in hex; else
 * {@code t} and UTF-8. Logs of format 1 have no {@code s}. What events share is kept as 64 bits of
 * hash, so that keys are short whatever senders write; whoever finds events by a hash looks whether
 * they have the property, so two values with one hash do no harm.
 */
final class Keys {
    /** Bytes of a posting's key that say which list it is of: segment and hash. */
    static final int POSTING_PREFIX = Integer.BYTES + Long.BYTES;

    private static final char ALL = 'a';
    private static final char SERVICE_AND_TYPE = 'x';
    private static final char BUSINESS = 'b';
    private static final IndexedField[] FIELDS = IndexedField.values();
    private static final int UUID_KEY = 17;
    private static final int SPAN_KEY = 1 + IdCodec.TRACE_BYTES + IdCodec.SPAN_BYTES;
    private static final char END = '\0';

    private Keys() {}

    static byte[] id(String id) {
        if (Uuids.isOne(id)) {
            ByteWriter key = new ByteWriter(UUID_KEY);
            key.octet('u');
            key.number(Uuids.high(id)).number(Uuids.low(id));
            return key.array();
        }
        return isOfSpan(id) ? spanId(id) : textId(id);
    }

    /** The key of an id as logs of format 1 have it. */
    static byte[] longId(String id) {
        return isOfSpan(id) ? textId(id) : id(id);
    }

    /** Whether an id has another key in logs of format 1, see {@link #longId}. */
    static boolean isOfSpan(String id) {
        return id.length() >= IdCodec.OF_SPAN
                && id.charAt(IdCodec.TRACE_DIGITS) == '-'
                && Hex.isHex(id, 0, IdCodec.TRACE_DIGITS)
                && Hex.isHex(id, IdCodec.TRACE_DIGITS + 1, IdCodec.OF_SPAN);
    }

    private static byte[] spanId(String id) {
        byte[] rest = id.substring(IdCodec.OF_SPAN).getBytes(StandardCharsets.UTF_8);
        ByteWriter key = new ByteWriter(SPAN_KEY + rest.length);
        key.octet('s');
        Hex.write(id, 0, IdCodec.TRACE_DIGITS, key);
        Hex.write(id, IdCodec.TRACE_DIGITS + 1, IdCodec.OF_SPAN, key);
        key.octets(rest);
        return key.array();
    }

    private static byte[] textId(String id) {
        byte[] text = id.getBytes(StandardCharsets.UTF_8);
        ByteWriter key = new ByteWriter(text.length + 1);
        key.octet('t');
        key.octets(text);
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
    static void hashes(AuditEvent event, List<EventName> businessKeys, Hashes out) {
        out.add(hash(ALL, ""));
        out.add(hash(SERVICE_AND_TYPE, event.service(), event.type()));
        for (IndexedField field : FIELDS) {
            String value = field.of(event);
            if (!value.isEmpty()) {
                out.add(hash(field.letter(), value));
            }
        }
        if (!event.attributes().isEmpty()) {
            for (EventName name : businessKeys) {
                Optional<AttributeValue> value = name.of(event);
                if (value.isPresent()) {
                    out.add(hash(BUSINESS, name.written(), ValueKey.of(value.get())));
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

    /**
     * The hashes of a property, also of versions that told values apart by their spelling: there a
     * number stands under its Java spelling, and a text under its own.
     */
    static Set<Long> hashesEver(Selection.Key key) {
        Set<Long> hashes = new LinkedHashSet<>(List.of(hash(key)));
        if (key instanceof Selection.Key.Business business) {
            hashes.add(hash(BUSINESS, business.name(), business.written()));
            real(business.value())
                    .ifPresent(each -> hashes.add(hash(BUSINESS, business.name(), each)));
        }
        return hashes;
    }

    /** How Java spells the floating-point number that a value is; empty if it is none. */
    private static Optional<String> real(String value) {
        return Decimal.parse(value)
                .map(number -> Double.toString(Double.parseDouble(value)))
                .filter(spelled -> ValueKey.of(spelled).equals(value));
    }

    private static long hash(char kind, String value) {
        return Hash.mixed(Hash.units(Hash.unit(Hash.SEED, kind), value));
    }

    private static long hash(char kind, String name, String value) {
        long named = Hash.unit(Hash.units(Hash.unit(Hash.SEED, kind), name), END);
        return Hash.mixed(Hash.units(named, value));
    }
}
