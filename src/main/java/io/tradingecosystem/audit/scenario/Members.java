package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.scenario.verdicts.IdBlock.Numbered;

import java.util.Optional;
import java.util.function.Consumer;

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

    Members(StoreTransaction transaction, VerdictCounters counters) {
        this.list = new WindowList(transaction, KeyBuilder.table('N'));
        this.finished = FinishedVerdicts.ofMembers(transaction, counters);
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

    void add(Window member) {
        list.add(new Numbered(member.opened(), member.verdictId()));
        counting.opened(member);
    }

    /**
     * Notes that one is over.
     *
     * @param out is told the ids of those that are to go
     */
    void finish(Window member, Consumer<Optional<String>> out) {
        finished.add(member.verdictId());
        while (finished.count() > max) {
            out.accept(finished.take());
        }
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
