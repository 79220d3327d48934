package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.projection.StoreTransaction;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * The final verdicts in the order in which they are to go: by when their windows ended, then by id.
 * One that is open again leaves its place, which is told by its window. For the one thread that
 * judges.
 */
final class FinishedVerdicts {
    private final VerdictTimers ends;
    private final Counts counts;

    private FinishedVerdicts(VerdictTimers ends, Counts counts) {
        this.ends = ends;
        this.counts = counts;
    }

    /**
     * Verdicts that are listed.
     *
     * @param commit flushes and commits, so that all can be read
     */
    static FinishedVerdicts of(
            StoreTransaction transaction, VerdictCounters counters, Runnable commit) {
        return new FinishedVerdicts(
                new VerdictTimers(transaction, 'T', commit, any -> true),
                new Counts(
                        () -> counters.finished,
                        more -> counters.finished += more,
                        () -> counters.evicted,
                        more -> counters.evicted += more));
    }

    /** Those that count for the verdict of a run, which go by themselves. */
    static FinishedVerdicts ofMembers(
            StoreTransaction transaction, VerdictCounters counters, Runnable commit) {
        return new FinishedVerdicts(
                new VerdictTimers(transaction, 'U', commit, any -> true),
                new Counts(
                        () -> counters.finishedMembers,
                        more -> counters.finishedMembers += more,
                        () -> counters.evictedMembers,
                        more -> counters.evictedMembers += more));
    }

    /** How many came, and went, so far. */
    private record Counts(
            LongSupplier added, LongConsumer add, LongSupplier taken, LongConsumer take) {
        long left() {
            return added.getAsLong() - taken.getAsLong();
        }
    }

    /**
     * Adds one.
     *
     * @param end when its window ended
     */
    void add(Instant end, String verdictId) {
        place(end, verdictId);
        counts.add().accept(1);
    }

    /** Gives a place to one that was counted when it came. */
    void place(Instant end, String verdictId) {
        ends.arm(end, verdictId);
    }

    /** Notes that one is open again. */
    void reopened() {
        counts.add().accept(-1);
    }

    /**
     * Lets the first go until no more than so many are left. To be called between events only, as
     * it may commit.
     *
     * @param window finds the window of one that still has its place
     * @param out takes the window of one that goes
     */
    void makeRoom(long max, Function<Timer, Optional<Window>> window, Consumer<Window> out) {
        while (counts.left() > max) {
            Optional<Timer> first = ends.first();
            if (first.isEmpty()) {
                counts.take().accept(counts.left());
                return;
            }
            ends.disarm(first.get().due(), first.get().verdictId());
            window.apply(first.get()).ifPresent(gone -> take(gone, out));
        }
    }

    private void take(Window window, Consumer<Window> out) {
        counts.take().accept(1);
        out.accept(window);
    }

    /** Writes what is to be committed. */
    void flush() {
        ends.flush();
    }
}
