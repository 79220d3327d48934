package io.tradingecosystem.audit.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.tradingecosystem.audit.server.Problem.Kind;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/**
 * How handlers read bodies. Every body is bounded, by {@code server.http.max-body-size} unless the
 * handler says otherwise before it reads; what is over the bound is refused with 413, whether its
 * length was announced or not. Bodies in gzip come decompressed already; the bound counts what
 * comes out.
 */
public final class RequestBodies {
    /** What Jackson tells of where a text comes from, which is nothing. */
    private static final Pattern SOURCE = Pattern.compile("\\[Source: [^;]*; ");

    private RequestBodies() {}

    /**
     * Reads the body as JSON.
     *
     * @throws ProblemException 400 with line and column if it is not JSON or does not fit {@code
     *     type}, 413 if it is too large
     */
    public static <T> T json(ServerRequest request, Class<T> type) {
        try (InputStream body = stream(request)) {
            T value = Json.mapper().readValue(body, type);
            if (value == null || (value instanceof JsonNode node && node.isMissingNode())) {
                throw new ProblemException(
                        Problem.of(Kind.INVALID, "The body is empty; JSON is expected here."));
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new ProblemException(notJson(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body as it comes in, with the usual bound. */
    public static InputStream stream(ServerRequest request) {
        return request.content().hasEntity()
                ? request.content().inputStream()
                : InputStream.nullInputStream();
    }

    /**
     * The body as it comes in, with a bound of the handler's own: {@link Long#MAX_VALUE} where the
     * handler reads record by record and bounds each record. Must come before any other read.
     */
    public static InputStream stream(ServerRequest request, long maxBytes) {
        request.context().get(Bound.class).ifPresent(bound -> bound.most = maxBytes);
        return stream(request);
    }

    /** What to tell of JSON that cannot be read: where it goes wrong, and why. */
    public static Problem notJson(JsonProcessingException failure) {
        Problem problem =
                Problem.of(
                        Kind.INVALID,
                        "The body is not the JSON expected here: "
                                + SOURCE.matcher(failure.getOriginalMessage()).replaceAll("["));
        var place = failure.getLocation();
        return place == null
                ? problem
                : problem.with("line", place.getLineNr()).with("column", place.getColumnNr());
    }

    /** Bounds the body of a request that has one. */
    static void bound(ServerRequest request, long most) {
        var headers = request.headers();
        if (headers.contains(HeaderNames.CONTENT_LENGTH)
                || headers.contains(HeaderNames.TRANSFER_ENCODING)) {
            Bound bound = new Bound(most, headers.contentLength().orElse(0));
            request.context().register(bound);
            request.streamFilter(body -> new BoundedStream(body, bound));
        }
    }

    private static ProblemException tooLarge(long most) {
        return new ProblemException(
                Problem.of(Kind.TOO_LARGE, "The body is over the limit of " + most + " bytes.")
                        .with("limit", most));
    }

    private static final class Bound {
        private long most;
        private final long announced;

        Bound(long most, long announced) {
            this.most = most;
            this.announced = announced;
        }
    }

    private static final class BoundedStream extends FilterInputStream {
        private final Bound bound;
        private long seen;

        BoundedStream(InputStream in, Bound bound) {
            super(in);
            this.bound = bound;
            if (bound.announced > bound.most) {
                throw tooLarge(bound.most);
            }
        }

        @Override
        public int read() throws IOException {
            int value = read(super::read);
            if (value >= 0) {
                count(1);
            }
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = read(() -> super.read(buffer, offset, length));
            if (count > 0) {
                count(count);
            }
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(count);
            count(skipped);
            return skipped;
        }

        /** Helidon's exceptions for chunks that are none would count as errors of ours. */
        private static int read(Reading reading) throws IOException {
            try {
                return reading.read();
            } catch (NumberFormatException e) {
                throw new ProblemException(
                        Problem.of(Kind.INVALID, "The length of a chunk is not a number."));
            } catch (DataReader.IncorrectNewLineException e) {
                throw new ProblemException(
                        Problem.of(Kind.INVALID, "A chunk has another length than it says."));
            }
        }

        private interface Reading {
            int read() throws IOException;
        }

        private void count(long more) {
            seen += more;
            if (seen > bound.most) {
                throw tooLarge(bound.most);
            }
        }
    }
}
