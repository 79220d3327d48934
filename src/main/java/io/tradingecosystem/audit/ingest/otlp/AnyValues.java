package io.tradingecosystem.audit.ingest.otlp;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.tradingecosystem.audit.event.AttributeValue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * OpenTelemetry's values as ours. An empty value is an empty text, as null is at the other doors; a
 * map that has a key twice, which OTLP forbids, is a list of maps with one entry each.
 */
final class AnyValues {
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
            case VALUE_NOT_SET -> new AttributeValue.Text("");
        };
    }

    /** Names with values as one value. */
    static AttributeValue mapping(List<KeyValue> entries) {
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        entries.forEach(entry -> values.put(entry.getKey(), of(entry.getValue())));
        if (values.size() == entries.size()) {
            return new AttributeValue.Mapping(values);
        }
        List<AttributeValue> single = new ArrayList<>();
        for (KeyValue entry : entries) {
            single.add(new AttributeValue.Mapping(Map.of(entry.getKey(), of(entry.getValue()))));
        }
        return new AttributeValue.Sequence(single);
    }

    /** Whether a value can be the value of a field: something that can be written as one text. */
    static boolean isScalar(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> !value.getStringValue().isBlank();
            case BOOL_VALUE, INT_VALUE, DOUBLE_VALUE -> true;
            case BYTES_VALUE, ARRAY_VALUE, KVLIST_VALUE, VALUE_NOT_SET -> false;
        };
    }
}
