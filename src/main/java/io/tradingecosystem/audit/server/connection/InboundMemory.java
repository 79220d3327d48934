package io.tradingecosystem.audit.server.connection;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * How much of the heap the messages of all calls of a listener take, from their first byte until
 * they have been worked on, and the bound on it: without one, as many messages of the largest size
 * as there may be calls could come at once. The call that goes past the bound is refused, and so
 * are calls that hold a part of a message and were waited for long for little more of it. A call
 * that is alone gets what it wants, and a call of a few bytes, such as a health check, always. A
 * request of HTTP is a call, its body a message. A piece costs an addition on two counters; the
 * lock is taken past the bound only. Thread-safe.
 *
 * <p>Fault: Helidon 4.5.0, {@code Http1Connection}, and grpc-okhttp 1.73.0, {@code
 * MessageDeframer}, bound a body or message each and never all of them together. Held by: {@code
 * InboundMemoryTest}, {@code
 * GrpcAttackTest.shouldRefuseMessagesThatDoNotFitBesideOthersUntilThoseAreDone}. Look again:
 * Helidon 4.6, grpc-okhttp 1.80.
 */
public final class InboundMemory {
    private static final long STALLED = TimeUnit.SECONDS.toNanos(10);

    /** Fewer bytes are no progress: a peer may send one now and then. */
    private static final long PROGRESS = 16 << 10;

    private final long max;
    private final long few;
    private final LongSupplier ticker;
    private final AtomicLong used = new AtomicLong();
    private final LongAdder refusals = new LongAdder();
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Share> receiving = ConcurrentHashMap.newKeySet();

    /**
     * @param max bytes
     * @param few bytes that a call may always have
     * @param ticker monotonic time in nanoseconds
     */
    public InboundMemory(long max, long few, LongSupplier ticker) {
        this.max = max;
        this.few = few;
        this.ticker = ticker;
    }

    /** The bytes of all messages now. */
    public long used() {
        return used.get();
    }

    /** The maximum of bytes that messages of more than one call may have. */
    public long max() {
        return max;
    }

    /** How many calls were refused. */
    public long refusals() {
        return refusals.sum();
    }

    /**
     * The share of a call.
     *
     * @param refuse ends the call, at most once
     */
    public Share share(Runnable refuse) {
        return new Share(refuse);
    }

    /** Whether a share may have all it has; it is refused otherwise. */
    private boolean admits(Share share) {
        if (used.get() <= max) {
            return true;
        }
        // One at a time: of two that go past the bound together, one must be refused, not both.
        lock.lock();
        try {
            long now = ticker.getAsLong();
            receiving.stream()
                    .filter(other -> other != share && other.isStalled(now))
                    .forEach(Share::refuse);
            long held = share.held.get();
            boolean fits = held <= few || used.get() <= Math.max(max, held);
            if (!fits) {
                share.refuse();
            }
            return fits;
        } finally {
            lock.unlock();
        }
    }

    /** What the messages of one call take; they come by one thread at a time. */
    public final class Share {
        private final Runnable refuse;
        private final AtomicLong held = new AtomicLong();
        private final AtomicBoolean refused = new AtomicBoolean();
        private volatile long coming;
        private volatile long waitedFrom;
        private volatile long waited;
        private volatile boolean closed;
        private long sinceProgress;

        private Share(Runnable refuse) {
            this.refuse = refuse;
        }

        /** A message begins to come; if it gets stuck, others get its memory. */
        public void begin() {
            coming = 0;
            waited = 0;
            sinceProgress = 0;
            awaitMore();
        }

        /** From now on it is up to the caller to send more. */
        public void awaitMore() {
            waitedFrom = ticker.getAsLong();
            receiving.add(this);
        }

        /** So many bytes came, and it is not up to the caller any longer. */
        public void came(long bytes) {
            progress(bytes);
            receiving.remove(this);
        }

        /** A part of it is here; gives how much is by now. Refuses the call if it does not fit. */
        public long receive(long bytes) {
            long here = coming + bytes;
            coming = here;
            progress(bytes);
            require(bytes);
            return here;
        }

        /** So much of it is here now and not yet read; false if the call is refused for it. */
        public boolean coming(long bytes) {
            long more = bytes - coming;
            coming = bytes;
            add(more);
            return more <= 0 || admits(this);
        }

        /** All of it is here, and takes so much again when it is read. */
        public void received(long bytes) {
            coming = 0;
            receiving.remove(this);
            add(bytes);
        }

        /** Counts so much more; false if the call is refused for it. */
        public boolean require(long bytes) {
            add(bytes);
            return admits(this);
        }

        /**
         * Counts so much more if it fits, and tells whether it does: for callers that can wait, and
         * so leaves half of the memory to those who cannot.
         */
        public boolean offer(long bytes) {
            add(bytes);
            boolean fits = held.get() <= few || used.get() <= max / 2;
            if (!fits) {
                add(-bytes);
            }
            return fits;
        }

        /** Counts so much more or less, whether it fits or not. */
        public void add(long bytes) {
            if (closed) {
                return;
            }
            held.addAndGet(bytes);
            used.addAndGet(bytes);
            if (closed) {
                keep(0);
            }
        }

        /** What came before the message that is coming now has been worked on. */
        public void done() {
            keep(closed ? 0 : coming);
            if (closed) {
                keep(0);
            }
        }

        /** The call is over, and nothing of it counts any more. */
        public void close() {
            closed = true;
            receiving.remove(this);
            keep(0);
        }

        /** Makes room for others at once; or all that come at the same time would be refused. */
        public void refuse() {
            if (refused.compareAndSet(false, true)) {
                refusals.increment();
                close();
                refuse.run();
            }
        }

        private void keep(long bytes) {
            used.addAndGet(bytes - held.getAndSet(bytes));
        }

        private void progress(long bytes) {
            long now = ticker.getAsLong();
            sinceProgress += bytes;
            long before = waited;
            if (sinceProgress >= PROGRESS) {
                sinceProgress = 0;
                waited = 0;
            } else {
                waited = before + now - waitedFrom;
            }
            waitedFrom = now;
        }

        private boolean isStalled(long now) {
            return waited + now - waitedFrom > STALLED;
        }
    }
}
