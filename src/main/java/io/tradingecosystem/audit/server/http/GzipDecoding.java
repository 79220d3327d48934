package io.tradingecosystem.audit.server.http;

import io.helidon.http.encoding.ContentDecoder;
import io.helidon.http.encoding.ContentEncoder;
import io.helidon.http.encoding.ContentEncoding;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Bodies with {@code Content-Encoding: gzip}, inflated while they are read; what bounds a body
 * counts what comes out here, so a bomb is a body over the limit. Answers are not compressed.
 */
final class GzipDecoding implements ContentEncoding {
    private static final int BUFFER = 8 << 10;

    @Override
    public Set<String> ids() {
        return Set.of("gzip", "x-gzip");
    }

    @Override
    public boolean supportsEncoding() {
        return false;
    }

    @Override
    public boolean supportsDecoding() {
        return true;
    }

    @Override
    public ContentDecoder decoder() {
        return Inflating::new;
    }

    @Override
    public ContentEncoder encoder() {
        return ContentEncoder.NO_OP;
    }

    @Override
    public String name() {
        return "gzip";
    }

    @Override
    public String type() {
        return "gzip";
    }

    /** Reads the header of the format when it is first read itself: before, nothing may be sent. */
    private static final class Inflating extends InputStream {
        private final InputStream compressed;
        private Optional<InputStream> inflated = Optional.empty();

        Inflating(InputStream compressed) {
            this.compressed = compressed;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                if (inflated.isEmpty()) {
                    inflated = Optional.of(new GZIPInputStream(compressed, BUFFER));
                }
                return inflated.get().read(buffer, offset, length);
            } catch (ZipException | EOFException e) {
                throw new ProblemException(
                        Problem.of(Kind.INVALID, "The body is not the gzip it is said to be."));
            }
        }

        @Override
        public void close() throws IOException {
            if (inflated.isPresent()) {
                inflated.get().close();
            } else {
                compressed.close();
            }
        }
    }
}
