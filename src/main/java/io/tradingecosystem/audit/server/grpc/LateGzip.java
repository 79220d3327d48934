package io.tradingecosystem.audit.server.grpc;

import io.grpc.Codec;
import io.grpc.Decompressor;
import io.grpc.DecompressorRegistry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * gzip whose own head is read with the first byte of the message, inside {@link GrpcCallFilter},
 * and not by the thread of the transport. Thread-safe.
 *
 * <p>Fault: grpc-core 1.73.0, {@code MessageDeframer.getCompressedBody}, throws in the transport
 * for a message that ends within the head of its gzip, and the stream is reset without a status.
 * Held by: {@code GrpcFuzzTest.shouldSayWhatIsWrongWithGzipThatIsCut}. Look again: grpc-core 1.80.
 */
final class LateGzip implements Decompressor {
    private LateGzip() {}

    /** What is taken: gzip, and what is not compressed. */
    static DecompressorRegistry registry() {
        return DecompressorRegistry.emptyInstance()
                .with(new LateGzip(), true)
                .with(Codec.Identity.NONE, false);
    }

    @Override
    public String getMessageEncoding() {
        return "gzip";
    }

    @Override
    public InputStream decompress(InputStream message) {
        return new Inflating(message);
    }

    private static final class Inflating extends FilterInputStream {
        private boolean begun;

        Inflating(InputStream message) {
            super(message);
        }

        private InputStream inflated() throws IOException {
            if (!begun) {
                begun = true;
                in = new GZIPInputStream(in);
            }
            return in;
        }

        @Override
        public int read() throws IOException {
            return inflated().read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return inflated().read(buffer, offset, length);
        }

        @Override
        public long skip(long count) throws IOException {
            return inflated().skip(count);
        }

        @Override
        public int available() throws IOException {
            return inflated().available();
        }
    }
}
