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

/**
 * The ids of final verdicts, in the order in which they became so and are to go. For the one thread
 * that judges.
 */
final class FinishedVerdicts {
    private static final byte[] NONE = {};

    private final StoreTransaction transaction;
    private final VerdictCounters counters;

    /** The last that were added, which are not on record yet. */
    private final Deque<String> added = new ArrayDeque<>();

    /** The first block, as far as it is not taken. */
    private final Deque<String> first = new ArrayDeque<>();

    private byte[] firstKey = NONE;

    FinishedVerdicts(StoreTransaction transaction, VerdictCounters counters) {
        this.transaction = transaction;
        this.counters = counters;
    }

    void add(String verdictId) {
        added.add(verdictId);
        counters.finished++;
    }

    /** How many there are. */
    long count() {
        return counters.finished - counters.evicted;
    }

    /** Takes the first. */
    Optional<String> take() {
        if (first.isEmpty()) {
            read();
        }
        counters.evicted++;
        Optional<String> taken = Optional.ofNullable(first.isEmpty() ? added.poll() : first.poll());
        if (first.isEmpty() && firstKey.length > 0) {
            transaction.delete(firstKey);
            firstKey = NONE;
        }
        return taken;
    }

    private void read() {
        transaction.scan(
                KeyBuilder.table('Q'),
                VerdictKeys.finished(counters.evicted),
                (key, value) -> {
                    first.addAll(VerdictKeys.verdictIds(value));
                    long before = VerdictKeys.number(key) + 1 - first.size();
                    for (long taken = counters.evicted - before; taken > 0; taken--) {
                        first.poll();
                    }
                    firstKey = key;
                    return false;
                });
    }

    /** Writes what is to be committed. */
    void flush() {
        long before = counters.finished - added.size();
        for (List<String> part : IdBlock.cut(new ArrayList<>(added))) {
            before += part.size();
            transaction.put(VerdictKeys.finished(before - 1), VerdictKeys.octets(part));
        }
        added.clear();
    }
}
