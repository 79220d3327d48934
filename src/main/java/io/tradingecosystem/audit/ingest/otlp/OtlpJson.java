package io.tradingecosystem.audit.ingest.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.tradingecosystem.audit.event.json.ExactReal;
import io.tradingecosystem.audit.event.json.JsonParsers;
import io.tradingecosystem.audit.server.grpc.TolerantMessages;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads OTLP/JSON: protobuf's JSON mapping with the changes of the OTLP specification (section
 * "JSON Protobuf Encoding"): ids in hex, enums as numbers, unknown fields ignored. protobuf's own
 * {@code JsonFormat} takes ids for base64 and holds the whole text as a tree; this reads token by
 * token, guided by the message's descriptor, and counts what it did not know. It is as tolerant as
 * {@code JsonFormat}: numbers in texts, enums by name, fields in snake_case, null for absent.
 *
 * <p>One reader reads one message.
 */
final class OtlpJson {
    private static final Set<String> HEX_FIELDS = Set.of("trace_id", "span_id", "parent_span_id");
    private static final String INVALID = "otel.invalid_";
    private static final Pattern NUMBER =
            Pattern.compile("-?[0-9]{1,40}(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?");
    private static final BigInteger MAX_UNSIGNED = BigInteger.ONE.shiftLeft(64);
    private static final BigInteger MAX_SIGNED = BigInteger.ONE.shiftLeft(63);

    private final JsonParser json;
    private long unknownFields;
    private int messages;
    private int depth;

    private OtlpJson(JsonParser json) {
        this.json = json;
    }

    /**
     * Merges a text into a message.
     *
     * @return how many fields were not known and left out
     * @throws JsonProcessingException with line and column if it is not JSON, or not this message
     */
    static long merge(InputStream text, Message.Builder message) throws IOException {
        try (JsonParser json = JsonParsers.of(text)) {
            OtlpJson reader = new OtlpJson(json);
            json.nextToken();
            reader.message(message);
            if (json.nextToken() != null) {
                throw reader.wrong("nothing behind the message");
            }
            return reader.unknownFields;
        }
    }

    /** A message; an empty one if it is within so many others that no value is as deep. */
    private void message(Message.Builder message) throws IOException {
        if (depth > TolerantMessages.MAX_DEPTH) {
            json.skipChildren();
            return;
        }
        depth++;
        fields(message);
        depth--;
    }

