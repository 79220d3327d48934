package io.tradingecosystem.audit.event;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A typed attribute value: the value model of OpenTelemetry's {@code AnyValue}. Immutable. */
public sealed interface AttributeValue {

    /** No value: JSON's null, and what OpenTelemetry calls an empty value. Its text is empty. */
    record Empty() implements AttributeValue {}

    /** A text. */
    record Text(String value) implements AttributeValue {}

    /** A 64-bit signed whole number. */
    record Whole(long value) implements AttributeValue {}

    /** A 64-bit floating-point number. */
    record Real(double value) implements AttributeValue {}

    /** True or false. */
    record Flag(boolean value) implements AttributeValue {}

    /** Raw bytes; copied in and out. */
    final class Bytes implements AttributeValue {
        private final byte[] value;

        private Bytes(byte[] value) {
            this.value = value;
        }

        /** A copy of {@code value}. */
        public static Bytes of(byte[] value) {
            return new Bytes(value.clone());
        }

        /** A copy of the bytes. */
        public byte[] value() {
            return value.clone();
        }

        /** How many bytes. */
        public int length() {
            return value.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return "Bytes[" + HexFormat.of().formatHex(value) + "]";
        }
    }

    /** A list of values, of mixed types if need be. */
    record Sequence(List<AttributeValue> values) implements AttributeValue {
        public Sequence {
            values = List.copyOf(values);
        }
    }

    /** Names with values, in order. */
    record Mapping(Map<String, AttributeValue> values) implements AttributeValue {
        public Mapping {
            values = copyOf(values);
        }
    }

    /**
     * The value as a person would write it: a text as it is, a number in decimal, a list in
     * brackets.
     */
    default String asText() {
        return switch (this) {
            case Empty empty -> "";
            case Text text -> text.value();
            case Whole whole -> Long.toString(whole.value());
            case Real real -> Double.toString(real.value());
            case Flag flag -> Boolean.toString(flag.value());
            case Bytes bytes -> HexFormat.of().formatHex(bytes.value());
            case Sequence sequence ->
                    sequence.values().stream().map(AttributeValue::asText).toList().toString();
            case Mapping mapping -> {
                Map<String, String> texts = new LinkedHashMap<>();
                mapping.values().forEach((name, value) -> texts.put(name, value.asText()));
                yield texts.toString();
            }
        };
    }

    /** An unmodifiable copy that keeps the order, which {@link Map#copyOf} does not. */
    static Map<String, AttributeValue> copyOf(Map<String, AttributeValue> values) {
        return FixedAttributes.copyOf(values);
    }
}
