package io.tradingecosystem.audit.ingest.otlp;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.tradingecosystem.audit.common.UnicodeText;

import java.util.List;

/**
 * Messages as bytes where a text may be no Unicode text, which protobuf writes with a warning in
 * the log for each. The check costs little for a log record, of which there are many.
 */
final class WellFormed {
    private WellFormed() {}

    /** The bytes of a log record, with U+FFFD for what is no Unicode text. */
    static byte[] bytes(LogRecord log) {
        boolean plain =
                is(log.getBody())
                        && UnicodeText.isWellFormed(log.getEventName())
                        && UnicodeText.isWellFormed(log.getSeverityText())
                        && are(log.getAttributesList());
        return plain ? log.toByteArray() : repaired(log).toByteArray();
    }

    /** The bytes of any message, with U+FFFD for what is no Unicode text. */
    static byte[] bytes(Message message) {
        return repaired(message).toByteArray();
    }

    private static boolean is(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> UnicodeText.isWellFormed(value.getStringValue());
            case ARRAY_VALUE ->
                    value.getArrayValue().getValuesList().stream().allMatch(WellFormed::is);
            case KVLIST_VALUE -> are(value.getKvlistValue().getValuesList());
            case BOOL_VALUE, INT_VALUE, DOUBLE_VALUE, BYTES_VALUE, VALUE_NOT_SET -> true;
        };
    }

    private static boolean are(List<KeyValue> attributes) {
        for (KeyValue attribute : attributes) {
            if (!UnicodeText.isWellFormed(attribute.getKey()) || !is(attribute.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static Message repaired(Message message) {
        Message.Builder repaired = message.toBuilder();
        message.getAllFields()
                .forEach(
                        (field, value) -> {
                            if (field.isRepeated()) {
                                List<?> values = (List<?>) value;
                                for (int i = 0; i < values.size(); i++) {
                                    repaired.setRepeatedField(
                                            field, i, repaired(field, values.get(i)));
                                }
                            } else {
                                repaired.setField(field, repaired(field, value));
                            }
                        });
        return repaired.build();
    }

    private static Object repaired(FieldDescriptor field, Object value) {
        return field.getJavaType() == JavaType.STRING
                ? UnicodeText.repaired((String) value)
                : value instanceof Message message ? repaired(message) : value;
    }
}
