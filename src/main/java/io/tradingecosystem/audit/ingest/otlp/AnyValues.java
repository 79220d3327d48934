package io.tradingecosystem.audit.ingest.otlp;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.tradingecosystem.audit.event.AttributeValue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * OpenTelemetry's values as ours. Of a key that stands in a list twice, which OTLP forbids and SDKs
 * send, the first value stays, and the others are a list under {@value #REPEATED} and the key.
 */
final class AnyValues {
    static final String REPEATED = "otel.repeated.";

    private AnyValues() {}

    /** The value; how deeply it is nested is bounded by whoever parsed it. */
    static AttributeValue of(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> new AttributeValue.Text(value.getStringValue());
            case BOOL_VALUE -> new AttributeValue.Flag(value.getBoolValue());
            case INT_VALUE -> new AttributeValue.Whole(value.getIntValue());
            case DOUBLE_VALUE -> new AttributeValue.Real(value.getDoubleValue());
            case BYTES_VALUE -> AttributeValue.Bytes.of(value.getBytesValue().toByteArray());
            case ARRAY_VALUE ->
                    new AttributeValue.Sequence(
                            value.getArrayValue().getValuesList().stream()
                                    .map(AnyValues::of)
                                    .toList());
            case KVLIST_VALUE -> mapping(value.getKvlistValue().getValuesList());
            case VALUE_NOT_SET -> unknown(value);
        };
    }

    /** Names with values as one value. */
    static AttributeValue mapping(List<KeyValue> entries) {
        return new AttributeValue.Mapping(map(entries));
    }

    /** Names with values, in order, the repeated ones behind the others. */
    static Map<String, AttributeValue> map(List<KeyValue> entries) {
        Map<String, AttributeValue> values = LinkedHashMap.newLinkedHashMap(entries.size());
        Map<String, List<AttributeValue>> repeated = new LinkedHashMap<>();
        for (KeyValue entry : entries) {
            AttributeValue value = of(entry.getValue());
            if (values.putIfAbsent(entry.getKey(), value) != null) {
                repeated.computeIfAbsent(entry.getKey(), key -> new ArrayList<>()).add(value);
            }
        }
        repeated.forEach(
                (key, others) ->
                        values.put(free(key, values), new AttributeValue.Sequence(others)));
        return values;
    }

    private static String free(String key, Map<String, AttributeValue> taken) {
        String free = REPEATED + key;
        while (taken.containsKey(free)) {
            free = REPEATED + free;
        }
        return free;
    }

    /** A kind of value of a later version of OTLP is kept as the bytes that it came in. */
    private static AttributeValue unknown(AnyValue value) {
        return value.getUnknownFields().asMap().isEmpty()
                ? new AttributeValue.Empty()
                : new AttributeValue.Mapping(
                        Map.of(
                                "otel.unknown_fields",
                                AttributeValue.Bytes.of(value.getUnknownFields().toByteArray())));
    }

    /** Whether a value can be the value of a field: a text or a number. */
    static boolean isScalar(AttributeValue value) {
        return switch (value) {
            case AttributeValue.Text text -> !text.value().isBlank();
            case AttributeValue.Whole whole -> true;
            case AttributeValue.Real real -> true;
            case AttributeValue.Empty empty -> false;
            case AttributeValue.Flag flag -> false;
            case AttributeValue.Bytes bytes -> false;
            case AttributeValue.Sequence sequence -> false;
            case AttributeValue.Mapping mapping -> false;
        };
    }
}
