package io.tradingecosystem.audit.server.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;

import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * How much of the heap the messages of all calls take, from their first byte until they have been
 * worked on, and the bound on it: without one, as many messages of the largest size as there may be
 * calls could come at once. The call that goes past it is refused, and those that hold a part of a
 * message of which nothing more came for a while. A call that is alone gets what it wants, and one
 * of a few bytes, such as a health check, always. Counted are bytes as they come and, beside them,
 * bytes after decompression. Thread-safe.
 */
final class InboundMemory {
    private static final long STALLED = TimeUnit.SECONDS.toNanos(10);
    private static final int RETRY_SECONDS = 1;
    private static final long FEW = 4 << 10;

    private final long most;
    private final LongSupplier ticker;
    private final AtomicLong used = new AtomicLong();
    private final Set<Share> receiving = ConcurrentHashMap.newKeySet();

    /**
     * @param most bytes
     * @param ticker monotonic time in nanoseconds
     */
    InboundMemory(long most, LongSupplier ticker) {
        this.most = most;
        this.ticker = ticker;
    }

    /** The bytes of all messages now. */
    long used() {
        return used.get();
    }

    /**
     * The share of a call.
     *
     * @param refuse ends the call, at most once
     */
    Share share(Consumer<StatusRuntimeException> refuse) {
        return new Share(refuse);
    }

    private void makeRoom(Share last) {
        long now = ticker.getAsLong();
        receiving.stream()
                .filter(share -> share != last && share.isStalled(now))
                .forEach(Share::refuse);
        long held = last.held.get();
        if (held > FEW && used.get() > Math.max(most, held)) {
            last.refuse();
        }
    }

    private StatusRuntimeException full() {
        return StatusProto.toStatusRuntimeException(
                Status.newBuilder()
                        .setCode(Code.RESOURCE_EXHAUSTED_VALUE)
                        .setMessage(
                                "The messages of all calls take more memory than"
                                        + " server.grpc.max-inbound-memory, "
                                        + most
                                        + " bytes; try again later.")
                        .addDetails(
                                Any.pack(
                                        RetryInfo.newBuilder()
                                                .setRetryDelay(
                                                        Duration.newBuilder()
                                                                .setSeconds(RETRY_SECONDS))
                                                .build()))
                        .build());
    }

    /** What the messages of one call take; they come by one thread at a time. */
    final class Share {
        private final Consumer<StatusRuntimeException> refuse;
        private final AtomicLong held = new AtomicLong();
        private final AtomicBoolean refused = new AtomicBoolean();
        private volatile long coming;
        private volatile long movedAt;
        private volatile boolean closed;

        private Share(Consumer<StatusRuntimeException> refuse) {
            this.refuse = refuse;
        }

        /** A message begins to come. */
        void begin() {
            coming = 0;
            movedAt = ticker.getAsLong();
            receiving.add(this);
        }

        /** A part of it is here; gives how much is by now. */
        long receive(long bytes) {
            long here = coming + bytes;
            coming = here;
            movedAt = ticker.getAsLong();
            if (count(bytes) > most) {
                makeRoom(this);
            }
            return here;
        }

        /** All of it is here, and takes so much again when it is read. */
        void received(long bytes) {
            coming = 0;
            receiving.remove(this);
            count(bytes);
        }

        /**
         * A part of it has been decompressed.
         *
         * @throws StatusRuntimeException if there is no room for that
         */
        void decompress(long bytes) {
            long now = count(bytes);
            if (now > most && now > held.get()) {
                throw full();
            }
        }

        private long count(long bytes) {
            held.addAndGet(bytes);
            long now = used.addAndGet(bytes);
            if (closed) {
                keep(0);
            }
            return now;
        }

        /** What came before the message that is coming now has been worked on. */
        void done() {
            keep(coming);
        }

        /** The call is over, and nothing of it counts any more. */
        void close() {
            closed = true;
            receiving.remove(this);
            keep(0);
        }

        private void keep(long bytes) {
            used.addAndGet(bytes - held.getAndSet(bytes));
        }

        private boolean isStalled(long now) {
            return now - movedAt > STALLED;
        }

        /** Makes room for others at once; or all that come at the same time would be refused. */
        private void refuse() {
            if (refused.compareAndSet(false, true)) {
                close();
                refuse.accept(full());
            }
        }
    }
}
