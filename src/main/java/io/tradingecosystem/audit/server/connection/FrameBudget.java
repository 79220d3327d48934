package io.tradingecosystem.audit.server.connection;

import io.tradingecosystem.audit.settings.GrpcSettings;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the frames of one caller may make the service keep or do (RFC 9113, 10.5): the head of a
 * call is bounded in size, frames and time, and frames that bring nothing have an allowance, which
 * those that do restore. For one thread.
 *
 * <p>Fault: grpc-okhttp 1.73.0, {@code Http2.Reader.readHeaderBlock}, keeps the fields of a head
 * until its last frame, however many come (CVE-2024-27316), and {@code MessageDeframer} each DATA
 * frame without data (CVE-2019-9518). Held by: {@code FrameBudgetTest}, {@code FrameFloodTest}.
 * Look again: grpc-okhttp 1.80.
 */
final class FrameBudget {
    /** Huffman coding may make a field longer, and a call with too large a head is answered. */
    private static final int SLACK = 4;

    private static final int MAX_HEAD_FRAMES = 64;
    private static final int ALLOWANCE = 10_000;
    private static final int ALLOWED_A_SECOND = 100;
    private static final int DEAR = 10;

    private final long maxHead;
    private final long headTimeout;
    private boolean inHead;
    private long head;
    private int headFrames;
    private long headBegan;
    private long allowance = ALLOWANCE;
    private long restored;

    FrameBudget(GrpcSettings settings, long now) {
        this.maxHead = (long) SLACK * settings.maxMetadataSize();
        this.headTimeout = settings.handshakeTimeout().toNanos();
        this.restored = now;
    }

    /** When the head must be there that has begun to come, if one has. */
    Optional<Long> headDeadline() {
        return inHead ? Optional.of(headBegan + headTimeout) : Optional.empty();
    }

    /**
     * A frame begins to come.
     *
     * @return whether its caller may go on
     */
    boolean accept(int type, int flags, int size, long now) {
        return switch (type) {
            case FrameHeaders.HEADERS -> {
                head = 0;
                headFrames = 0;
                headBegan = now;
                restore(1);
                yield acceptHead(flags, size);
            }
            case FrameHeaders.CONTINUATION -> acceptHead(flags, size);
            case FrameHeaders.DATA -> {
                boolean empty = size == 0 && (flags & FrameHeaders.END_STREAM) == 0;
                yield empty ? spend(DEAR, now) : restore(2);
            }
            case FrameHeaders.SETTINGS -> spend(DEAR, now);
            default -> spend(1, now);
        };
    }

    private boolean acceptHead(int flags, int size) {
        head += size;
        headFrames++;
        inHead = (flags & FrameHeaders.END_HEADERS) == 0;
        return head <= maxHead && headFrames <= MAX_HEAD_FRAMES;
    }

    /** A frame with data went to the caller, who may say that it was read. */
    void sentData() {
        restore(2);
    }

    private boolean restore(int frames) {
        allowance = Math.min(ALLOWANCE, allowance + frames);
        return true;
    }

    private boolean spend(int cost, long now) {
        long earned = (now - restored) / (TimeUnit.SECONDS.toNanos(1) / ALLOWED_A_SECOND);
        if (earned > 0) {
            restored = now;
            allowance = Math.min(ALLOWANCE, allowance + earned);
        }
        allowance -= cost;
        return allowance >= 0;
    }
}
