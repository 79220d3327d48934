package io.tradingecosystem.audit.server.grpc;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Messages as streams that fail when they are read past a bound, so that the bound is met inside
 * {@link GrpcCallFilter} and reported as {@code RESOURCE_EXHAUSTED}. The thread of the call reads;
 * a read costs a comparison.
 *
 * <p>Fault: grpc-okhttp 1.73.0, {@code OkHttpServerTransport}, resets the stream of a message over
 * {@code maxInboundMessageSize} without a status, and what the client still sends is never credited
 * to the window of the connection. Shown by: {@code
 * OkHttpFaultsTest.shouldResetTheStreamOfAMessageOverTheLimitWithoutAWord}. Held by: {@code
 * GrpcCallSuite.shouldRefuseAMessageOverTheLimit}. Look again: grpc-okhttp 1.80.
 */
public final class BoundedMessages implements Marshaller<InputStream> {
    private final int max;

    BoundedMessages(int max) {
        this.max = max;
    }

    @Override
    public InputStream stream(InputStream message) {
        return message;
    }

    @Override
    public InputStream parse(InputStream message) {
        return message instanceof KnownLength ? new Known(message) : new Bounded(message);
    }

    public static StatusRuntimeException tooLarge(int max) {
        return Status.RESOURCE_EXHAUSTED
                .withDescription(
                        "The message is over server.grpc.max-message-size, " + max + " bytes.")
                .asRuntimeException();
    }

    /** Counts what is read. */
    private class Bounded extends FilterInputStream {
        private int seen;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            count(Math.max(0, count));
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(count);
            count((int) skipped);
            return skipped;
        }

        private void count(int more) {
            seen += more;
            if (seen > max) {
                throw tooLarge(max);
            }
        }
    }

    /** Lets protobuf see the length, for its quick way of reading. */
    private final class Known extends Bounded implements KnownLength {
        Known(InputStream in) {
            super(in);
        }

        @Override
        public int available() throws IOException {
            int length = super.available();
            if (length > max) {
                throw tooLarge(max);
            }
            return length;
        }
    }
}
