package io.tradingecosystem.audit.server.http.connect;

import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;

/** Messages in a stream: a byte of flags, four of the length, the first the highest, the rest. */
final class ConnectFrames {
    static final int HEAD = 5;

    private static final int COMPRESSED = 1;
    private static final int END = 2;

    private ConnectFrames() {}

    /** A frame of a message. */
    static byte[] message(byte[] message) {
        return frame(0, message);
    }

    /** The last frame. */
    static byte[] end(byte[] document) {
        return frame(END, document);
    }

    private static byte[] frame(int flags, byte[] body) {
        return ByteBuffer.allocate(HEAD + body.length)
                .put((byte) flags)
                .putInt(body.length)
                .put(body)
                .array();
    }

    /**
     * The one message of a caller's stream.
     *
     * @param gzip whether a frame may be compressed so
     * @param max the longest message, decompressed
     * @throws ProblemException if there is none, more than one, or it is over the limit
     */
    static byte[] only(InputStream body, boolean gzip, int max) throws IOException {
        byte[] head = body.readNBytes(HEAD);
        if (head.length < HEAD) {
            throw invalid(
                    head.length == 0
                            ? "The stream has no message."
                            : "The stream ends within the head of a message.");
        }
        int length = ByteBuffer.wrap(head).getInt(1);
        if (length < 0 || length > max) {
            throw tooLarge(max);
        }
        byte[] message = body.readNBytes(length);
        if (message.length < length) {
            throw invalid("The stream ends within a message.");
        }
        requireEnd(body);
        return plain(head[0], message, gzip, max);
    }

    /** A method with one message takes no second one. */
    private static void requireEnd(InputStream body) throws IOException {
        if (body.read() >= 0) {
            throw new ProblemException(
                    Problem.of(
                            Kind.UNIMPLEMENTED,
                            "The stream has more than the one message wanted."));
        }
    }

    private static byte[] plain(int flags, byte[] message, boolean gzip, int max) {
        if ((flags & END) != 0) {
            throw invalid("The stream has no message.");
        }
        if ((flags & COMPRESSED) == 0) {
            return message;
        }
        if (!gzip) {
            throw invalid("A message is compressed, and Connect-Content-Encoding names no way.");
        }
        return inflated(new ByteArrayInputStream(message), max);
    }

    private static byte[] inflated(InputStream compressed, int max) {
        try (InputStream plain = new GZIPInputStream(compressed)) {
            byte[] bytes = plain.readNBytes(max);
            if (plain.read() >= 0) {
                throw tooLarge(max);
            }
            return bytes;
        } catch (java.util.zip.ZipException | java.io.EOFException e) {
            throw invalid("A message is not the gzip it is said to be.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(Problem.of(Kind.INVALID, detail));
    }

    private static ProblemException tooLarge(int max) {
        return new ProblemException(
                Problem.of(Kind.TOO_LARGE, "A message is over the limit of " + max + " bytes.")
                        .with("limit", max));
    }
}
