package io.tradingecosystem.audit.server.connection;

import io.helidon.webserver.ServerConnectionException;
import io.tradingecosystem.audit.common.ByteWriter;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * An answer as a client can read it who asked with HEAD, or in HTTP/1.0: without its body, or
 * without chunks, and the last one of its connection. For one thread.
 *
 * <p>Fault: Helidon 4.5.0 answers HTTP/1.0 with 505, and a route for GET does not serve HEAD. Held
 * by: {@code HttpVersionsTest}. Look again: Helidon 4.6.
 */
final class BareAnswer {
    private static final byte[] END_OF_HEAD = {13, 10, 13, 10};
    private static final String CHUNKED = "\r\ntransfer-encoding: chunked\r\n";

    private enum Part {
        HEAD,
        WHOLE,
        SIZE,
        DATA,
        DATA_END,
        NOTHING
    }

    private final RequestHead request;
    private final ByteWriter head = new ByteWriter(256);
    private Part part = Part.HEAD;
    private int left;

    private BareAnswer(RequestHead request) {
        this.request = request;
    }

    /** The answer to a request, if it needs one of these. */
    static Optional<BareAnswer> to(RequestHead request) {
        return request.isHead() || request.isOld()
                ? Optional.of(new BareAnswer(request))
                : Optional.empty();
    }

    /**
     * What of the next bytes is sent.
     *
     * @throws ServerConnectionException if the client has all that it gets
     */
    byte[] next(byte[] bytes) {
        if (part == Part.NOTHING && request.isHead()) {
            throw new ServerConnectionException(
                    "The head is answered", new IllegalStateException("HEAD"));
        }
        ByteWriter sent = new ByteWriter(bytes.length);
        int at = 0;
        while (at < bytes.length) {
            at = next(bytes, at, sent);
        }
        return sent.bytes();
    }

    private int next(byte[] bytes, int at, ByteWriter sent) {
        return switch (part) {
            case HEAD -> head(bytes[at], sent, at);
            case WHOLE -> {
                sent.octets(bytes, at, bytes.length - at);
                yield bytes.length;
            }
            case SIZE -> size(bytes[at], at);
            case DATA -> {
                int count = Math.min(left, bytes.length - at);
                sent.octets(bytes, at, count);
                left -= count;
                part = left == 0 ? Part.DATA_END : Part.DATA;
                yield at + count;
            }
            case DATA_END -> {
                part = bytes[at] == '\n' ? Part.SIZE : Part.DATA_END;
                yield at + 1;
            }
            case NOTHING -> bytes.length;
        };
    }

    private int size(byte octet, int at) {
        if (octet == '\n') {
            part = left == 0 ? Part.NOTHING : Part.DATA;
        } else if (Octets.digit(octet) >= 0) {
            left = (left << 4) | Octets.digit(octet);
        }
        return at + 1;
    }

    private int head(byte octet, ByteWriter sent, int at) {
        head.octet(octet);
        if (octet == '\n' && endsHead()) {
            String text = new String(head.array(), 0, head.size(), StandardCharsets.ISO_8859_1);
            int chunked = text.toLowerCase(Locale.ROOT).indexOf(CHUNKED);
            part = request.isHead() ? Part.NOTHING : chunked < 0 ? Part.WHOLE : Part.SIZE;
            boolean cut = part == Part.SIZE;
            String told =
                    cut
                            ? text.substring(0, chunked)
                                    + text.substring(chunked + CHUNKED.length() - 2)
                            : text;
            sent.octets(told.getBytes(StandardCharsets.ISO_8859_1));
        }
        return at + 1;
    }

    private boolean endsHead() {
        int size = head.size();
        for (int i = 0; i < END_OF_HEAD.length; i++) {
            if (size < 4 || head.array()[size - END_OF_HEAD.length + i] != END_OF_HEAD[i]) {
                return false;
            }
        }
        return true;
    }
}
