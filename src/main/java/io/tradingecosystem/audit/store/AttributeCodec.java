package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.common.ByteReader;
import io.tradingecosystem.audit.common.ByteWriter;
import io.tradingecosystem.audit.event.AttributeValue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Attributes as bytes; {@link EventCodec} documents the layout. */
final class AttributeCodec {
    private static final int TEXT = 0;
    private static final int WHOLE = 1;
    private static final int REAL = 2;
    private static final int FALSE = 3;
    private static final int TRUE = 4;
    private static final int BYTES = 5;
    private static final int LIST = 6;
    private static final int MAP = 7;
    private static final int EMPTY = 8;

    private AttributeCodec() {}

    /** Writes how many there are and all names; the values come later. */
    static void encodeNames(Map<String, AttributeValue> attributes, ByteWriter out) {
        out.count(attributes.size());
        for (String name : attributes.keySet()) {
            out.text(name);
        }
    }

    /** Writes the values, in the order of the names. */
    static void encodeValues(Map<String, AttributeValue> attributes, ByteWriter out) {
        for (AttributeValue value : attributes.values()) {
            encode(value, out);
        }
    }

    static String[] names(ByteReader in) {
        String[] names = new String[in.count()];
        for (int i = 0; i < names.length; i++) {
            names[i] = in.text();
        }
        return names;
    }

    /** Gives out one attribute after another. */
    static void values(String[] names, ByteReader in, BiConsumer<String, AttributeValue> out) {
        for (String name : names) {
            out.accept(name, value(in));
        }
    }

    private static void encodePairs(Map<String, AttributeValue> attributes, ByteWriter out) {
        out.count(attributes.size());
        for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
            out.text(attribute.getKey());
            encode(attribute.getValue(), out);
        }
    }

    /** Gives out one attribute after another, of pairs of name and value. */
    static void pairs(ByteReader in, BiConsumer<String, AttributeValue> out) {
        int count = in.count();
        for (int i = 0; i < count; i++) {
            out.accept(in.text(), value(in));
        }
    }

    private static void encode(AttributeValue value, ByteWriter out) {
        switch (value) {
            case AttributeValue.Empty empty -> out.octet(EMPTY);
            case AttributeValue.Text text -> {
                out.octet(TEXT);
                out.text(text.value());
            }
            case AttributeValue.Whole whole -> {
                out.octet(WHOLE);
                out.zigzag(whole.value());
            }
            case AttributeValue.Real real -> {
                out.octet(REAL);
                out.real(real.value());
            }
            case AttributeValue.Flag flag -> out.octet(flag.value() ? TRUE : FALSE);
            case AttributeValue.Bytes bytes -> {
                out.octet(BYTES);
                out.count(bytes.length());
                out.octets(bytes.value());
            }
            case AttributeValue.Sequence sequence -> {
                out.octet(LIST);
                out.count(sequence.values().size());
                sequence.values().forEach(element -> encode(element, out));
            }
            case AttributeValue.Mapping mapping -> {
                out.octet(MAP);
                encodePairs(mapping.values(), out);
            }
        }
    }

    private static AttributeValue value(ByteReader in) {
        int kind = in.octet();
        return switch (kind) {
            case TEXT -> new AttributeValue.Text(in.text());
            case WHOLE -> new AttributeValue.Whole(in.zigzag());
            case REAL -> new AttributeValue.Real(in.real());
            case FALSE -> new AttributeValue.Flag(false);
            case TRUE -> new AttributeValue.Flag(true);
            case BYTES -> AttributeValue.Bytes.of(in.octets(in.count()));
            case LIST -> list(in);
            case MAP -> map(in);
            case EMPTY -> new AttributeValue.Empty();
            default ->
                    throw new LogUnavailableException("an attribute has the unknown kind " + kind);
        };
    }

    private static AttributeValue map(ByteReader in) {
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        pairs(in, values::put);
        return new AttributeValue.Mapping(values);
    }

    private static AttributeValue list(ByteReader in) {
        int count = in.count();
        List<AttributeValue> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(value(in));
        }
        return new AttributeValue.Sequence(values);
    }
}
