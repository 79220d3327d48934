package io.tradingecosystem.audit.store;

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

    private AttributeCodec() {}

    static void encode(Map<String, AttributeValue> attributes, Bytes out) {
        out.putVarint(attributes.size());
        for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
            out.putText(attribute.getKey());
            encode(attribute.getValue(), out);
        }
    }

    /** Gives out one attribute after another. */
    static void decode(ByteReader in, BiConsumer<String, AttributeValue> out) {
        int count = (int) in.getVarint();
        for (int i = 0; i < count; i++) {
            out.accept(in.getText(), value(in));
        }
    }

    private static void encode(AttributeValue value, Bytes out) {
        switch (value) {
            case AttributeValue.Text text -> {
                out.put(TEXT);
                out.putText(text.value());
            }
            case AttributeValue.Whole whole -> {
                out.put(WHOLE);
                out.putZigzag(whole.value());
            }
            case AttributeValue.Real real -> {
                out.put(REAL);
                out.putLong(Double.doubleToRawLongBits(real.value()));
            }
            case AttributeValue.Flag flag -> out.put(flag.value() ? TRUE : FALSE);
            case AttributeValue.Bytes bytes -> {
                out.put(BYTES);
                out.putVarint(bytes.length());
                out.put(bytes.value());
            }
            case AttributeValue.Sequence sequence -> {
                out.put(LIST);
                out.putVarint(sequence.values().size());
                sequence.values().forEach(element -> encode(element, out));
            }
            case AttributeValue.Mapping mapping -> {
                out.put(MAP);
                encode(mapping.values(), out);
            }
        }
    }

    private static AttributeValue value(ByteReader in) {
        int kind = in.get();
        return switch (kind) {
            case TEXT -> new AttributeValue.Text(in.getText());
            case WHOLE -> new AttributeValue.Whole(in.getZigzag());
            case REAL -> new AttributeValue.Real(Double.longBitsToDouble(in.getLong()));
            case FALSE -> new AttributeValue.Flag(false);
            case TRUE -> new AttributeValue.Flag(true);
            case BYTES -> AttributeValue.Bytes.of(in.get((int) in.getVarint()));
            case LIST -> list(in);
            case MAP -> map(in);
            default ->
                    throw new LogUnavailableException("an attribute has the unknown kind " + kind);
        };
    }

    private static AttributeValue map(ByteReader in) {
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        decode(in, values::put);
        return new AttributeValue.Mapping(values);
    }

    private static AttributeValue list(ByteReader in) {
        int count = (int) in.getVarint();
        List<AttributeValue> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(value(in));
        }
        return new AttributeValue.Sequence(values);
    }
}
