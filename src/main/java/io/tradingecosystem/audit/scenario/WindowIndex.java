package io.tradingecosystem.audit.scenario;

import io.tradingecosystem.audit.projection.KeyBuilder;
import io.tradingecosystem.audit.projection.StoreTransaction;
import io.tradingecosystem.audit.scenario.verdicts.IdBlock.Numbered;
import io.tradingecosystem.audit.scenario.verdicts.VerdictKeys;

import java.util.HashMap;
import java.util.Map;

/** By what windows are found. For the one thread that judges. */
final class WindowIndex {
    private static final int MAX_LISTS = 1_000;

    private final StoreTransaction transaction;
    private final WindowList all;
    private final Map<String, WindowList> expectations = new HashMap<>();
    private final Map<String, WindowList> runs = new HashMap<>();

    WindowIndex(StoreTransaction transaction) {
        this.transaction = transaction;
        this.all = new WindowList(transaction, KeyBuilder.table('n'));
    }

    /** Makes a window findable. */
    void add(Window window) {
        Numbered id = new Numbered(window.opened(), window.verdictId());
        all.add(id);
        ofExpectation(window.expectation()).add(id);
        String run = window.occurrence().scenarioId();
        if (!run.isEmpty()) {
            ofRun(run).add(id);
        }
    }

    void remove(Window window) {
        all.remove(window.opened());
        ofExpectation(window.expectation()).remove(window.opened());
        String run = window.occurrence().scenarioId();
        if (!run.isEmpty()) {
            ofRun(run).remove(window.opened());
        }
    }

    private WindowList ofExpectation(String name) {
        return expectations.computeIfAbsent(
                name, fresh -> new WindowList(transaction, VerdictKeys.ofExpectation(fresh)));
    }

    private WindowList ofRun(String scenarioId) {
        return runs.computeIfAbsent(
                scenarioId, fresh -> new WindowList(transaction, VerdictKeys.ofScenario(fresh)));
    }

    /** Writes what is to be committed. */
    void flush() {
        all.flush();
        expectations.values().forEach(WindowList::flush);
        runs.values().forEach(WindowList::flush);
        runs.clear();
        if (expectations.size() > MAX_LISTS) {
            expectations.clear();
        }
    }
}
