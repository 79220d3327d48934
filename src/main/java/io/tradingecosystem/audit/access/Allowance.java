package io.tradingecosystem.audit.access;

import java.io.InputStream;
import java.time.Duration;

/**
 * What one caller may send: events and bytes, each in a second. Where nothing is owed, a request is
 * taken whole, however large it is; what it is over the limit is owed, and until that time is over
 * the caller's next ones are refused. Thread-safe.
 */
public final class Allowance {
    /** Of those whom nobody limits. */
    public static final Allowance UNLIMITED =
            new Allowance("", TokenBucket.UNLIMITED, TokenBucket.UNLIMITED, new RefusedAmounts());

    private final String payer;
    private final TokenBucket events;
    private final TokenBucket bytes;
    private final RefusedAmounts refused;

    Allowance(String payer, TokenBucket events, TokenBucket bytes, RefusedAmounts refused) {
        this.payer = payer;
        this.events = events;
        this.bytes = bytes;
        this.refused = refused;
    }

    /** To whom it belongs: the caller's name, the address of one without; empty for nobody. */
    public String payer() {
        return payer;
    }

    /**
     * Passes a request of which no more than the head was read.
     *
     * @param announced its size in bytes, 0 if that is not known
     * @return how many of the bytes are paid: no more than a full bucket has, as a stream may
     *     announce more than is ever read of it
     * @throws LimitExceededException if something is owed
     */
    long begin(long announced) {
        require(Denial.EVENTS_PER_SECOND, events.owed(), 0, announced);
        long paid = Math.min(announced, bytes.capacity());
        require(Denial.BYTES_PER_SECOND, bytes.take(paid), 0, announced);
        return paid;
    }

    /**
     * Passes a message that is there and was not read yet.
     *
     * @throws LimitExceededException if something is owed
     */
    void takeBytes(long size) {
        require(Denial.BYTES_PER_SECOND, bytes.take(size), 0, size);
    }

    /** Takes bytes of a message that has passed; gives them back if they are fewer than none. */
    void charge(long size) {
        bytes.charge(size);
    }

    /** The same message, of which each byte is taken as it is read. */
    InputStream metered(InputStream message) {
        return bytes == TokenBucket.UNLIMITED ? message : new MeteredStream(message, this::charge);
    }

    /**
     * Passes the events of a request; their bytes were passed before.
     *
     * @throws LimitExceededException if events are owed
     */
    public void takeEvents(int count) {
        require(Denial.EVENTS_PER_SECOND, events.take(count));
    }

    /**
     * Passes some records or messages of a stream.
     *
     * @param count of events
     * @param size of all in bytes
     * @throws LimitExceededException if events or bytes are owed; the same may be tried again
     */
    public void takeStreamed(int count, long size) {
        require(Denial.EVENTS_PER_SECOND, events.owed());
        require(Denial.BYTES_PER_SECOND, bytes.take(size));
        events.charge(count);
    }

    /** Takes more events of a request that has passed. */
    public void takeMore(int count) {
        events.charge(count);
    }

    /** Counts that so many events were refused in the end, and bytes of a stream with them. */
    public void refused(LimitExceededException failure, int count, long size) {
        refused.add(payer, failure.limit(), count, size);
    }

    private void require(Denial limit, Duration owed, long count, long size) {
        if (!owed.isZero()) {
            refused.add(payer, limit, count, size);
        }
        require(limit, owed);
    }

    private void require(Denial limit, Duration owed) {
        if (!owed.isZero()) {
            throw new LimitExceededException(limit, payer, owed);
        }
    }
}
