package io.tradingecosystem.audit.api;

import com.fasterxml.jackson.core.JsonGenerator;

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
        response.headers().contentType(MediaTypes.APPLICATION_JSON);
        write(
                response,
                out -> {
                    JsonGenerator json = Json.mapper().getFactory().createGenerator(out);
                    document.write(json);
                    json.flush();
                    out.write('\n');
                });
    }

    public static void text(ServerResponse response, Document<Writer> document) {
        response.headers().contentType(MediaTypes.create("text/plain;charset=UTF-8"));
        write(
                response,
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
    private static void write(ServerResponse response, Document<OutputStream> document) {
        try {
            OutputStream out = new BufferedOutputStream(new Late(response), BUFFER);
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
