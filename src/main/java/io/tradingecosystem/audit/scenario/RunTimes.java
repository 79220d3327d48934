package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.scenario.verdicts.Tally;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;

import java.util.Optional;

/**
 * Lets chaos runs be found by the time of their last trigger. Where there are runs and no times,
 * which is so in what was written before there were any, it notes them first. For the one thread
 * that judges.
 */
final class RunTimes {
    private static final byte[] NOTHING = {};

    private final StoreTransaction transaction;

    RunTimes(StoreTransaction transaction) {
        this.transaction = transaction;
        if (isEmpty()) {
            transaction.scan('r', (key, tally) -> add(VerdictKeys.text(key), tally));
        }
    }

    private boolean isEmpty() {
        boolean[] empty = {true};
        transaction.scan(VerdictKeys.RUN_TIMES, (key, value) -> empty[0] = false);
        return empty[0];
    }

    private boolean add(String run, byte[] tally) {
        put(run, Tally.fromJson(JsonRecord.read(tally)));
        return true;
    }

    /** A run's tally is another with this commit; empty if the run is not kept any more. */
    void change(String run, Optional<Tally> now) {
        transaction
                .committed(VerdictKeys.scenario(run))
                .map(JsonRecord::read)
                .map(Tally::fromJson)
                .ifPresent(before -> transaction.delete(key(run, before)));
        now.ifPresent(tally -> put(run, tally));
    }

    private void put(String run, Tally tally) {
        transaction.put(key(run, tally), NOTHING);
    }

    private static byte[] key(String run, Tally tally) {
        return VerdictKeys.runTime(tally.lastAt(), run);
    }
}
