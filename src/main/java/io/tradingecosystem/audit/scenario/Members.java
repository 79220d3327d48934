package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.scenario.verdicts.IdBlock.Numbered;

/**
 * The windows that count for the verdict of a run. They are listed, and go when they are too many,
 * apart from verdicts, so that a million of them leave those alone. For one thread.
 */
final class Members {
    /** So many that are over are kept, of all runs. */
    static final int MAX_MEMBERS = 1_000_000;

    private final WindowList list;
    private final FinishedVerdicts finished;
    private int max = MAX_MEMBERS;
    private Counting counting = new Counting() {};

    Members(StoreTransaction transaction, VerdictCounters counters, Runnable commit) {
        this.list = new WindowList(transaction, KeyBuilder.table('N'));
        this.finished = FinishedVerdicts.ofMembers(transaction, counters, commit);
    }

    /** Hears what becomes of them. */
    interface Counting {
        /** One was opened. */
        default void opened(Window member) {}

        /** One stands otherwise now. */
        default void moved(Window before, Window after) {}

        /** One is not kept any more. */
        default void removed(Window member) {}

        /** The verdict of a run is not kept any more. */
        default void removedRun(Window run) {}
    }

    void count(Counting by) {
        counting = by;
    }

    Counting counting() {
        return counting;
    }

    /** From here on so many that are over are kept. */
    void max(int members) {
        max = members;
    }

    int max() {
        return max;
    }

    void add(Window member) {
        list.add(new Numbered(member.opened(), member.verdictId()));
        counting.opened(member);
    }

    /** Those that are over. */
    FinishedVerdicts finished() {
        return finished;
    }

    void remove(Window member) {
        list.remove(member.opened());
        counting.removed(member);
    }

    /** Writes what is to be committed. */
    void flush() {
        list.flush();
        finished.flush();
    }
}
