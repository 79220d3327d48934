package io.tradingecosystem.audit.api;

import com.fasterxml.jackson.core.JsonGenerator;

import io.helidon.common.media.type.MediaType;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tradingecosystem.audit.common.Json;

import org.jspecify.annotations.Nullable;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Answers that are written while they are made, however long they are. */
public final class Answers {
    private static final int BUFFER = 64 * 1024;

    private Answers() {}

    /** Writes a document. */
    @FunctionalInterface
    public interface Document<T> {
        void write(T out) throws IOException;
    }

    public static void json(ServerResponse response, Document<JsonGenerator> document) {
        json(response, document, new Late(response));
    }

    private static void json(
            ServerResponse response, Document<JsonGenerator> document, OutputStream to) {
        response.headers().contentType(MediaTypes.APPLICATION_JSON);
        write(
                to,
                out -> {
                    JsonGenerator json = Json.mapper().getFactory().createGenerator(out);
                    document.write(json);
                    json.flush();
                    out.write('\n');
                });
    }

    /** What is found for an answer. */
    @FunctionalInterface
    public interface Finding<T> {
        /**
         * Finds it.
         *
         * @param gone is asked again and again whether nobody waits any more
         */
        T find(BooleanSupplier gone);
    }

    /** Writes what was found. */
    @FunctionalInterface
    public interface Written<T> {
        void write(T found, JsonGenerator out) throws IOException;
    }

    /**
     * An answer that may take long to find: meanwhile spaces go out, from a second on, which fails
     * where the caller has gone and so ends the finding. What goes wrong behind the first of them
     * ends the connection.
     *
     * @param ticker monotonic time in nanoseconds
     */
    public static <T> void json(
            ServerResponse response, LongSupplier ticker, Finding<T> finding, Written<T> written) {
        Pulse pulse = new Pulse(response, ticker);
        T found = finding.find(pulse::isGone);
        json(response, out -> written.write(found, out), pulse.out);
    }

    public static void text(ServerResponse response, Document<Writer> document) {
        text(response, MediaTypes.create("text/plain;charset=UTF-8"), document);
    }

    /** A text in UTF-8 of some type. */
    public static void text(ServerResponse response, MediaType type, Document<Writer> document) {
        response.headers().contentType(type);
        write(
                new Late(response),
                out -> {
                    Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
                    document.write(text);
                    text.flush();
                });
    }

    /**
     * Opens the answer when the buffer is full, so that a failure before that is told in an answer
     * of its own. After a later one the answer is left open: the connection ends without the last
     * chunk, and nobody takes a part for the whole.
     */
    private static void write(OutputStream to, Document<OutputStream> document) {
        try {
            OutputStream out = new BufferedOutputStream(to, BUFFER);
            document.write(new Unflushed(out));
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the caller would rather have text than JSON. */
    public static boolean wantsText(ServerRequest request) {
        var headers = request.headers();
        return headers.contains(HeaderNames.ACCEPT)
                && !headers.isAccepted(MediaTypes.APPLICATION_JSON)
                && headers.isAccepted(MediaTypes.TEXT_PLAIN);
    }

    /** Finds out whether a caller has gone, by saying nothing to it. */
    private static final class Pulse {
        private static final long FIRST = TimeUnit.SECONDS.toNanos(1);
        private static final long NEXT = TimeUnit.MILLISECONDS.toNanos(500);

        private final OutputStream out;
        private final ServerResponse response;
        private final LongSupplier ticker;
        private long due;

        Pulse(ServerResponse response, LongSupplier ticker) {
            this.out = new Late(response);
            this.response = response;
            this.ticker = ticker;
            this.due = ticker.getAsLong() + FIRST;
        }

        /** Never: where somebody has gone, it fails. */
        boolean isGone() {
            long now = ticker.getAsLong();
            if (now - due >= 0) {
                due = now + NEXT;
                beat();
            }
            return false;
        }

        private void beat() {
            response.headers().contentType(MediaTypes.APPLICATION_JSON);
            try {
                out.write(' ');
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The answer's stream, opened at the first byte. */
    private static final class Late extends OutputStream {
        private final ServerResponse response;
        private @Nullable OutputStream open;

        Late(ServerResponse response) {
            this.response = response;
        }

        @Override
        public void write(int value) throws IOException {
            opened().write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            opened().write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            opened().flush();
        }

        @Override
        public void close() throws IOException {
            opened().close();
        }

        private OutputStream opened() {
            OutputStream stream = open;
            if (stream == null) {
                stream = response.outputStream();
                open = stream;
            }
            return stream;
        }
    }

    /** Leaves it to the buffer when to send. */
    private static final class Unflushed extends FilterOutputStream {
        Unflushed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() {
            // A flush of a layer above means that it holds nothing back; the buffer below may.
        }
    }
}
