package io.tradingecosystem.audit.server.http.connect;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;

import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;

import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The two ways in which messages are written. */
enum ConnectCodec {
    JSON("json"),
    PROTO("proto");

    private static final String UNARY = "application/";
    private static final String STREAM = "application/connect+";

    private final String name;

    ConnectCodec(String name) {
        this.name = name;
    }

    /** The codec of a {@code Content-Type}, for one message or for a stream of them. */
    static Optional<ConnectCodec> of(String contentType, boolean stream) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        for (ConnectCodec codec : values()) {
            if (type.equals(codec.mediaType(stream))) {
                return Optional.of(codec);
            }
        }
        return Optional.empty();
    }

    /** Whether a {@code Content-Type} is one of a stream. */
    static boolean isStream(String contentType) {
        return contentType.strip().toLowerCase(Locale.ROOT).startsWith(STREAM);
    }

    String mediaType(boolean stream) {
        return (stream ? STREAM : UNARY) + name;
    }

    byte[] write(Message message) {
        if (this == PROTO) {
            return message.toByteArray();
        }
        try {
            return JsonFormat.printer()
                    .omittingInsignificantWhitespace()
                    .print(message)
                    .getBytes(StandardCharsets.UTF_8);
        } catch (InvalidProtocolBufferException e) {
            // Only for an Any of a type that is not known.
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a message. Fields that are not known are left out.
     *
     * @param prototype of the type that it is
     * @throws ProblemException if it is none
     */
    Message read(byte[] bytes, Message prototype) {
        try {
            return this == PROTO
                    ? prototype.getParserForType().parseFrom(bytes)
                    : json(bytes, prototype.newBuilderForType());
        } catch (InvalidProtocolBufferException e) {
            throw new ProblemException(unreadable(e.getMessage()));
        }
    }

    private static Message json(byte[] bytes, Message.Builder message)
            throws InvalidProtocolBufferException {
        String text = text(bytes);
        if (text.isBlank()) {
            throw new InvalidProtocolBufferException("it is empty, which is no JSON");
        }
        JsonFormat.parser().ignoringUnknownFields().merge(text, message);
        return message.build();
    }

    private static String text(byte[] bytes) throws InvalidProtocolBufferException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new InvalidProtocolBufferException("it is not UTF-8");
        }
    }

    /** The parser's words, without the name of its exception and where to read on. */
    private static Problem unreadable(@Nullable String reason) {
        String told =
                reason == null
                        ? "it ends too early"
                        : reason.replaceFirst("^[\\w.]+Exception: ", "")
                                .lines()
                                .findFirst()
                                .orElse("");
        return Problem.of(Kind.INVALID, "The message cannot be parsed: " + told);
    }
}
