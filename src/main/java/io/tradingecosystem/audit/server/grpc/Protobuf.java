package io.tradingecosystem.audit.server.grpc;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;

import io.tradingecosystem.audit.common.Hex;
import io.tradingecosystem.audit.common.InvalidQuestionException;
import io.tradingecosystem.audit.common.PageTokens;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Times, durations, choices and page tokens, in messages and in our own types. */
public final class Protobuf {
    private static final Set<String> NO_QUESTION = Set.of("page_token", "limit");

    private Protobuf() {}

    public static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    /**
     * A time of a request.
     *
     * @throws InvalidQuestionException if it is none: its years are 1 to 9999
     */
    public static Instant instant(Timestamp time) {
        if (!Timestamps.isValid(time)) {
            throw new InvalidQuestionException(
                    "seconds %d with nanos %d are no time of the years 1 to 9999"
                            .formatted(time.getSeconds(), time.getNanos()));
        }
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    /** Protobuf wants seconds and nanoseconds of one sign. */
    public static Duration duration(java.time.Duration duration) {
        boolean negative = duration.isNegative();
        java.time.Duration size = duration.abs();
        return Duration.newBuilder()
                .setSeconds(negative ? -size.getSeconds() : size.getSeconds())
                .setNanos(negative ? -size.getNano() : size.getNano())
                .build();
    }

    /**
     * A duration of a request.
     *
     * @throws InvalidQuestionException if it is none: it has 10,000 years at most, and seconds and
     *     nanoseconds of one sign
     */
    public static java.time.Duration duration(Duration duration) {
        if (!Durations.isValid(duration)) {
            throw new InvalidQuestionException(
                    "seconds %d with nanos %d are no duration"
                            .formatted(duration.getSeconds(), duration.getNanos()));
        }
        return java.time.Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
    }

    /**
     * The page tokens of a request: of its method, which alone has such a message, and of all that
     * it asks but for {@code page_token} and {@code limit}.
     */
    public static PageTokens pageTokens(Message request) {
        Message.Builder question = request.toBuilder();
        Descriptor type = request.getDescriptorForType();
        type.getFields().stream()
                .filter(field -> NO_QUESTION.contains(field.getName()))
                .forEach(question::clearField);
        return PageTokens.of(type.getFullName(), Hex.text(bytes(question.build())));
    }

    /** The same for messages that are equal; the entries of a map have no order otherwise. */
    private static byte[] bytes(Message message) {
        byte[] bytes = new byte[message.getSerializedSize()];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            message.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    /**
     * The constant of the same name; none for what is unspecified, or of a newer proto than ours.
     */
    public static <E extends Enum<E>> Optional<E> choice(Enum<?> asked, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> each.name().equals(asked.name()))
                .findFirst();
    }
}
