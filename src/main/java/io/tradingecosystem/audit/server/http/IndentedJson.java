package io.tradingecosystem.audit.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * JSON for people: a line for each member, two blanks deeper for each level. It is indented while
 * it passes, whatever its length; an answer that is no JSON passes as it is. For one thread.
 */
final class IndentedJson extends FilterOutputStream {
    /** The parameter that asks for it. */
    static final String PARAMETER = "pretty";

    private static final byte[] BLANKS = "  ".getBytes(StandardCharsets.US_ASCII);

    private final RoutingResponse response;
    private boolean begun;
    private boolean json;
    private boolean inText;
    private boolean escaped;
    private boolean empty;
    private int depth;

    private IndentedJson(OutputStream out, RoutingResponse response) {
        super(out);
        this.response = response;
    }

    /** Indents the answer if a browser asks, or somebody who wants it so. */
    static void where(RoutingRequest request, RoutingResponse response) {
        boolean browser =
                request.headers().contains(HeaderNames.ACCEPT)
                        && request.headers().get(HeaderNames.ACCEPT).get().contains("text/html");
        if (browser || request.query().contains(PARAMETER)) {
            response.streamFilter(out -> new IndentedJson(out, response));
        }
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!begun) {
            begun = true;
            json =
                    response.headers()
                            .contentType()
                            .filter(type -> type.text().contains("json"))
                            .filter(type -> !type.text().contains("ndjson"))
                            .isPresent();
        }
        if (!json) {
            out.write(bytes, offset, length);
            return;
        }
        for (int i = offset; i < offset + length; i++) {
            indent(bytes[i]);
        }
    }

    private void indent(byte octet) throws IOException {
        if (inText) {
            out.write(octet);
            inText = escaped || octet != '"';
            escaped = !escaped && octet == '\\';
            return;
        }
        switch (octet) {
            case '{', '[' -> open(octet);
            case '}', ']' -> close(octet);
            case ',' -> {
                out.write(octet);
                line();
            }
            case ':' -> {
                out.write(octet);
                out.write(' ');
            }
            case ' ', '\t' -> {
                // Of other indentation there is none left.
            }
            default -> value(octet);
        }
    }

    private void value(byte octet) throws IOException {
        if (octet != '\n') {
            begin();
        }
        inText = octet == '"';
        out.write(octet);
    }

    private void open(byte octet) throws IOException {
        begin();
        out.write(octet);
        depth++;
        empty = true;
    }

    private void close(byte octet) throws IOException {
        depth--;
        if (!empty) {
            line();
        }
        empty = false;
        out.write(octet);
    }

    /** The first of an object or array begins a line. */
    private void begin() throws IOException {
        if (empty) {
            empty = false;
            line();
        }
    }

    private void line() throws IOException {
        out.write('\n');
        for (int i = 0; i < depth; i++) {
            out.write(BLANKS);
        }
    }
}
