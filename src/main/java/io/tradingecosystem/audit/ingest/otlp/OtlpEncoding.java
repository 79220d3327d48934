package io.tradingecosystem.audit.ingest.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.util.JsonFormat;

import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.server.grpc.TolerantMessages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The two ways in which OTLP/HTTP writes its messages. */
enum OtlpEncoding {
    PROTOBUF("application/x-protobuf"),
    JSON("application/json");

    private final String mediaType;

    OtlpEncoding(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The encoding of this media type, without parameters. */
    static Optional<OtlpEncoding> of(String mediaType) {
        String plain = mediaType.toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(e -> e.mediaType.equals(plain)).findFirst();
    }

    String mediaType() {
        return mediaType;
    }

    /**
     * Merges a body into a message.
     *
     * @return how many fields were not known and left out
     * @throws ProblemException if there are too many messages in it
     * @throws InvalidProtocolBufferException or a {@code JsonProcessingException} if it is not one
     */
    long read(InputStream body, Message.Builder message) throws IOException {
        return switch (this) {
            case PROTOBUF -> {
                ByteString bytes = ByteString.readFrom(body);
                Density.require(bytes, message.getDescriptorForType());
                TolerantMessages.merge(bytes, message);
                int unknown = message.getUnknownFields().asMap().size();
                message.setUnknownFields(UnknownFieldSet.getDefaultInstance());
                yield unknown;
            }
            case JSON -> OtlpJson.merge(body, message);
        };
    }

    byte[] write(Message message) {
        return switch (this) {
            case PROTOBUF -> message.toByteArray();
            case JSON -> {
                try {
                    String text =
                            JsonFormat.printer().omittingInsignificantWhitespace().print(message);
                    yield text.getBytes(StandardCharsets.UTF_8);
                } catch (InvalidProtocolBufferException e) {
                    // Only for an Any of an unknown type, which no answer has.
                    throw new UncheckedIOException(e);
                }
            }
        };
    }
}
