package io.tradingecosystem.audit.server.connection;

import java.util.function.IntSupplier;

/**
 * How much a reader holds that nobody has read yet. The class counts for itself what comes, and
 * asks the reader only when the answer may matter; its number is never below the true one. Used by
 * the thread that reads; not thread-safe.
 *
 * <p>Fault: Helidon 4.5.0, {@code DataReader}, holds piece by piece what came, however small the
 * pieces are, and {@code DataReader.available} walks over all of them. Held by: {@code
 * UnreadBytesTest.shouldNotWalkOverAllPiecesForEachThatComes}. Look again: Helidon 4.6.
 */
final class UnreadBytes {
    /** What a piece takes beside its bytes. */
    private static final int PIECE = 96;

    private static final int SLACK = 16 << 10;

    private final IntSupplier reader;
    private long bytes;
    private long pieces;
    private long counted;

    /**
     * @param reader how many bytes it holds
     */
    UnreadBytes(IntSupplier reader) {
        this.reader = reader;
    }

    /** A piece has come, which the reader does not hold yet. */
    void add(int count) {
        bytes += count;
        pieces++;
        if (memory() > 2 * counted + SLACK) {
            count(count);
        }
    }

    /** Whether more than this is unread; exact. */
    boolean isOver(long max, int last) {
        if (bytes > max) {
            count(last);
        }
        return bytes > max || memory() > 2 * max;
    }

    /** What all of it takes in memory. */
    long memory() {
        return bytes + PIECE * pieces;
    }

    private void count(int last) {
        int before = reader.getAsInt();
        bytes = before + (long) last;
        // Each has one byte at least.
        pieces = Math.min(pieces - 1, before) + 1;
        counted = memory();
    }
}
