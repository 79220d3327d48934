package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.projection.JsonRecord;
import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.scenario.verdicts.Tally;
import io.tradingecosystem.audit.scenario.verdicts.Tally.Stood;
import io.tradingecosystem.audit.scenario.verdicts.Verdict;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How often expectations and runs were exercised, and with what result. For one thread. */
final class Tallies {
    private final StoreTransaction transaction;
    private final RunTimes runs;
    private final Map<Key, Optional<Tally>> changed = new LinkedHashMap<>();

    Tallies(StoreTransaction transaction) {
        this.transaction = transaction;
        this.runs = new RunTimes(transaction);
    }

    /**
     * What is counted.
     *
     * @param run whether it is a chaos run, not an expectation
     * @param name its id, or name
     */
    private record Key(boolean run, String name) {
        byte[] bytes() {
            return run ? VerdictKeys.scenario(name) : VerdictKeys.coverage(name);
        }
    }

    /** Counts a verdict that stood at something else before, or was not there. */
    void count(Verdict now, Optional<Stood> before) {
        count(new Key(false, now.expectation()), now, before);
        if (!now.scenarioId().isEmpty()) {
            count(new Key(true, now.scenarioId()), now, before);
        }
    }

    private void count(Key key, Verdict now, Optional<Stood> before) {
        changed.put(key, Optional.of(Tally.count(tally(key), now, before)));
    }

    /** A run goes with the last of its verdicts. */
    void remove(String run) {
        if (!run.isEmpty()) {
            Key key = new Key(true, run);
            changed.put(key, tally(key).flatMap(Tally::withoutOne));
        }
    }

    private Optional<Tally> tally(Key key) {
        Optional<Tally> known = changed.get(key);
        return known != null
                ? known
                : transaction.committed(key.bytes()).map(JsonRecord::read).map(Tally::fromJson);
    }

    /** Writes what is to be committed. */
    void flush() {
        changed.forEach(this::write);
        changed.clear();
    }

    private void write(Key key, Optional<Tally> tally) {
        if (key.run()) {
            runs.change(key.name(), tally);
        }
        tally.ifPresentOrElse(
                some -> transaction.put(key.bytes(), some.toJson()),
                () -> transaction.delete(key.bytes()));
    }
}
