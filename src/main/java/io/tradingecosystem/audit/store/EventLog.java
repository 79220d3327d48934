package io.tradingecosystem.audit.store;

import io.tradingecosystem.audit.event.AuditEvent;

import java.time.Duration;
import java.util.List;

/** The durable, append-only sequence of events. Thread-safe. */
public interface EventLog {

    /**
     * Appends events and returns when they are on disk. All of the batch is stored, or, when this
     * throws, none of it is acknowledged; sending it again is safe, because ids are stored once.
     *
     * @param batch complete events: every id set, position 0
     * @return one outcome per event, in the order of the batch
     * @throws LogBusyException if the queue is full: nothing was stored, try again later
     * @throws LogDamagedException if it cannot be told of an event whether the log has it; the
     *     others may be stored
     * @throws LogUnavailableException if the log cannot be written (full disk, failing write,
     *     closed)
     */
    List<AppendOutcome> append(List<AuditEvent> batch);

    /**
     * The same for callers that tell of each event what became of it: one of which it cannot be
     * told whether the log has it is {@link AppendOutcome.Undecided}, and keeps no other from being
     * stored.
     */
    default List<AppendOutcome> appendReadable(List<AuditEvent> batch) {
        return append(batch);
    }

    /** Hears that an own event was stored under another id than its own, as that was taken. */
    default void displaced() {}

    /**
     * What distinguishes this log from any other: lower-case letters and digits, made when the log
     * was made. A copy has the same.
     */
    String id();

    /** Whether something can be appended now; a queue that is full for a moment does not count. */
    default boolean isWritable() {
        return true;
    }

    /** The position of the last durable event; 0 while the log is empty. */
    long lastPosition();

    /** The position of the oldest event that retention has left; 1 while nothing was removed. */
    long firstPosition();

    /**
     * Events in log order.
     *
     * @param after read from the position behind this one; 0 reads from the start
     * @param limit at most so many
     * @return empty when there is nothing behind {@code after}; what stands before a part that
     *     cannot be read ends there
     * @throws LogDamagedException if the next one cannot be read; its damage has the positions that
     *     cannot be
     */
    List<AuditEvent> read(long after, int limit);

    /**
     * Waits until there is something behind {@code after}.
     *
     * @return whether there is; false when {@code timeout} passed or the log was closed
     * @throws InterruptedException if the waiting thread was interrupted
     */
    boolean await(long after, Duration timeout) throws InterruptedException;
}
