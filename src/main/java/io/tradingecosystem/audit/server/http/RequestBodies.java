package io.tradingecosystem.audit.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.http.ServerRequest;
import io.tradingecosystem.audit.common.Json;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;
import io.tradingecosystem.audit.server.connection.BodyMemory;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/**
 * How handlers read bodies. Every body is bounded, by {@code server.http.max-body-size} unless the
 * handler says otherwise before it reads; what is over the bound is refused with 413, whether its
 * length was announced or not. Bodies in gzip come decompressed already; the bound counts what
 * comes out. What all bodies take together is bounded as well, by {@code
 * server.http.max-inbound-memory}; one that does not fit is refused with 429.
 */
public final class RequestBodies {
    /** What Jackson tells of where a text comes from, which is nothing. */
    private static final Pattern SOURCE = Pattern.compile("\\[Source: [^;]*; ");

    private static final int TURN = 64 << 10;

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

    /** The body as it comes in, with the default bound. */
    public static InputStream stream(ServerRequest request) {
        return request.content().hasEntity()
                ? request.content().inputStream()
                : InputStream.nullInputStream();
    }

    /**
     * The body as it comes in, with a bound of the handler's own. Must come before any other read.
     */
    public static InputStream stream(ServerRequest request, long maxBytes) {
        request.context().get(Bound.class).ifPresent(bound -> bound.max = maxBytes);
        return stream(request);
    }

    /**
     * The body as it comes in, without a bound, for a handler that reads record by record, bounds
     * each record and counts itself what it holds of them. Must come before any other read.
     */
    public static InputStream records(ServerRequest request) {
        request.context().get(Bound.class).ifPresent(bound -> bound.counted = false);
        return stream(request, Long.MAX_VALUE);
    }

    /** Counts what the handler holds of the body's records. */
    public static BodyMemory memory(ServerRequest request) {
        return request.context()
                .get(Bound.class)
                .map(bound -> bound.memory)
                .orElseGet(BodyMemory::none);
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
    static void bound(ServerRequest request, long max, BodyMemory memory) {
        Bound bound = new Bound(max, request.headers().contentLength().orElse(0), memory);
        request.context().register(bound);
        request.streamFilter(body -> new BoundedStream(body, bound));
    }

    private static ProblemException tooLarge(long max) {
        return new ProblemException(
                Problem.of(Kind.TOO_LARGE, "The body is over the limit of " + max + " bytes.")
                        .with("limit", max));
    }

    private static final class Bound {
        private long max;
        private boolean counted = true;
        private final long announced;
        private final BodyMemory memory;

        Bound(long max, long announced, BodyMemory memory) {
            this.max = max;
            this.announced = announced;
            this.memory = memory;
        }
    }

    private static final class BoundedStream extends FilterInputStream {
        private final Bound bound;
        private long seen;

        BoundedStream(InputStream in, Bound bound) {
            super(in);
            this.bound = bound;
            if (bound.announced > bound.max) {
                throw tooLarge(bound.max);
            }
        }

        @Override
        public int read() throws IOException {
            int value = read(super::read);
            count(value < 0 ? -1 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = read(() -> super.read(buffer, offset, length));
            count(count);
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(count);
            count(skipped);
            return skipped;
        }

        /** Helidon's exceptions for malformed chunks would count as internal errors. */
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

        @SuppressWarnings("ThreadPriorityCheck") // Virtual threads are not preempted.
        private void count(long more) {
            if (more < 0) {
                bound.memory.complete();
                return;
            }
            seen += more;
            if (seen == bound.announced) {
                bound.memory.complete();
            }
            if (seen > bound.max) {
                throw tooLarge(bound.max);
            }
            if (bound.counted) {
                bound.memory.require(BodyMemory.COPIES * more);
            }
            if (seen / TURN > (seen - more) / TURN) {
                // Who works on a body that is here already never waits; others must have their
                // turn.
                Thread.yield();
            }
        }
    }
}
