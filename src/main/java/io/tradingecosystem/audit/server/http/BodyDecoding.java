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
import java.io.PushbackInputStream;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Bodies with {@code Content-Encoding}, inflated while they are read; what bounds a body counts
 * what comes out here, so a bomb is a body over the limit. Answers are not compressed.
 */
final class BodyDecoding implements ContentEncoding {
    /** What a body may be coded in, in small letters. */
    static final Set<String> CODINGS = Set.of("gzip", "x-gzip", "deflate");

    private static final int BUFFER = 8 << 10;
    private static final int ZLIB = 0x78;

    private final String name;
    private final Set<String> ids;
    private final Opening opening;

    private BodyDecoding(String name, Set<String> ids, Opening opening) {
        this.name = name;
        this.ids = ids;
        this.opening = opening;
    }

    static ContentEncoding gzip() {
        return new BodyDecoding(
                "gzip", Set.of("gzip", "x-gzip"), body -> new GZIPInputStream(body, BUFFER));
    }

    /** The format of zlib, and without its header, as some clients have always sent it. */
    static ContentEncoding deflate() {
        return new BodyDecoding("deflate", Set.of("deflate"), BodyDecoding::deflated);
    }

    private static InputStream deflated(InputStream body) throws IOException {
        PushbackInputStream compressed = new PushbackInputStream(body, 1);
        int first = compressed.read();
        if (first >= 0) {
            compressed.unread(first);
        }
        Inflater inflater = new Inflater(first != ZLIB);
        return new InflaterInputStream(compressed, inflater, BUFFER) {
            @Override
            public void close() throws IOException {
                inflater.end();
                super.close();
            }
        };
    }

    @Override
    public Set<String> ids() {
        return ids;
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
        return body -> new Inflating(body, name, opening);
    }

    @Override
    public ContentEncoder encoder() {
        return ContentEncoder.NO_OP;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String type() {
        return name;
    }

    /** Begins to read a body. */
    private interface Opening {
        InputStream open(InputStream compressed) throws IOException;
    }

    /** Reads the header of the format when it is first read itself: before, nothing may be sent. */
    private static final class Inflating extends InputStream {
        private final InputStream compressed;
        private final String coding;
        private final Opening opening;
        private Optional<InputStream> inflated = Optional.empty();

        Inflating(InputStream compressed, String coding, Opening opening) {
            this.compressed = compressed;
            this.coding = coding;
            this.opening = opening;
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
                    inflated = Optional.of(opening.open(compressed));
                }
                return inflated.get().read(buffer, offset, length);
            } catch (ZipException | EOFException e) {
                throw new ProblemException(
                        Problem.of(
                                Kind.INVALID,
                                "The body is not the " + coding + " it is said to be."));
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
