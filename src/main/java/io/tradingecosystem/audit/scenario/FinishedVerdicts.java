package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.scenario.verdicts.IdBlock;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The ids of final verdicts, in the order in which they became so and are to go. For the one thread
 * that judges.
 */
final class FinishedVerdicts {
    private static final byte[] NONE = {};

    private final StoreTransaction transaction;
    private final char table;
    private final Ends ends;

    /** The last that were added, which are not on record yet. */
    private final Deque<String> added = new ArrayDeque<>();

    /** The first block, as far as it is not taken. */
    private final Deque<String> first = new ArrayDeque<>();

    private byte[] firstKey = NONE;

    FinishedVerdicts(StoreTransaction transaction, VerdictCounters counters) {
        this(
                transaction,
                'Q',
                new Ends(
                        () -> counters.finished,
                        () -> counters.finished++,
                        () -> counters.evicted,
                        () -> counters.evicted++));
    }

    private FinishedVerdicts(StoreTransaction transaction, char table, Ends ends) {
        this.transaction = transaction;
        this.table = table;
        this.ends = ends;
    }

    /** Those that count for the verdict of a run, which go by themselves. */
    static FinishedVerdicts ofMembers(StoreTransaction transaction, VerdictCounters counters) {
        return new FinishedVerdicts(
                transaction,
                'q',
                new Ends(
                        () -> counters.finishedMembers,
                        () -> counters.finishedMembers++,
                        () -> counters.evictedMembers,
                        () -> counters.evictedMembers++));
    }

    /** How many were added and taken so far. */
    private record Ends(LongSupplier added, Runnable add, LongSupplier taken, Runnable take) {}

    void add(String verdictId) {
        added.add(verdictId);
        ends.add().run();
    }

    /** How many there are. */
    long count() {
        return ends.added().getAsLong() - ends.taken().getAsLong();
    }

    /** Takes the first. */
    Optional<String> take() {
        if (first.isEmpty()) {
            read();
        }
        ends.take().run();
        Optional<String> taken = Optional.ofNullable(first.isEmpty() ? added.poll() : first.poll());
        if (first.isEmpty() && firstKey.length > 0) {
            transaction.delete(firstKey);
            firstKey = NONE;
        }
        return taken;
    }

    private void read() {
        transaction.scan(
                KeyBuilder.table(table),
                VerdictKeys.finished(table, ends.taken().getAsLong()),
                (key, value) -> {
                    first.addAll(VerdictKeys.verdictIds(value));
                    long before = VerdictKeys.number(key) + 1 - first.size();
                    for (long taken = ends.taken().getAsLong() - before; taken > 0; taken--) {
                        first.poll();
                    }
                    firstKey = key;
                    return false;
                });
    }

    /** Writes what is to be committed. */
    void flush() {
        long before = ends.added().getAsLong() - added.size();
        for (List<String> part : IdBlock.cut(new ArrayList<>(added))) {
            before += part.size();
            transaction.put(VerdictKeys.finished(table, before - 1), VerdictKeys.octets(part));
        }
        added.clear();
    }
}
