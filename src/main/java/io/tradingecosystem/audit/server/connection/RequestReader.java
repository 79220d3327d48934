package io.tradingecosystem.audit.server.connection;

import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;

import java.util.Set;

/**
 * Reads the requests of a connection before Helidon does: refuses what is not HTTP/1.1 or 1.0 as
 * RFC 9112 has it, and hands on one normal form of what is. For one thread.
 *
 * <p>Fault: Helidon 4.5.0, {@code Http1Connection.readNextChunk}, does not look at what follows a
 * chunk, takes {@code +3b} for a size, refuses extensions and waits for ever at a trailer field;
 * {@code Http1Prologue} takes a fragment, and methods in small letters. Shown by: {@code
 * HelidonFaultsTest.shouldPassOverWhatFollowsAChunk}. Held by: {@code RequestReaderTest}, {@code
 * HttpAttackTest}. Look again: Helidon 4.6.
 */
final class RequestReader {
    /** The longest first line of a request. */
    static final int MAX_LINE = 4 << 10;

    /** The longest head without its first line. */
    static final int MAX_FIELDS = 16 << 10;

    private enum State {
        HEAD,
        BODY,
        CHUNKS,
        REFUSED
    }

    private final HeldBytes held = new HeldBytes();
    private final Set<String> codings;
    private ChunkReader chunks = new ChunkReader(held);
    private State state = State.HEAD;
    private RequestHead head = RequestHead.NONE;
    private boolean begun;
    private boolean fresh;
    private boolean mustContinue;
    private int line;
    private int fields;
    private long left;

    /**
     * A connection without a request yet.
     *
     * @param codings the content codings that are taken
     */
    RequestReader(Set<String> codings) {
        this.codings = codings;
    }

    /** The head of the request that is read, or was read last. */
    RequestHead head() {
        return head;
    }

    /** Whether a head was read since this was asked. */
    boolean takeHead() {
        boolean now = fresh;
        fresh = false;
        return now;
    }

    /** Whether a head has begun to come and is not there yet. */
    boolean hasPartOfHead() {
        return state == State.HEAD && held.size() > 0;
    }

    /** Whether a request was refused; what comes behind it has no meaning. */
    boolean hasRefused() {
        return state == State.REFUSED;
    }

    /** Whether the client is to be told now that its body is wanted; true once a request. */
    boolean takeContinue() {
        boolean now = mustContinue && held.size() == 0;
        mustContinue = false;
        return now;
    }

    /** Takes what has come; the array belongs to this from here on. */
    void add(byte[] bytes) {
        held.add(bytes);
    }

    /**
     * The next bytes in normal form; none if more must come first.
     *
     * @throws RequestException if it is not a request, or one that is not taken
     */
    byte[] next() {
        try {
            return switch (state) {
                case HEAD -> nextOfHead();
                case BODY -> nextOfBody();
                case CHUNKS -> nextOfChunks();
                case REFUSED -> throw new CloseConnectionException("A request was refused");
            };
        } catch (RequestException e) {
            state = State.REFUSED;
            throw e;
        }
    }

    private byte[] nextOfHead() {
        for (int length = lineLength(); length >= 0; length = lineLength()) {
            if (line > 0 && length == 0) {
                return wholeHead(line + 2);
            }
            if (length == 0) {
                // RFC 9112, 2.2: some clients send an empty line behind a body.
                held.skip(2);
            } else {
                line += length + 2;
                fields = fields == 0 ? line : fields;
            }
        }
        if (line > 0 && !begun) {
            // Who speaks HTTP/0.9 sends no more than this line, and waits.
            new HeadReader(held.array(), held.from(), held.from() + line, codings).begin();
            begun = true;
        }
        return new byte[0];
    }

    private int lineLength() {
        return line == 0
                ? held.lineLength(0, MAX_LINE, Status.REQUEST_URI_TOO_LONG_414)
                : held.lineLength(line, MAX_FIELDS - (line - fields), Refused.FIELDS_TOO_LARGE);
    }

    private byte[] wholeHead(int length) {
        HeadReader reader =
                new HeadReader(held.array(), held.from(), held.from() + length, codings);
        byte[] normal = reader.read();
        head = reader.head();
        fresh = true;
        held.skip(length);
        line = 0;
        fields = 0;
        begun = false;
        left = head.length();
        if (head.chunked()) {
            chunks = new ChunkReader(held);
            state = State.CHUNKS;
        } else if (left > 0) {
            state = State.BODY;
        }
        mustContinue = head.awaitsContinue() && state != State.HEAD;
        return normal;
    }

    private byte[] nextOfBody() {
        int count = (int) Math.min(left, held.size());
        left -= count;
        if (left == 0) {
            state = State.HEAD;
        }
        return held.take(count);
    }

    private byte[] nextOfChunks() {
        byte[] next = chunks.next();
        if (chunks.isOver()) {
            state = State.HEAD;
        }
        return next;
    }
}
