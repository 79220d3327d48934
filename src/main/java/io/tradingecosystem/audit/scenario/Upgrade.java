package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Brings what semantics 1 kept into the form of today, once. Its verdicts stay as they are; windows
 * that are open are judged by the semantics of today when they are due.
 */
record Upgrade(StoreTransaction transaction, VerdictCounters counters) {

    /**
     * Changes what is to be committed.
     *
     * @param windows reads a window by the id of its verdict
     * @param finished takes those that are final
     */
    void run(Function<String, Optional<Window>> windows, Consumer<Window> finished) {
        counters.evicted = 0;
        counters.published = firstUnpublished() - 1;
        transaction.scan(
                'q',
                (key, id) -> {
                    windows.apply(VerdictKeys.verdictId(id))
                            .ifPresent(window -> enqueue(window, finished));
                    return true;
                });
        for (char table : new char[] {'q', 'j', 'i', 'o'}) {
            transaction.deleteRange(KeyBuilder.table(table), KeyBuilder.table((char) (table + 1)));
        }
    }

    /** The first verdict that is not in the log yet. */
    private long firstUnpublished() {
        long[] first = {counters.sequence + 1};
        transaction.scan(
                'o',
                (key, value) -> {
                    first[0] = VerdictKeys.number(key);
                    return false;
                });
        return first[0];
    }

    private void enqueue(Window window, Consumer<Window> finished) {
        if (window.due().isPresent()) {
            counters.unfinished++;
        } else {
            finished.accept(window);
        }
    }
}
