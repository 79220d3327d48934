package io.tradingecosystem.audit.server.connection;

import io.helidon.http.http2.Http2ErrorCode;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The streams of a connection of HTTP/2, and what its caller may send on them (RFC 9113, 5.1 and
 * 6.9.1). A frame that no caller may send ends the connection; on a stream that either side has
 * reset, more may still be on its way, which the engine answers. A frame costs an uncontended lock,
 * a stream two entries of a set. Thread-safe.
 *
 * <p>Fault: grpc-okhttp 1.73.0, {@code Http2.Reader.nextFrame}, takes frames for streams that were
 * never opened or are over, a CONTINUATION without a head, and a dependency of a stream on itself;
 * Helidon 4.5.0, {@code Http2Connection.stream}, opens a stream again that is over. Held by: {@code
 * StreamStatesTest}, {@code FrameRulesTest}. Look again: grpc-okhttp 1.80, Helidon 4.6.
 */
final class StreamStates {
    /** Resets after which more may come, beside a reset of each stream it may have. */
    private static final int MAX_UNHEARD = 1_000;

    private static final long INITIAL_WINDOW = 65_535;

    private final int maxOpen;
    private final int maxUnheard;
    private final LongSupplier ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Integer> receiving = new HashSet<>();
    private final Set<Integer> sending = new HashSet<>();
    private final Set<Integer> reset = new LinkedHashSet<>();
    private long window = INITIAL_WINDOW;
    private long idleSince;
    private int last;
    private int head;
    private boolean left;

    /**
     * @param maxStreams how many the caller may have open at a time; the engine refuses more
     * @param ticker nanoseconds
     */
    StreamStates(int maxStreams, LongSupplier ticker) {
        this.maxUnheard = maxStreams + MAX_UNHEARD;
        this.maxOpen = 2 * maxStreams + MAX_UNHEARD;
        this.ticker = ticker;
        this.idleSince = ticker.getAsLong();
    }

    /**
     * A frame begins to come.
     *
     * @param start that of {@link FrameHeaders.Listener#frame}
     * @return the error that ends the connection, if the caller may not send it
     */
    Optional<Http2ErrorCode> received(int type, int flags, int stream, int start) {
        lock.lock();
        try {
            return left ? Optional.of(Http2ErrorCode.NO_ERROR) : check(type, flags, stream, start);
        } finally {
            lock.unlock();
        }
    }

    private Optional<Http2ErrorCode> check(int type, int flags, int stream, int start) {
        boolean continues = type == FrameHeaders.CONTINUATION;
        if (continues ? head == 0 || stream != head : head != 0) {
            return Optional.of(Http2ErrorCode.PROTOCOL);
        }
        return switch (type) {
            case FrameHeaders.HEADERS -> checkHeaders(flags, stream, start);
            case FrameHeaders.CONTINUATION -> inHead(flags, stream);
            case FrameHeaders.DATA -> isIdle(stream) ? protocol() : checkPart(flags, stream);
            case FrameHeaders.RST_STREAM -> isIdle(stream) ? protocol() : reset(stream);
            case FrameHeaders.WINDOW_UPDATE -> checkWindow(stream, start);
            case FrameHeaders.PRIORITY -> start == stream ? protocol() : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Http2ErrorCode> protocol() {
        return Optional.of(Http2ErrorCode.PROTOCOL);
    }

    /** Streams of even numbers are the service's, which opens none. */
    private boolean isIdle(int stream) {
        return stream % 2 == 0 || stream > last;
    }

    private Optional<Http2ErrorCode> checkHeaders(int flags, int stream, int dependency) {
        if (stream % 2 == 0 || dependency == stream) {
            return protocol();
        }
        if (stream > last) {
            last = stream;
            receiving.add(stream);
            sending.add(stream);
        }
        if (receiving.size() > maxOpen || sending.size() > maxOpen) {
            return Optional.of(Http2ErrorCode.ENHANCE_YOUR_CALM);
        }
        Optional<Http2ErrorCode> part = checkPart(flags, stream);
        return part.isPresent() ? part : inHead(flags, stream);
    }

    private Optional<Http2ErrorCode> inHead(int flags, int stream) {
        head = (flags & FrameHeaders.END_HEADERS) == 0 ? stream : 0;
        return Optional.empty();
    }

    private Optional<Http2ErrorCode> checkPart(int flags, int stream) {
        if (!receiving.contains(stream) && !reset.contains(stream)) {
            return Optional.of(Http2ErrorCode.STREAM_CLOSED);
        }
        if ((flags & FrameHeaders.END_STREAM) != 0) {
            reset.remove(stream);
            receiving.remove(stream);
            noteIdle();
        }
        return Optional.empty();
    }

    private Optional<Http2ErrorCode> checkWindow(int stream, int increment) {
        if (stream != 0) {
            return isIdle(stream) ? protocol() : Optional.empty();
        }
        window += increment;
        return window > Integer.MAX_VALUE
                ? Optional.of(Http2ErrorCode.FLOW_CONTROL)
                : Optional.empty();
    }

    /** A frame begins to go to the caller. */
    void sent(int type, int flags, int stream, int size) {
        lock.lock();
        try {
            note(type, flags, stream, size);
        } finally {
            lock.unlock();
        }
    }

    private void note(int type, int flags, int stream, int size) {
        if (type == FrameHeaders.DATA) {
            window -= size;
        }
        boolean part = type == FrameHeaders.DATA || type == FrameHeaders.HEADERS;
        if (part && (flags & FrameHeaders.END_STREAM) != 0) {
            sending.remove(stream);
            noteIdle();
        }
        if (type == FrameHeaders.RST_STREAM) {
            reset(stream);
        }
    }

    /** After its own reset of a stream Netty's client still sends the DATA that it had ready. */
    private Optional<Http2ErrorCode> reset(int stream) {
        sending.remove(stream);
        if (receiving.remove(stream)) {
            reset.add(stream);
        }
        if (reset.size() > maxUnheard) {
            Iterator<Integer> eldest = reset.iterator();
            eldest.next();
            eldest.remove();
        }
        noteIdle();
        return Optional.empty();
    }

    private void noteIdle() {
        if (receiving.isEmpty() && sending.isEmpty()) {
            idleSince = ticker.getAsLong();
        }
    }

    /** Since when there is no stream, by the ticker; empty while there is one. */
    OptionalLong idleSince() {
        lock.lock();
        try {
            return isIdle() ? OptionalLong.of(idleSince) : OptionalLong.empty();
        } finally {
            lock.unlock();
        }
    }

    private boolean isIdle() {
        return !left && receiving.isEmpty() && sending.isEmpty();
    }

    /** Takes no frame any more if there is no stream; true if this call did it. */
    boolean leave() {
        lock.lock();
        try {
            boolean leaves = isIdle();
            left |= leaves;
            return leaves;
        } finally {
            lock.unlock();
        }
    }

    /** Whether no frame is taken any more. */
    boolean hasLeft() {
        lock.lock();
        try {
            return left;
        } finally {
            lock.unlock();
        }
    }

    /** The last stream that the caller has opened; 0 if none. */
    int last() {
        lock.lock();
        try {
            return last;
        } finally {
            lock.unlock();
        }
    }
}
