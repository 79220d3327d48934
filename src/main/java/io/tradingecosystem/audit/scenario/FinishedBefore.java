package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Final verdicts as a version before kept them: in the order in which they became so, many in a
 * record by their number. They get their places a piece at a time, each with a commit, so that a
 * million takes little room, and a start that was cut short goes on.
 */
record FinishedBefore(StoreTransaction transaction, char table, Runnable commit) {
    private static final int RECORDS_AT_ONCE = 40;

    /**
     * Moves all.
     *
     * @param place takes each id
     */
    void move(Consumer<String> place) {
        for (List<Block> some = some(); !some.isEmpty(); some = some()) {
            for (Block block : some) {
                block.verdictIds().forEach(place);
                transaction.delete(block.key());
            }
            commit.run();
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    private record Block(byte[] key, List<String> verdictIds) {}

    private List<Block> some() {
        List<Block> some = new ArrayList<>();
        transaction.scan(
                KeyBuilder.table(table),
                KeyBuilder.table(table),
                (key, value) -> {
                    some.add(new Block(key, VerdictKeys.verdictIds(value)));
                    return some.size() < RECORDS_AT_ONCE;
                });
        return some;
    }
}
