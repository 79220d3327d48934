package io.tradingecosystem.audit.registry;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What Redis answers, in RESP2, reply by reply and never more of it than fits: Jedis (8.0.2) makes
 * room for whatever length a reply announces, and one thread's stack for as many arrays as a reply
 * has in each other.
 *
 * <p>A reply that is too large is dropped and stands as the error {@value #TOO_LARGE}; one that is
 * too much together with those before it in the same exchange, as {@value #LATER}. Names in a list
 * within a list, as SCAN gives them, are dropped one by one and stand as empty texts. What is not
 * worth its transport ends the connection. Not thread-safe.
 */
final class BoundedReplies extends InputStream {
    /** The first word of an error in place of a reply that is too large. */
    static final String TOO_LARGE = "TOOLARGE";

    /** The first word of an error in place of a reply that is to be asked for again. */
    static final String LATER = "LATER";

    private static final int MAX_LINE = 1 << 16;
    private static final int MAX_DEPTH = 3;
    private static final int MAX_ELEMENTS = 1 << 20;

    private final InputStream in;
    private final Bounds bounds;
    private final Reply reply = new Reply();
    private byte[] ready = {};
    private int next;
    private int repliesOfExchange;
    private long bytesOfExchange;
    private long droppedOfExchange;

    BoundedReplies(InputStream in, Bounds bounds) {
        this.in = new BufferedInputStream(in);
        this.bounds = bounds;
    }

    /** Commands are sent: the replies that come next belong to them. */
    void beginExchange() {
        repliesOfExchange = 0;
        bytesOfExchange = 0;
        droppedOfExchange = 0;
    }

    @Override
    public int read() throws IOException {
        fill();
        return ready[next++] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        fill();
        int given = Math.min(length, ready.length - next);
        System.arraycopy(ready, next, target, offset, given);
        next += given;
        return given;
    }

    @Override
    public int available() {
        return ready.length - next;
    }

    private void fill() throws IOException {
        if (next == ready.length) {
            ready = reply.read();
            next = 0;
            repliesOfExchange++;
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int read = in.read();
        while (read != '\r' && line.length() < MAX_LINE) {
            line.append((char) orEnd(read));
            read = in.read();
        }
        if (read != '\r' || in.read() != '\n') {
            throw new IOException("Redis sent a line that does not end");
        }
        return line.toString();
    }

    private static int orEnd(int read) throws EOFException {
        if (read < 0) {
            throw new EOFException("Redis closed the connection");
        }
        return read;
    }

    private void drop(long bytes) throws IOException {
        droppedOfExchange += bytes;
        if (droppedOfExchange > bounds.dropped()) {
            throw new OversizedReplyException(repliesOfExchange, bytes);
        }
        in.skipNBytes(bytes);
    }

    private static long length(String line) throws IOException {
        try {
            return Long.parseLong(line, 1, line.length(), 10);
        } catch (NumberFormatException e) {
            throw new IOException("Redis sent a length that is no number", e);
        }
    }

    /**
     * How much is taken, in bytes.
     *
     * @param record of one reply, but for lists within lists
     * @param exchange of all replies to commands that were sent together
     * @param dropped what may come on top of that and is dropped
     */
    record Bounds(int record, int exchange, int dropped) {}

    /** The reply that is being read. */
    private final class Reply {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private long size;
        private boolean tooLarge;

        byte[] read() throws IOException {
            kept.reset();
            size = 0;
            tooLarge = false;
            value(0);
            if (tooLarge) {
                return error(TOO_LARGE + " over " + bounds.record() + " bytes");
            }
            boolean first = bytesOfExchange == 0;
            if (size > 0 && !first && bytesOfExchange + kept.size() > bounds.exchange()) {
                return error(LATER);
            }
            bytesOfExchange += kept.size();
            return kept.toByteArray();
        }

        private void value(int depth) throws IOException {
            String line = line();
            switch (line.isEmpty() ? ' ' : line.charAt(0)) {
                case '+', '-', ':' -> keep(line);
                case '$' -> text(line, depth);
                case '*' -> array(line, depth);
                default -> throw new IOException("Redis sent something that is no reply in RESP2");
            }
        }

        private void text(String line, int depth) throws IOException {
            long length = length(line);
            if (length < 0) {
                keep(line);
                return;
            }
            boolean listed = depth > 1;
            boolean fits = length <= bounds.record() && kept.size() + length <= bounds.exchange();
            size += listed ? 0 : length;
            tooLarge |= size > bounds.record();
            if (fits && !tooLarge) {
                keep(line);
                kept.write(in.readNBytes(Math.toIntExact(length)));
            } else {
                drop(length);
                keep("$0");
            }
            if (in.read() != '\r' || in.read() != '\n') {
                throw new EOFException("Redis closed the connection, or sent more than it said");
            }
            keep("");
        }

        private void array(String line, int depth) throws IOException {
            long length = length(line);
            if (depth == MAX_DEPTH) {
                throw new IOException("Redis sent arrays more than " + MAX_DEPTH + " deep");
            }
            if (length > (depth == 0 ? bounds.record() : MAX_ELEMENTS)) {
                throw new OversizedReplyException(repliesOfExchange, length);
            }
            keep(line);
            for (long i = 0; i < length; i++) {
                value(depth + 1);
            }
        }

        private void keep(String line) throws IOException {
            if (kept.size() > 2L * bounds.exchange()) {
                throw new OversizedReplyException(repliesOfExchange, kept.size());
            }
            if (!tooLarge) {
                kept.writeBytes(line.getBytes(StandardCharsets.ISO_8859_1));
                kept.write('\r');
                kept.write('\n');
            }
        }

        private byte[] error(String words) {
            return ("-" + words + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        }
    }
}
