package io.tradingecosystem.audit.server.grpc.helidon;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tradingecosystem.audit.server.grpc.BoundedMessages;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * Messages as streams of their own, copied, as Helidon uses its buffer again. Reading never fails
 * here: a message over the bound, or one that cannot be inflated, fails when {@code GrpcCallFilter}
 * reads it. Runs on Helidon's thread of the stream.
 *
 * <p>Fault: Helidon 4.5.0, {@code GrpcProtocolHandler.data} with its local {@code isCompressed},
 * forgets that a message is compressed when the message comes in more than one DATA frame, so this
 * class looks for gzip's magic number (RFC 1952, 2.3.1). No protobuf message starts with that
 * number: it would be a field of wire type 7, which there is not. Shown by: {@code
 * HelidonGrpcFaultsTest.shouldNotInflateAMessageThatComesInSeveralFrames}. Held by: {@code
 * GrpcCallSuite.shouldInflateGzipOfAnySize}. Look again: Helidon 4.6.
 */
final class HelidonMessages implements Marshaller<InputStream> {
    private static final int MAGIC_1 = 0x1f;
    private static final int MAGIC_2 = 0x8b;

    private final int max;

    HelidonMessages(int max) {
        this.max = max;
    }

    @Override
    public InputStream stream(InputStream message) {
        return message;
    }

    @Override
    public InputStream parse(InputStream stream) {
        try {
            byte[] message = inflated(stream).readNBytes(max + 1);
            return message.length <= max
                    ? new Message(message)
                    : new Unreadable(BoundedMessages.tooLarge(max));
        } catch (IOException e) {
            return new Unreadable(
                    Status.INVALID_ARGUMENT
                            .withDescription(
                                    "The message cannot be inflated: "
                                            + Objects.requireNonNullElse(
                                                    e.getMessage(), "it ends too early"))
                            .asRuntimeException());
        }
    }

    private static InputStream inflated(InputStream stream) throws IOException {
        PushbackInputStream in = new PushbackInputStream(stream, 2);
        byte[] start = in.readNBytes(2);
        in.unread(start);
        boolean gzip =
                start.length == 2 && (start[0] & 0xff) == MAGIC_1 && (start[1] & 0xff) == MAGIC_2;
        return gzip ? new GZIPInputStream(in) : in;
    }

    /** Lets protobuf see the length, for its quick way of reading. */
    private static final class Message extends ByteArrayInputStream implements KnownLength {
        Message(byte[] bytes) {
            super(bytes);
        }
    }

    private static final class Unreadable extends InputStream {
        private final StatusRuntimeException failure;

        Unreadable(StatusRuntimeException failure) {
            this.failure = failure;
        }

        @Override
        public int read() {
            throw failure;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            throw failure;
        }
    }
}
