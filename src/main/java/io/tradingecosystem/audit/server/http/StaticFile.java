package io.tradingecosystem.audit.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A file of the jar, served as it is. Immutable. */
public final class StaticFile implements Handler {
    private final byte[] content;
    private final String type;

    private StaticFile(byte[] content, String type) {
        this.content = content;
        this.type = type;
    }

    /**
     * Serves a file of the jar.
     *
     * @param resource its name from the root on, such as {@code /openapi.yaml}
     * @param type its media type
     */
    public static StaticFile of(String resource, String type) {
        return new StaticFile(read(resource), type);
    }

    /** Serves a text. */
    static StaticFile text(String content, String type) {
        return new StaticFile(content.getBytes(StandardCharsets.UTF_8), type);
    }

    /** The content of a file of the jar. */
    public static byte[] read(String resource) {
        try (InputStream in = StaticFile.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not in the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, type).send(content);
    }
}
