package io.tradingecosystem.audit.server.connection;

import io.helidon.http.Status;
import io.tradingecosystem.audit.common.ByteWriter;

/**
 * Reads a body in chunks (RFC 9112, 7.1) and writes it as chunks without extensions and trailer
 * fields, each as long as what is there. For one thread.
 *
 * <p>Fault: that of {@link RequestReader}. Helidon 4.5.0, {@code Http1Connection.readNextChunk},
 * reads a chunk of a body, and the line before it, as a whole into memory and without a bound.
 * Shown by: {@code HelidonFaultsTest.shouldReadAWholeChunkIntoMemoryBeforeAHandlerHasItsFirstByte}.
 * Look again: Helidon 4.6.
 */
final class ChunkReader {
    private static final int MAX_LINE = 4 << 10;
    private static final int MAX_TRAILERS = 16 << 10;

    /** How many bytes may frame a body, beside those that its chunks need. */
    private static final int MAX_EXCESS = 16 << 10;

    private static final int CHUNK_NEEDS = 16;
    private static final int SIZE_DIGITS = 8;
    private static final byte[] SIZE_TO_COME = {'0', '0', '0', '0', '0', '0', '0', '0', 13, 10};
    private static final byte[] LAST_CHUNK = {'0', 13, 10, 13, 10};
    private static final byte[] NOTHING = {};

    private enum State {
        SIZE,
        DATA,
        DATA_END,
        TRAILER,
        OVER
    }

    private final HeldBytes held;
    private State state = State.SIZE;
    private long left;
    private long excess;
    private int trailers;

    ChunkReader(HeldBytes held) {
        this.held = held;
    }

    boolean isOver() {
        return state == State.OVER;
    }

    /** All data that is there as one chunk, and the last chunk if it is there. */
    byte[] next() {
        ByteWriter chunk = new ByteWriter(held.size() + 2 * SIZE_TO_COME.length);
        chunk.octets(SIZE_TO_COME);
        boolean more = true;
        while (more) {
            more =
                    switch (state) {
                        case SIZE -> size();
                        case DATA -> data(chunk);
                        case DATA_END -> dataEnd();
                        case TRAILER -> trailer();
                        case OVER -> false;
                    };
        }
        return framed(chunk);
    }

    private byte[] framed(ByteWriter chunk) {
        int size = chunk.size() - SIZE_TO_COME.length;
        if (size == 0) {
            return isOver() ? LAST_CHUNK : NOTHING;
        }
        for (int digit = 0; digit < SIZE_DIGITS; digit++) {
            int value = (size >>> (4 * (SIZE_DIGITS - 1 - digit))) & 0xf;
            chunk.array()[digit] = (byte) Character.forDigit(value, 16);
        }
        chunk.octet('\r').octet('\n');
        return isOver() ? chunk.octets(LAST_CHUNK).bytes() : chunk.bytes();
    }

    private boolean size() {
        int length = held.lineLength(0, MAX_LINE, Status.BAD_REQUEST_400);
        if (length < 0) {
            return false;
        }
        byte[] bytes = held.array();
        int end = held.from() + length;
        int digits = held.from();
        left = 0;
        while (digits < end && Octets.digit(bytes[digits]) >= 0) {
            left = (left << 4) | Octets.digit(bytes[digits++]);
        }
        int count = digits - held.from();
        if (count == 0 || count >= CHUNK_NEEDS || !isExtension(bytes, digits, end)) {
            throw Refused.malformed("The length of a chunk is not a number.");
        }
        notFramingOnly(length);
        held.skip(length + 2);
        state = left == 0 ? State.TRAILER : State.DATA;
        return true;
    }

    private static boolean isExtension(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        boolean begins = at == end ? from == end : bytes[at] == ';';
        return begins && Octets.all(bytes, at, end, Octets.VALUE);
    }

    /** As in Go's net/http: what frames must not be the most of what is sent. */
    private void notFramingOnly(int length) {
        long allowed = CHUNK_NEEDS + 2 * Math.min(left, MAX_EXCESS);
        excess = Math.max(0, excess + length + 2 - allowed);
        if (excess > MAX_EXCESS) {
            throw Refused.malformed("The extensions of the chunks are longer than their data.");
        }
    }

    private boolean data(ByteWriter chunk) {
        int count = (int) Math.min(left, held.size());
        chunk.octets(held.array(), held.from(), count);
        held.skip(count);
        left -= count;
        if (left > 0) {
            return false;
        }
        state = State.DATA_END;
        return true;
    }

    private boolean dataEnd() {
        if (held.size() > 0 && held.array()[held.from()] != '\r') {
            throw Refused.malformed("A chunk has another length than it says.");
        }
        int length = held.lineLength(0, 0, Status.BAD_REQUEST_400);
        if (length == 0) {
            held.skip(2);
            state = State.SIZE;
        }
        return length == 0;
    }

    private boolean trailer() {
        int length = held.lineLength(0, MAX_TRAILERS - trailers, Refused.FIELDS_TOO_LARGE);
        if (length > 0) {
            Octets.field(held.array(), held.from(), held.from() + length);
            trailers += length + 2;
        }
        if (length >= 0) {
            held.skip(length + 2);
        }
        if (length == 0) {
            state = State.OVER;
        }
        return length > 0;
    }
}
