package io.tradingecosystem.audit.server.connection;

import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What the body of one request takes of the memory for all bodies: bytes that came and were not
 * read yet, and bytes that its handler holds, which count until the request is over. The thread of
 * the connection and that of the handler use it; each piece costs an addition on two counters.
 * Thread-safe.
 *
 * <p>Fault: Helidon 4.5.0, {@code Http1Connection.route}, bounds the body of one request, and
 * nothing bounds the bodies of all requests together. Shown by: {@code
 * HelidonFaultsTest.shouldReadAWholeChunkIntoMemoryBeforeAHandlerHasItsFirstByte}. Held by: {@code
 * BodyMemoryTest}. Look again: Helidon 4.6.
 */
public final class BodyMemory {
    /** What is read is held twice for a while: as it came, and as what is made of it. */
    public static final int COPIES = 2;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** What a request may always have; as many requests as there may be have 32 MiB then. */
    private static final long FEW = 16 << 10;

    private final InboundMemory memory;
    private final InboundMemory.Share share;
    private volatile boolean answered;
    private volatile boolean complete;
    private volatile boolean refused;
    private volatile boolean unwanted;

    /**
     * Of a request whose body begins to come.
     *
     * @param cut ends the wait for more of it
     */
    BodyMemory(InboundMemory memory, Runnable cut) {
        this.memory = memory;
        this.share =
                memory.share(
                        () -> {
                            refuse();
                            cut.run();
                        });
    }

    /** The memory for the bodies of all requests. */
    public static InboundMemory ofAll(long max, LongSupplier ticker) {
        return new InboundMemory(max, FEW, ticker);
    }

    /** Of a request that has no body. */
    public static BodyMemory none() {
        return new BodyMemory(new InboundMemory(Long.MAX_VALUE, 0, () -> 0), () -> {});
    }

    /**
     * For readers that can wait: counts so much more if there is plenty of room, and tells whether.
     */
    public boolean offer(long bytes) {
        return answered || share.offer(bytes);
    }

    /**
     * Counts so much more.
     *
     * @throws ProblemException 429 if it does not fit
     */
    public void require(long bytes) {
        refuseUnless(answered || share.require(bytes));
    }

    /** Counts so much more or less, whether it fits or not. */
    public void add(long bytes) {
        if (!answered) {
            share.add(bytes);
        }
    }

    /**
     * From now on the client is waited for; if it sends little for long, others get the memory.
     *
     * @throws ProblemException 429 if the body was refused already: Helidon goes on reading, to
     *     find its end
     */
    void awaitMore() {
        if (refused) {
            throw full();
        }
        share.awaitMore();
    }

    /** So many bytes came. */
    void came(int bytes) {
        share.came(bytes);
    }

    /**
     * So much has come and was not read yet; called by the thread that receives it.
     *
     * @throws ProblemException 429 if it does not fit
     */
    void unread(long bytes) {
        refuseUnless(share.coming(bytes));
    }

    /** All of the body has been read. */
    public void complete() {
        complete = true;
    }

    /** Whether a part of the body may be on its way that nobody wants. */
    public boolean isCutOff() {
        return unwanted && !complete;
    }

    /**
     * The handler is done, and holds nothing any more; of the body, more may come.
     *
     * @param failed whether the request was
     */
    public void answered(boolean failed) {
        unwanted |= failed;
        answered = true;
        share.done();
    }

    /** Nothing of the body is left. */
    void close() {
        answered = true;
        share.close();
    }

    private void refuseUnless(boolean fits) {
        if (!fits) {
            refuse();
            throw full();
        }
    }

    private void refuse() {
        refused = true;
        unwanted = true;
    }

    private ProblemException full() {
        return new ProblemException(
                Problem.of(
                                Kind.BUSY,
                                "The bodies of all requests take more memory than"
                                        + " server.http.max-inbound-memory, "
                                        + memory.max()
                                        + " bytes; try again later.")
                        .retryAfter(RETRY_AFTER));
    }
}
