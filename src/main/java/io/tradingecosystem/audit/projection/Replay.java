package io.tradingecosystem.audit.projection;

import io.tradingecosystem.audit.event.AuditEvent;
import io.tradingecosystem.audit.store.EventLog;
import io.tradingecosystem.audit.store.MemoryStore;
import io.tradingecosystem.audit.store.Projection;
import io.tradingecosystem.audit.store.Store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Works through a stored log anew, up to where a live projection stands, and keeps count of how
 * what comes of it compares with what came of it live. What is derived anew is kept in memory. For
 * one thread.
 */
public final class Replay {
    private static final int BATCH = 1_000;
    private static final int MAX_NAMED = 20;

    private final EventLog log;
    private final Projection live;
    private final Projection anew;
    private final List<String> remarks = new ArrayList<>();
    private final List<String> differences = new ArrayList<>();
    private long compared;
    private long beyond;
    private long notComparable;
    private long different;

    /**
     * A replay that has read nothing yet.
     *
     * @param projection its name
     */
    public Replay(Store store, String projection) {
        this.log = store.log();
        this.live = store.projections().projection(projection);
        this.anew = scratch(projection);
    }

    /**
     * The outcome.
     *
     * @param position the event up to which both were compared
     * @param compared how much was compared
     * @param beyond how much could not be, because what it was made from left the log
     * @param notComparable how much is not kept any more, or was made by semantics that this
     *     program does not have
     * @param different how much is not the same
     * @param differences the first few of them in words
     * @param remarks what else is to be known of what was compared, a sentence each
     */
    public record Outcome(
            long position,
            long compared,
            long beyond,
            long notComparable,
            long different,
            List<String> differences,
            List<String> remarks) {
        public Outcome {
            remarks = List.copyOf(remarks);
            differences = List.copyOf(differences);
        }
    }

    /** An empty projection in memory. */
    public static Projection scratch(String name) {
        return MemoryStore.create(() -> Instant.EPOCH, Set.of()).projection(name);
    }

    /** Takes a whole log to some work, a batch at a time. */
    public static void walk(EventLog log, Consumer<List<AuditEvent>> work) {
        walk(log, Long.MAX_VALUE, work);
    }

    private static void walk(EventLog log, long last, Consumer<List<AuditEvent>> work) {
        long position = Math.max(0, log.firstPosition() - 1);
        List<AuditEvent> events = log.read(position, BATCH);
        while (!events.isEmpty() && position < last) {
            work.accept(events.stream().filter(event -> event.position() <= last).toList());
            position = events.getLast().position();
            events = log.read(position, BATCH);
        }
    }

    /** What was derived live. */
    public Projection live() {
        return live;
    }

    /** What is derived anew. */
    public Projection anew() {
        return anew;
    }

    /** Takes the log to some work, up to where the live projection stands. */
    public void walk(Consumer<List<AuditEvent>> work) {
        walk(log, live.position(), work);
    }

    /** Counts what was compared. */
    public void compared(long count) {
        compared += count;
    }

    /** Counts what cannot be compared, because what it was made from left the log. */
    public void beyond() {
        beyond++;
    }

    /**
     * Counts what is not kept any more, or was made by semantics that this program does not have.
     */
    public void notComparable(long count) {
        notComparable += count;
    }

    /** Says something of what was compared. */
    public void remark(String what) {
        remarks.add(what);
    }

    /** Notes a difference. */
    public void differs(String what) {
        different++;
        if (differences.size() < MAX_NAMED) {
            differences.add(what);
        }
    }

    public Outcome outcome() {
        return new Outcome(
                live.position(), compared, beyond, notComparable, different, differences, remarks);
    }
}