    private void fields(Message.Builder message) throws IOException {
        if (++messages > Density.MAX) {
            throw Density.tooMany();
        }
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw wrong("an object for " + message.getDescriptorForType().getName());
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            FieldDescriptor field = field(message.getDescriptorForType(), json.currentName());
            JsonToken token = json.nextToken();
            if (field == null) {
                unknownFields++;
                json.skipChildren();
            } else if (token != JsonToken.VALUE_NULL) {
                field(message, field);
            }
        }
    }

    private static @org.jspecify.annotations.Nullable FieldDescriptor field(
            Descriptor message, String name) {
        FieldDescriptor field = message.findFieldByName(name);
        if (field != null) {
            return field;
        }
        // The names of OTLP are plain enough to be put back into snake_case.
        StringBuilder snake = new StringBuilder(name.length() + 8);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                snake.append('_').append((char) (c + 32));
            } else {
                snake.append(c);
            }
        }
        field = message.findFieldByName(snake.toString());
        return field != null && field.getJsonName().equals(name) ? field : null;
    }

    private void field(Message.Builder message, FieldDescriptor field) throws IOException {
        if (isThere(message, field)) {
            throw wrong("no second value beside " + field.getJsonName());
        }
        if (!field.isRepeated()) {
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                message(message.getFieldBuilder(field));
            } else if (message instanceof AnyValue.Builder value) {
                value(value, field);
            } else {
                message.setField(field, scalar(field));
            }
            return;
        }
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw wrong("an array for " + field.getJsonName());
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                Message.Builder element = message.newBuilderForField(field);
                message(element);
                message.addRepeatedField(field, element.build());
            } else {
                message.addRepeatedField(field, scalar(field));
            }
        }
    }

    /** What the value cannot hold is told in its place: of one value, nothing else is lost. */
    private void value(AnyValue.Builder value, FieldDescriptor field) throws IOException {
        try {
            value.setField(field, scalar(field));
        } catch (NotThisMessage e) {
            if (!json.currentToken().isScalarValue()) {
                throw e;
            }
            value.getKvlistValueBuilder()
                    .addValuesBuilder()
                    .setKey(INVALID + field.getName())
                    .getValueBuilder()
                    .setStringValue(json.getText());
        }
    }

    /** By its other name, or another one of which only one may be there. */
    private static boolean isThere(Message.Builder message, FieldDescriptor field) {
        OneofDescriptor oneof = field.getContainingOneof();
        return oneof == null
                ? !field.isRepeated() && message.hasField(field)
                : message.hasOneof(oneof);
    }

    private Object scalar(FieldDescriptor field) throws IOException {
        if (!json.currentToken().isScalarValue() || json.currentToken() == JsonToken.VALUE_NULL) {
            throw wrong("a value for " + field.getJsonName());
        }
        try {
            return switch (field.getJavaType()) {
                case STRING -> text(field);
                case BOOLEAN -> flag(field);
                case LONG -> whole(field, MAX_UNSIGNED, MAX_SIGNED).longValue();
                case INT ->
                        whole(field, MAX_UNSIGNED.shiftRight(32), MAX_SIGNED.shiftRight(32))
                                .intValue();
                case DOUBLE -> real();
                case FLOAT -> (float) real();
                case BYTE_STRING -> bytes(field);
                case ENUM -> enumValue(field);
                case MESSAGE -> throw new IllegalArgumentException("a message is no scalar");
            };
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw wrong(
                    switch (field.getJavaType()) {
                        case BYTE_STRING -> "base64 for " + field.getJsonName();
                        default -> "a number within its range for " + field.getJsonName();
                    });
        }
    }

    private String text(FieldDescriptor field) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong("a text for " + field.getJsonName());
        }
        return json.getText();
    }

    private boolean flag(FieldDescriptor field) throws IOException {
        return switch (json.getText()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong("true or false for " + field.getJsonName());
        };
    }

    /** A whole number, as a number or as a text, possibly written 1e3 or 5.0. */
    private BigInteger whole(FieldDescriptor field, BigInteger unsigned, BigInteger signed)
            throws IOException {
        String text = json.getText();
        if (text.length() > 40) {
            throw new NumberFormatException("too long");
        }
        if (!NUMBER.matcher(text).matches()) {
            throw new NumberFormatException("not JSON's grammar");
        }
        BigDecimal number = new BigDecimal(text);
        if (number.scale() < -40 || number.scale() > 40) {
            throw new NumberFormatException("too large or too small");
        }
        BigInteger value = number.toBigIntegerExact();
        boolean fits =
                switch (field.getType()) {
                    case UINT32, UINT64, FIXED32, FIXED64 ->
                            value.signum() >= 0 && value.compareTo(unsigned) < 0;
                    default -> value.compareTo(signed) < 0 && value.compareTo(signed.negate()) >= 0;
                };
        if (!fits) {
            throw new NumberFormatException("out of range");
        }
        return value;
    }

    private double real() throws IOException {
        return switch (json.getText()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default ->
                    ExactReal.parse(json.getText())
                            .orElseThrow(() -> new NumberFormatException("no double"));
        };
    }

    private ByteString bytes(FieldDescriptor field) throws IOException {
        String text = text(field);
        if (HEX_FIELDS.contains(field.getName())) {
            return hex(text);
        }
        return ByteString.copyFrom(
                Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/')));
    }

    private static ByteString hex(String text) {
        try {
            return ByteString.copyFrom(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException e) {
            return BadId.of(text);
        }
    }

    private EnumValueDescriptor enumValue(FieldDescriptor field) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return field.getEnumType().findValueByNumberCreatingIfUnknown(json.getIntValue());
        }
        EnumValueDescriptor value = field.getEnumType().findValueByName(json.getText());
        if (value == null) {
            throw new IllegalArgumentException("no such name");
        }
        return value;
    }

    private NotThisMessage wrong(String wanted) {
        return new NotThisMessage(
                wanted + " is expected here, there is " + json.currentToken(), json);
    }

    /** JSON, yet not the message. */
    private static final class NotThisMessage extends JsonProcessingException {
        private static final long serialVersionUID = 1L;

        NotThisMessage(String text, JsonParser json) {
            super(text, json.currentTokenLocation());
        }
    }
}
